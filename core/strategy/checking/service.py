"""The strategy check in the database: begun for a quarter, filled in, closed with a conclusion, opened again with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents import repository as documents
from core.documents import service as library
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now
from core.strategy import periods
from core.strategy import repository as finding_rows
from core.strategy.checking import repository
from core.strategy.checking.entering import Entered, checked
from core.strategy.checking.progress import RULE, Goal, Standing, Status, standing, worst
from core.strategy.checking.tables import UNTOUCHED, CheckItem, StrategyCheck
from core.strategy.findings import Operator
from core.strategy.tables import FindingRow
from core.strategy.themes import service as themes
from core.strategy.themes.service import Overview

LONGEST_CONCLUSION = 1000
_NAMED = 3
# The theme and the finding of an item.
_Key = tuple[int | None, int | None]


@dataclass(frozen=True)
class Item:
    """An item of a check with how it stands."""

    row: CheckItem
    standing: Standing

    @property
    def id(self) -> int:
        """The item's number."""
        return self.row.id or 0

    @property
    def status(self) -> Status:
        """What the closed check came to; while it is open, what the values say."""
        return self.row.status or self.standing.status


@dataclass(frozen=True)
class ThemeStanding:
    """A theme in a check: the worst of its known targets, and how many of them have data."""

    name: str
    status: Status
    counts: dict[Status, int]

    @property
    def targets(self) -> int:
        """How many targets there are."""
        return sum(self.counts.values())

    @property
    def known(self) -> int:
        """How many of them have data."""
        return self.targets - self.counts.get(Status.NO_DATA, 0)


@dataclass(frozen=True)
class Check:
    """The check of one quarter, as far as the actor may see its items."""

    row: StrategyCheck
    items: tuple[Item, ...]

    @property
    def id(self) -> int:
        """The check's number."""
        return self.row.id or 0

    @property
    def closed(self) -> bool:
        """Whether it is frozen."""
        return self.row.closed_at is not None

    @property
    def counts(self) -> dict[Status, int]:
        """How many items stand at each status."""
        return _counted(self.items)

    @property
    def themes(self) -> list[ThemeStanding]:
        """The themes, the worst first."""
        by_theme: dict[tuple[int | None, str], list[Item]] = {}
        for item in self.items:
            by_theme.setdefault((item.row.theme_id, item.row.theme), []).append(item)
        found = [ThemeStanding(name, worst(item.status for item in items), _counted(items)) for (_, name), items in by_theme.items()]
        return sorted(found, key=lambda one: _URGENCY.index(one.status))

    def find(self, item_id: int | None) -> Item | None:
        """One of the items."""
        return next((item for item in self.items if item.id == item_id), None)


_ATTENTION = (Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.NO_DATA)
_URGENCY = (Status.OFF_TRACK, Status.AT_RISK, Status.NO_DATA, Status.ON_TRACK)


@dataclass(frozen=True)
class Point:
    """One quarter of a target."""

    quarter: str
    item: Item


