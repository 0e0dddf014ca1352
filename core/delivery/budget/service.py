"""The money of a plan as an actor may see and change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.budget import repository
from core.delivery.budget.cutting import Candidate, Cut, cut
from core.delivery.budget.figures import WHOLE, Entry, of_sessions, of_time
from core.delivery.budget.tables import BudgetLine
from core.delivery.budget.terms import WRITTEN, CostType
from core.delivery.content import service as content
from core.delivery.timetable import repository as timetable_rows
from core.delivery.timetable import service as timetable
from core.delivery.timetable.rules import Rules
from core.delivery.timetable.service import SessionView
from core.delivery.undo.service import Action, history, last
from core.editing.done import Done
from core.errors import BadInput, Conflict
from core.i18n import Message
from core.plans import service as plans
from core.projects import repository as project_rows
from core.storage import Session, now
from core.strategy.themes import repository as theme_rows

LARGEST = 1e9
_MIDDLE = 3
LONGEST_NOTE = 200


@dataclass(frozen=True)
class LineDraft:
    """A line as somebody entered it; `id` None: it is new."""

    type: CostType
    quarter: int
    programme_id: int | None = None
    unit_id: int | None = None
    planned: float = 0.0
    committed: float = 0.0
    actual: float = 0.0
    note: str = ""
    id: int | None = None
    version: int = 0


@dataclass(frozen=True)
class Overview:
    """The money of a plan: entries to be summed, the names of what they are summed by, the lines, the limits and what they do.

    `people` and `slots` are those of each programme: places of people, and half days of sessions. `sessions` are those of the published
    timetable, or of the newest draft where none is published (`draft`).
    """

    entries: tuple[Entry, ...]
    programmes: Mapping[int, str]
    units: Mapping[int, str]
    lines: tuple[LineDraft, ...]
    rules: Rules
    people: Mapping[int, int]
    slots: Mapping[int, int]
    themes: Mapping[int, str]
    priority: Mapping[int, int]
    draft: bool
    placed: int
    sessions: tuple[SessionView, ...] = ()

    def limit(self, quarter: int | None = None) -> float | None:
        """The limit of the year, or of a quarter."""
        return self.rules.budget_year if quarter is None else self.rules.budget_quarters[quarter - 1]


@dataclass(frozen=True)
class Dropped:
    """A theme in a cut: the programmes that would go, what that saves, how many places of people, and whether the theme keeps none."""

    theme: str
    programmes: tuple[str, ...]
    saved: float
    people: int
    nothing_left: bool


def overview(db: Session, actor: Actor, plan_id: int) -> Overview:
    """The money of a plan. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    rules, _version = timetable.rules(db, actor, plan_id)
    views, draft = _sessions(db, actor, plan_id)
    unit_of, lines = repository.unit_of(db), repository.lines(db, plan_id)
    entries = [*of_sessions(views, {one.id: one.prices for one in views}, unit_of), *(_entry(row) for row in lines)]
    if rules.wage_per_slot:
        entries += of_time(views, rules.wage_per_slot, unit_of)
    programmes = {row.id or 0: row.name for row in timetable_rows.programmes(db, plan_id)}
    placed = [one for one in views if one.day is not None]
    return Overview(
        entries=tuple(entries),
        programmes={WHOLE: "", **programmes},
        units={WHOLE: "", **repository.units(db)},
        lines=tuple(_draft(row) for row in lines),
        rules=rules,
        people={one: _people(placed, one) for one in programmes},
        slots={one: sum(view.slots for view in placed if view.programme_id == one) for one in programmes},
        themes=_themes(db, plan_id),
        priority=_priorities(db, actor, plan_id),
        draft=draft,
        placed=len(placed),
        sessions=tuple(views),
    )


def save_lines(db: Session, actor: Actor, plan_id: int, wanted: Sequence[LineDraft], removed: Mapping[int, int]) -> int:
    """Keep lines that are new or changed, and take away those `removed` (their versions by number), as one action. Returns how many.

    Needs `PLAN_DELIVERY`. Raises `BadInput` with the number of the line in the list, `Conflict` where another changed one since.
    """
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    rows = {row.id: row for row in repository.lines(db, plan_id)}
    programmes = {row.id for row in timetable_rows.programmes(db, plan_id)}
    units = repository.units(db)
    for number, one in enumerate(wanted, 1):
        _check(number, one, programmes, units.keys())
    seen = {**{one.id: one.version for one in wanted if one.id is not None}, **removed}
    if any(number not in rows or rows[number].version != version for number, version in seen.items()):
        raise Conflict(Message("预算明细刚被别人改过，您的改动没有保存。请刷新后再改。"))
    action = Action(db, actor, _room(plan_id), "budget_changed")
    for one in wanted:
        row = action.change(rows[one.id]) if one.id is not None else BudgetLine(plan_id=plan_id, type=one.type, quarter=one.quarter)
        for name in ("type", "quarter", "programme_id", "unit_id", "planned", "committed", "actual"):
            setattr(row, name, getattr(one, name))
        row.note, row.changed_by, row.changed_at = one.note.strip(), actor.name[:80], now()
        if one.id is None:
            action.make(row)
    for number in removed:
        action.drop(rows[number])
    if wanted or removed:
        action.write()
    return len(wanted) + len(removed)


