"""Who reports to whom: managers that come later in the file, that are nowhere, that are in a row with errors, or that close a circle."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from core.i18n import Message
from core.people.importing.plan import Entry


def checked(
    entries: Sequence[Entry], managers: Mapping[str, str], named: Collection[str]
) -> tuple[list[Entry], list[tuple[Entry, Message]], int]:
    """The entries whose manager can be, the others with the reason, and how many had to go in without their manager.

    `managers` is who reports to whom in the database; `named` are all numbers of the file, those of rows with errors too.
    """
    known = set(managers) | set(named)
    good, bad = [], []
    for entry in entries:
        reason = _reason(entry, known)
        if reason is None:
            good.append(entry)
        else:
            bad.append((entry, reason))
    good, circular = _without_circles(good, managers)
    there = {"", *managers, *(entry.values["employee_no"] for entry in good)}
    alone = [entry for entry in good if entry.values.get("manager_no", "") not in there]
    left = {entry.row for entry in alone}
    return [_without_manager(entry) if entry.row in left else entry for entry in good], bad + circular, len(alone)


def _reason(entry: Entry, known: Collection[str]) -> Message | None:
    manager = entry.values.get("manager_no")
    if manager is None:
        return None
    if manager == entry.values["employee_no"]:
        return Message("上级是本人。请改成上级的工号；没有上级就留空。")
    if manager not in known:
        return Message("名单和文件里都没有工号 {number}。请核对；上级不在本行时请留空。", number=manager)
    return None


def _without_circles(entries: list[Entry], managers: Mapping[str, str]) -> tuple[list[Entry], list[tuple[Entry, Message]]]:
    """Of each circle, the entry that comes last in the file stays out."""
    bad: list[tuple[Entry, Message]] = []
    by_number = {entry.values["employee_no"]: entry for entry in entries}
    while circles := _circles(
        {**managers, **{number: one.values.get("manager_no", managers.get(number, "")) for number, one in by_number.items()}}
    ):
        closed = 0
        for circle in circles:
            members = [by_number[number] for number in circle if number in by_number and "manager_no" in by_number[number].values]
            if members:
                last = max(members, key=lambda entry: entry.row)
                del by_number[last.values["employee_no"]]
                bad.append((last, Message("上级关系成了圈：{circle}。请改正其中一处。", circle=" → ".join([*circle, circle[0]]))))
                closed += 1
        if not closed:
            break
    kept = set(by_number)
    return [entry for entry in entries if entry.values["employee_no"] in kept], bad


def _circles(manager: Mapping[str, str]) -> list[list[str]]:
    """The circles in who reports to whom, each from its smallest number on."""
    seen: dict[str, int] = {}
    found = []
    for walk, start in enumerate(manager):
        path, at = [], start
        while at and at not in seen:
            seen[at] = walk
            path.append(at)
            at = manager.get(at, "")
        if at and seen[at] == walk:
            circle = path[path.index(at) :]
            first = circle.index(min(circle))
            found.append(circle[first:] + circle[:first])
    return found


def _without_manager(entry: Entry) -> Entry:
    return replace(entry, values={name: value for name, value in entry.values.items() if name != "manager_no"})