def checks(db: Session, actor: Actor, plan_id: int) -> list[Check]:
    """The plan's checks, the earliest quarter first; what is closed shows its deviations first. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    rows = repository.checks(db, plan_id)
    ids = [row.id or 0 for row in rows]
    seen = library.visible(db, actor, repository.documents(db, ids))
    items = repository.items(db, ids, seen)
    own = {row.id: [_item(one, row.as_of) for one in items if one.check_id == row.id] for row in rows}
    return [Check(row, tuple(worst_first(own[row.id]) if row.closed_at is not None else own[row.id])) for row in rows]


def worst_first(items: Iterable[Item]) -> list[Item]:
    """Items in the order in which they ask for attention; what is unknown comes last."""
    return sorted(items, key=lambda item: _ATTENTION.index(item.status))


def there(db: Session, actor: Actor, plan_id: int) -> tuple[int, int]:
    """How many themes a check would look at, and how many measured targets of theirs."""
    seen = themes.overview(db, actor, plan_id)
    wanted = _wanted(seen, finding_rows.findings(db, plan_id))
    return len(seen.themes), sum(finding is not None for _, finding in wanted.values())


def history(found: Sequence[Check], item: Item) -> list[Point]:
    """The same target in every check, the earliest first."""
    return [
        Point(check.row.quarter, other)
        for check in found
        for other in check.items
        if other.id == item.id or (other.row.finding_id is not None and other.row.finding_id == item.row.finding_id)
    ]


def begin(db: Session, actor: Actor, plan_id: int, quarter: str, as_of: date) -> int:
    """The check of a quarter, with every theme and its accepted targets as they are today. Returns its id.

    Baselines and deadlines of the check before come along, unless the target itself was corrected since. Raises `BadInput`, `NotFound`.
    """
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    if not periods.is_period(quarter) or quarter[4] != "Q":
        raise BadInput(Message("请选择一个季度。"))
    before = repository.checks(db, plan_id)
    if any(row.quarter >= quarter for row in before):
        raise BadInput(Message("{period}或更晚的检视已经有了。", period=periods.name(quarter)))
    if before and before[-1].closed_at is None:
        raise BadInput(Message("{period}的检视还没有关闭，请先写结论并关闭。", period=periods.name(before[-1].quarter)))
    row = StrategyCheck(plan_id=plan_id, quarter=quarter, as_of=as_of, begun_by=actor.name[:80])
    db.add(row)
    db.flush()
    if not bring_up_to_date(db, actor, plan_id, row.id or 0):
        raise BadInput(Message("还没有战略主题，没有可以检视的内容。"))
    record(db, actor, "check_begun", "strategy_check", row.id, quarter=quarter)
    return row.id or 0


def bring_up_to_date(db: Session, actor: Actor, plan_id: int, check_id: int) -> int:
    """Take in targets that were accepted since, and drop those no longer accepted that nobody wrote anything about. Returns how many.

    A target that was moved to another theme goes along with what was written about it, and themes are called as they are now.
    """
    require(actor, Right.DECIDE_STRATEGY)
    check = _open(db, actor, plan_id, check_id)
    year = plans.find(db, actor, plan_id).year
    earlier = next((row for row in reversed(repository.checks(db, plan_id)) if row.quarter < check.quarter), None)
    before = {item.finding_id: item for item in _rows(db, actor, earlier.id or 0)} if earlier else {}
    wanted = _wanted(themes.overview(db, actor, plan_id), finding_rows.findings(db, plan_id))
    rows = _rows(db, actor, check_id)
    changed = _follow_themes(db, rows, wanted)
    present = {(item.theme_id, item.finding_id): item for item in rows}
    sources = {one.id: one for one in documents.some(db, {finding.document_id for _, finding in wanted.values() if finding})}
    for key, (name, finding) in wanted.items():
        if key not in present:
            carried = before.get(finding.id) if finding and earlier and not _corrected_since(finding, earlier) else None
            row = _new(check_id, key[0], name, finding, year, carried)
            if finding is not None:
                row.document, row.edition = sources[finding.document_id].title, sources[finding.document_id].edition
            db.add(row)
            changed += 1
    for key, row in present.items():
        if key not in wanted and row.version == UNTOUCHED:
            db.delete(row)
            changed += 1
    db.flush()
    if changed:
        record(db, actor, "check_updated", "strategy_check", check_id, number=changed)
    return changed


def _follow_themes(db: Session, rows: Sequence[CheckItem], wanted: Mapping[_Key, tuple[str, FindingRow | None]]) -> int:
    """Put targets that stand in another theme by now there, and call themes by their present names. Returns how many rows changed."""
    now_in = {finding_id: (theme_id, name) for (theme_id, finding_id), (name, _) in wanted.items() if finding_id is not None}
    taken = {(item.theme_id, item.finding_id) for item in rows}
    changed = 0
    for item in rows:
        before, key = (item.theme_id, item.theme), (item.theme_id, item.finding_id)
        after = (item.theme_id, wanted[key][0]) if key in wanted else now_in.get(item.finding_id or 0, before)
        if after != before and (key in wanted or (after[0], item.finding_id) not in taken):
            repository.place(db, item, *after)
            changed += 1
    return changed


def save(db: Session, actor: Actor, plan_id: int, check_id: int, entered: Sequence[Entered]) -> None:
    """Write values, sources, actions and the way to the target: all or nothing. Raises `BadInput`, `Conflict`, `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    _open(db, actor, plan_id, check_id)
    rows = {row.id: row for row in _rows(db, actor, check_id)}
    for given in entered:
        row = rows.get(given.id)
        if row is None:
            raise NotFound(Message("有一行已不在检视清单里，您的改动没有保存。请看过最新内容再填。"))
        one = checked(given, row.metric or row.theme)
        if row.version != given.version:
            raise Conflict(
                Message(
                    "“{metric}”刚被别人修改过，您的改动没有保存。现在的实际值：{now}；您填的：{yours}。",
                    metric=row.metric or row.theme,
                    now="—" if row.actual is None else f"{row.actual:g}",
                    yours="—" if one.actual is None else f"{one.actual:g}",
                )
            )
        for name in ("baseline", "baseline_on", "deadline", "milestone", "actual", "source", "action", "owner", "due"):
            setattr(row, name, getattr(one, name))
    db.flush()
    record(db, actor, "check_filled", "strategy_check", check_id, number=len(entered))


def describe(db: Session, actor: Actor, plan_id: int, check_id: int, version: int, *, as_of: date, conclusion: str) -> None:
    """Say as of which day the values are, and what the check comes to. Raises `BadInput`, `Conflict`."""
    require(actor, Right.DECIDE_STRATEGY)
    row = _open(db, actor, plan_id, check_id)
    _same(row, version)
    if len(conclusion.strip()) > LONGEST_CONCLUSION:
        raise BadInput(Message("结论最多 {n} 个字。", n=LONGEST_CONCLUSION))
    row.as_of, row.conclusion = as_of, conclusion.strip()
    record(db, actor, "check_described", "strategy_check", check_id)


def close(db: Session, actor: Actor, plan_id: int, check_id: int, version: int) -> None:
    """Freeze the check. Raises `BadInput` while it lacks a conclusion, or a target off track lacks an action, an owner or a date."""
    require(actor, Right.DECIDE_STRATEGY)
    row = _open(db, actor, plan_id, check_id)
    _same(row, version)
    if not row.conclusion:
        raise BadInput(Message("请先写检视结论，再关闭。"))
    # All of it, also what rests on a document that is closed to this person or in the bin: a closed quarter has no open ends.
    items = [_item(one, row.as_of) for one in repository.items(db, [check_id], repository.documents(db, [check_id]))]
    visible = library.visible(db, actor, repository.documents(db, [check_id]))
    bare = [one.row for one in items if one.status is Status.OFF_TRACK and not (one.row.action and one.row.owner and one.row.due)]
    if bare:
        seen = [one.metric for one in bare[:_NAMED] if one.document_id in visible]
        named = Message.listed(seen) if seen else "…"
        raise BadInput(Message("有 {n} 个偏离的目标还缺纠偏措施、负责人或期限：{named}", n=len(bare), named=named))
    for item in items:
        item.row.status, item.row.rule = item.standing.status, RULE
    row.closed_at, row.closed_by = now(), actor.name[:80]
    record(db, actor, "check_closed", "strategy_check", check_id, quarter=row.quarter)


def reopen(db: Session, actor: Actor, plan_id: int, check_id: int, version: int, reason: str) -> None:
    """Open a closed check again; who did and why stays with it. Raises `BadInput`, `Conflict`, `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    row = _check(db, actor, plan_id, check_id)
    _same(row, version)
    if row.closed_at is None:
        raise BadInput(Message("这次检视没有关闭，可以直接修改。"))
    if not reason.strip():
        raise BadInput(Message("请写明为什么要重新打开。"))
    note = {"who": actor.name, "at": now().isoformat(), "reason": reason.strip()[:300]}
    row.closed_at, row.closed_by, row.reopened = None, "", [*row.reopened, note]
    for item in repository.items(db, [check_id], repository.documents(db, [check_id])):
        item.status, item.rule = None, ""
    record(db, actor, "check_reopened", "strategy_check", check_id, quarter=row.quarter)