def done(db: Session, actor: Actor, plan_id: int) -> tuple[list[Done], Done | None]:
    """What was done last with the lines of a plan, and what this person can take back first. Needs `PLAN_DELIVERY`."""
    return history(db, actor, _room(plan_id)), last(db, actor, _room(plan_id))


def note_exported(db: Session, actor: Actor, plan_id: int) -> None:
    """Somebody took the money of a plan away: kept in the audit log. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    record(db, actor, "budget_exported", "plan", plan_id)


def what_a_cut_drops(found: Overview, share: float) -> tuple[Cut, list[Dropped]]:
    """What saving this share of the planned money would drop: whole programmes so that the least is lost, by theme.

    What is committed or paid is not saved any more, and participants' time is no money that could be. A programme is worth its priority
    (1 to 5) × the people in it. Lines of no programme stay.
    """
    money = [one for one in found.entries if one.type is not CostType.TIME]
    planned = sum(one.planned for one in money)
    candidates = []
    for programme in found.programmes.keys() - {WHOLE}:
        own = [one for one in money if one.programme_id == programme]
        bound = max(sum(one.committed for one in own), sum(one.actual for one in own))
        value = found.priority.get(programme, 3) * max(1, found.people.get(programme, 0))
        candidates.append(Candidate(programme, max(0.0, sum(one.planned for one in own) - bound), float(value)))
    candidates.sort(key=lambda one: one.id)
    chosen = cut(candidates, share * planned)
    saves = {one.id: one.saves for one in candidates}
    by_theme: dict[str, list[int]] = {}
    for programme in chosen.dropped:
        by_theme.setdefault(found.themes.get(programme, ""), []).append(programme)
    standing = {found.themes.get(one, "") for one in saves.keys() - set(chosen.dropped)}
    return chosen, [
        Dropped(
            theme,
            tuple(found.programmes[one] for one in some),
            sum(saves[one] for one in some),
            sum(found.people.get(one, 0) for one in some),
            bool(theme) and theme not in standing,
        )
        for theme, some in sorted(by_theme.items(), key=lambda one: -sum(saves[each] for each in one[1]))
    ]


def _sessions(db: Session, actor: Actor, plan_id: int) -> tuple[list[SessionView], bool]:
    """The sessions of the published timetable, else of the newest draft that the actor may see."""
    if timetable_rows.published(db, plan_id) is None and (known := timetable.timetables(db, actor, plan_id)):
        return timetable.sessions(db, actor, plan_id, known[0].id), True
    return timetable.sessions(db, actor, plan_id), False


def _themes(db: Session, plan_id: int) -> dict[int, str]:
    names = {row.id: row.name for row in theme_rows.themes(db, plan_id)}
    of_project = {row.id: names.get(row.theme_id, "") for row in project_rows.projects(db, plan_id)}
    return {row.id or 0: of_project.get(row.project_id, "") for row in timetable_rows.programmes(db, plan_id)}


def _priorities(db: Session, actor: Actor, plan_id: int) -> dict[int, int]:
    """What a programme itself says stands over its project's design, as for the timetable."""
    designed = {number: one.priority for number, one in content.terms(db, actor, plan_id).items()}
    rows = timetable_rows.programmes(db, plan_id)
    return {row.id or 0: row.priority or designed.get(row.project_id or 0, _MIDDLE) for row in rows}


def _people(views: Sequence[SessionView], programme: int) -> int:
    return sum({one.cohort_id: one.headcount for one in views if one.programme_id == programme}.values())


def _check(number: int, one: LineDraft, programmes: Sequence[int | None] | set[int | None], units: object) -> None:
    if one.type not in WRITTEN:
        raise BadInput(Message("第 {number} 行：学员工时由系统计算，不能手工填写。", number=number))
    if one.quarter not in (1, 2, 3, 4):
        raise BadInput(Message("第 {number} 行：季度应为 1 到 4。", number=number))
    if one.programme_id is not None and one.programme_id not in programmes:
        raise BadInput(Message("第 {number} 行：没有找到这个项目，它可能已被删除。", number=number))
    if one.unit_id is not None and one.unit_id not in units:  # type: ignore[operator]
        raise BadInput(Message("第 {number} 行：没有找到这个机构。", number=number))
    if not all(0 <= money <= LARGEST for money in (one.planned, one.committed, one.actual)):
        raise BadInput(Message("第 {number} 行：金额应在 0 到 10 亿元之间。", number=number))
    if len(one.note.strip()) > LONGEST_NOTE:
        raise BadInput(Message("第 {number} 行：说明最多 {most} 个字。", number=number, most=LONGEST_NOTE))


def _entry(row: BudgetLine) -> Entry:
    place = (row.programme_id or WHOLE, row.unit_id or WHOLE, row.quarter)
    return Entry(row.type, *place, row.planned, row.committed, row.actual)


def _draft(row: BudgetLine) -> LineDraft:
    names = ("type", "quarter", "programme_id", "unit_id", "planned", "committed", "actual", "note", "id")
    return LineDraft(**{name: getattr(row, name) for name in names}, version=row.version or 0)


def _room(plan_id: int) -> str:
    return f"budget:{plan_id}"