def goal(row: CheckItem) -> Goal:
    """An item's target as the rules see it: documents name a decrease without its sign (压降40户)."""
    return Goal(
        operator=cast(Operator, row.operator or "="),
        target=-abs(row.target) if row.operator == "-" and row.target is not None else row.target,
        unit=row.unit,
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        deadline=row.deadline,
        milestone=row.milestone,
    )


def _item(row: CheckItem, as_of: date) -> Item:
    return Item(row, standing(goal(row), row.actual, as_of))


def _counted(items: Iterable[Item]) -> dict[Status, int]:
    counts = dict.fromkeys(Status, 0)
    for item in items:
        counts[item.status] += 1
    return counts


def _wanted(seen: Overview, findings: Sequence[FindingRow]) -> dict[_Key, tuple[str, FindingRow | None]]:
    """What there is to check, by theme and finding: every measured target of every theme, and each theme that has none."""
    rows = {row.id: row for row in findings if row.measure}
    wanted: dict[_Key, tuple[str, FindingRow | None]] = {}
    for view in seen.themes:
        measured = [rows[one.finding.id] for one in view.members if one.finding.id in rows]
        for row in measured:
            wanted[view.id, row.id] = (view.theme.name, row)
        if not measured:
            wanted[view.id, None] = (view.theme.name, None)
    return wanted


def _new(check_id: int, theme_id: int | None, theme: str, finding: FindingRow | None, year: int, before: CheckItem | None) -> CheckItem:
    row = CheckItem(check_id=check_id, theme_id=theme_id, theme=theme)
    if finding is None:
        return row
    measure: Mapping[str, object] = finding.measure or {}
    row.finding_id, row.document_id, row.metric = finding.id, finding.document_id, finding.metric or finding.text
    row.operator, row.target, row.unit = str(measure["operator"]), _number(measure["value"]), str(measure["unit"])
    if before is not None:
        row.baseline, row.baseline_on, row.deadline = before.baseline, before.baseline_on, before.deadline
        return row
    # An increase is counted from nothing; what a level starts from only the document or a person can say.
    row.baseline = 0.0 if row.operator in ("+", "-") else _number(measure.get("baseline"))
    row.baseline_on, row.deadline = date(year - 1, 12, 31), _date(str(measure["deadline"]))
    return row


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _corrected_since(finding: FindingRow, check: StrategyCheck) -> bool:
    return finding.edited and finding.decided_at is not None and finding.decided_at > check.begun_at


def _rows(db: Session, actor: Actor, check_id: int) -> list[CheckItem]:
    return repository.items(db, [check_id], library.visible(db, actor, repository.documents(db, [check_id])))


def _check(db: Session, actor: Actor, plan_id: int, check_id: int) -> StrategyCheck:
    plans.find(db, actor, plan_id)
    row = next((row for row in repository.checks(db, plan_id) if row.id == check_id), None)
    if row is None:
        raise NotFound(Message("没有找到这次检视。"))
    return row


def _open(db: Session, actor: Actor, plan_id: int, check_id: int) -> StrategyCheck:
    row = _check(db, actor, plan_id, check_id)
    if row.closed_at is not None:
        raise BadInput(Message("{period}的检视已经关闭。要修改，请先写明原因重新打开。", period=periods.name(row.quarter)))
    return row


def _same(row: StrategyCheck, version: int) -> None:
    if row.version != version:
        raise Conflict(Message("这次检视刚被别人修改过，您的改动没有保存。请看过最新内容再做。"))
