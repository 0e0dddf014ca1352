"""Conclusions as an actor may see and change them: drafted from the data or by hand, confirmed, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from core import clock
from core.access.actor import Actor, Right, require
from core.delivery.undo.service import Action, changed_by, history, last
from core.delivery.undo.service import undo as undo_action
from core.editing.done import Done
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.people.scope import scope
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.plans.tables import AnnualPlan
from core.projects import repository as project_rows
from core.review.conclusions import repository
from core.review.conclusions.gathering import About, Evidence, Figures, Material, gather
from core.review.conclusions.suggesting import RULE, Suggestion, suggested
from core.review.conclusions.tables import Conclusion
from core.review.conclusions.terms import Choice, ConclusionState
from core.storage import Session, now
from core.strategy.themes import repository as theme_rows

LONGEST_TEXT, LONGEST_CHANGE = 600, 300
LEAST_FACTOR, MOST_FACTOR, USUAL_FACTOR = 1.0, 10.0, 1.5
Told = Callable[[int, int], None]
_GONE = Message("没有找到这条结论，它可能已被删除。请刷新后再选。")
_WORDS = {
    Choice.KEEP: Message("达到目标，没有效果与之矛盾，明年照办。"),
    Choice.CHANGE: Message("有层级没有达到目标，或有预警，明年要改。"),
    Choice.STOP: Message("远没有达到目标，或应当止损，明年停办。"),
    Choice.SCALE: Message("达到目标，效果可以归因于培训，还有人在等，明年扩大。"),
}
_CHANGED = Message("这条结论刚被别人改过，您的改动没有保存。请刷新后再改。")


@dataclass(frozen=True)
class ConclusionDraft:
    """What somebody concludes, in words; `change` what is to be done differently, `factor` by how much the audience is to grow."""

    about: About
    quarter: int
    choice: Choice
    text: str
    change: str = ""
    factor: float | None = None


@dataclass(frozen=True)
class Proposed:
    """A draft that the rule proposes, with what speaks for it."""

    draft: ConclusionDraft
    found: Material


@dataclass(frozen=True)
class ConclusionView:
    """A conclusion as a reader sees it. `evidence` is empty and `withheld` true for those who may not count the whole branch."""

    row: Conclusion
    name: str
    year: int
    reasons: tuple[Message, ...]
    evidence: tuple[Evidence, ...]
    withheld: bool

    @property
    def id(self) -> int:
        """Its number."""
        return self.row.id or 0

    @property
    def confirmed(self) -> bool:
        """Whether somebody stands by it."""
        return self.row.state is ConclusionState.CONFIRMED

    @property
    def ready(self) -> bool:
        """Whether somebody may stand by it: a change says what is to be changed."""
        return _is_ready(self.row)

    @property
    def about(self) -> About:
        """What it is of."""
        return About(self.row.project_id, self.row.theme_id)


@dataclass(frozen=True)
class Board:
    """The conclusions of a plan, the newest first, and what may be concluded on: its projects and themes by number."""

    plan: AnnualPlan
    conclusions: tuple[ConclusionView, ...]
    projects: Mapping[int, str]
    themes: Mapping[int, str]
    quarter: int

    @property
    def open(self) -> list[int]:
        """The projects of which nothing is concluded yet."""
        done = {one.row.project_id for one in self.conclusions}
        return [one for one in self.projects if one not in done]


def board(db: Session, actor: Actor, plan_id: int, today: date | None = None) -> Board:
    """What is concluded of a plan. Needs `SEE_REVIEW`. Raises `NotFound`."""
    require(actor, Right.SEE_REVIEW)
    plan = plans.find(db, actor, plan_id)
    projects = {row.id or 0: row.name for row in project_rows.projects(db, plan_id)}
    themes = {row.id or 0: row.name for row in theme_rows.themes(db, plan_id)}
    rows = repository.conclusions(db, plan_id)
    return Board(plan, tuple(_views(db, actor, plan, rows)), projects, themes, quarter_of(plan.year, today or today_()))


def plan_of(db: Session, actor: Actor, conclusion_id: int) -> int | None:
    """The plan of a conclusion, put away or not; None for one that is not there, and for one that is not for the actor."""
    row = repository.conclusion(db, conclusion_id) if actor.may(Right.SEE_REVIEW) and actor.may(Right.READ_PLANS) else None
    return None if row is None else row.plan_id


def find(db: Session, actor: Actor, conclusion_id: int) -> ConclusionView | None:
    """One conclusion, of whichever plan: what a project of the next year came of. None for one that is not there. Needs `SEE_REVIEW`.

    A plan that was put away may be read all the same: the next year's rests on it.
    """
    require(actor, Right.SEE_REVIEW)
    require(actor, Right.READ_PLANS)
    row = repository.conclusion(db, conclusion_id)
    plan = plan_rows.plan(db, row.plan_id) if row is not None else None
    return None if row is None or plan is None else _views(db, actor, plan, [row])[0]


def suggestion(db: Session, actor: Actor, plan_id: int, about: About, today: date | None = None) -> tuple[Suggestion, tuple[Evidence, ...]]:
    """What the rule suggests to conclude, why, and the figures behind it. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    found = gather(db, actor, plan_id, about, today or today_())
    return suggested(found.signs), found.evidence


def save(
    db: Session,
    actor: Actor,
    plan_id: int,
    draft: ConclusionDraft,
    conclusion_id: int | None = None,
    version: int = 0,
    today: date | None = None,
) -> int:
    """Keep a conclusion as a draft, with the figures as they are now. One that was confirmed is a draft again. Returns its number.

    Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict`, `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    draft = _checked(db, plan_id, draft)
    found = gather(db, actor, plan_id, draft.about, today or today_())
    action = Action(db, actor, _room(plan_id), "conclusion_saved", draft.text[:80])
    if conclusion_id is None:
        row = action.make(_new(plan_id, draft, actor))
    else:
        row = action.change(_seen(db, actor, conclusion_id, version))
        _not_carried(db, row)
    _write(row, draft, found, actor)
    action.write()
    return row.id or 0


def proposed(
    db: Session, actor: Actor, plan_id: int, language: Language, today: date | None = None, told: Told = lambda done, total: None
) -> tuple[Proposed, ...]:
    """What the rule would conclude on each project without a conclusion of which anything can be said. Takes seconds, and writes nothing;
    `told` hears of how many projects it has looked at. Needs `KEEP_REVIEW`. Raises `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    day = today or today_()
    known = board(db, actor, plan_id, day)
    figures, found = Figures(db, actor, plan_id, day), []
    for number, project_id in enumerate(known.open):
        told(number, len(known.open))
        material = figures.of(About(project_id))
        said = suggested(material.signs)
        if said.choice is not None:
            found.append(Proposed(drafted(said.choice, About(project_id), known.quarter, language), material))
    return tuple(found)


def draft_all(db: Session, actor: Actor, plan_id: int, some: Sequence[Proposed]) -> int:
    """Keep what was proposed as drafts, but on projects that were concluded on or withdrawn meanwhile. Returns how many.

    Needs `KEEP_REVIEW`. Raises `BadInput` where there is none, `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    still = set(board(db, actor, plan_id).open)
    fresh = [one for one in some if one.draft.about.project_id in still]
    if not fresh:
        raise BadInput(Message("没有可以起草的结论：项目都已有结论，或还没有结果。"))
    action = Action(db, actor, _room(plan_id), "conclusions_drafted")
    for one in fresh:
        _write(action.make(_new(plan_id, one.draft, actor)), one.draft, one.found, actor)
    action.write()
    return len(fresh)


def confirm(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int]) -> int:
    """Stand by drafts: they may be carried over. `versions` are those that the person saw. Returns how many.

    Needs `KEEP_REVIEW`. Raises `BadInput`, `Conflict`, `NotFound`.
    """
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, plan_id)
    action = Action(db, actor, _room(plan_id), "conclusions_confirmed")
    for number, version in versions.items():
        row = action.change(_seen(db, actor, number, version))
        if not _is_ready(row):
            raise BadInput(Message("结论是“调整”，请先写明明年要改什么。"))
        row.state, row.confirmed_by, row.confirmed_at = ConclusionState.CONFIRMED, actor.name[:80], now()
    if versions:
        action.write()
    return len(versions)


def _is_ready(row: Conclusion) -> bool:
    return row.choice is not Choice.CHANGE or bool(row.change)


def remove(db: Session, actor: Actor, plan_id: int, conclusion_id: int, version: int) -> None:
    """Delete a conclusion; `undo` brings it back. Needs `KEEP_REVIEW`. Raises `Conflict` for one that was carried over, `NotFound`."""
    require(actor, Right.KEEP_REVIEW)
    row = _seen(db, actor, conclusion_id, version)
    _not_carried(db, row)
    action = Action(db, actor, _room(plan_id), "conclusion_removed", row.text[:80])
    action.drop(row)
    action.write()


def done(db: Session, actor: Actor, plan_id: int) -> tuple[list[Done], Done | None]:
    """What was done last with a plan's conclusions, and what this person can take back first. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    return history(db, actor, _room(plan_id)), last(db, actor, _room(plan_id))


def undo(db: Session, actor: Actor, action_id: int) -> int:
    """Take back what was done to conclusions, as a whole. Returns how many that concerned. Needs `KEEP_REVIEW`.

    Raises `BadInput` for what was taken back, `Conflict` where one was changed or carried over since: next year's draft rests on it.
    """
    require(actor, Right.KEEP_REVIEW)
    for number in changed_by(db, action_id, Conclusion.__tablename__):
        row = repository.conclusion(db, number)
        if row is not None:
            _not_carried(db, row)
    return undo_action(db, actor, action_id)


def drafted(choice: Choice, about: About, quarter: int, language: Language) -> ConclusionDraft:
    """A suggestion as somebody may go on writing it. Its words carry no figure: they are read by those who may not count the whole branch,
    and what is to be changed is for a person to say."""
    factor = USUAL_FACTOR if choice is Choice.SCALE else None
    return ConclusionDraft(about, quarter, choice, _WORDS[choice].render(language), factor=factor)


def quarter_of(year: int, today: date) -> int:
    """The quarter of a plan's year that a day is in; the last one once the year is over."""
    if today.year != year:
        return 4 if today.year > year else 1
    return (today.month + 2) // 3


def today_() -> date:
    """The day in the bank's own time."""
    return clock.today()


def _new(plan_id: int, draft: ConclusionDraft, actor: Actor) -> Conclusion:
    row = Conclusion(plan_id=plan_id, quarter=draft.quarter, choice=draft.choice, text="", created_by=actor.name[:80])
    row.project_id, row.theme_id = draft.about.project_id, draft.about.theme_id
    return row


def _write(row: Conclusion, draft: ConclusionDraft, found: Material, actor: Actor) -> None:
    said = suggested(found.signs)
    row.quarter, row.choice, row.text, row.change = draft.quarter, draft.choice, draft.text, draft.change
    row.factor = draft.factor if draft.choice is Choice.SCALE else None
    row.suggested, row.rule, row.reasons = said.choice, RULE, [one.to_json() for one in said.reasons]
    row.evidence = [one.to_json() for one in found.evidence]
    row.state, row.confirmed_by, row.confirmed_at = ConclusionState.DRAFT, "", None
    row.changed_by, row.changed_at = actor.name[:80], now()


def _checked(db: Session, plan_id: int, draft: ConclusionDraft) -> ConclusionDraft:
    text, change, about = draft.text.strip(), draft.change.strip(), draft.about
    if not text or len(text) > LONGEST_TEXT:
        raise BadInput(Message("请写明结论，最多 {limit} 个字。", limit=LONGEST_TEXT))
    if len(change) > LONGEST_CHANGE or (draft.choice is Choice.CHANGE and not change):
        raise BadInput(Message("请写明明年要改什么，最多 {limit} 个字。", limit=LONGEST_CHANGE))
    if draft.choice is Choice.SCALE:
        factor = draft.factor or 0.0
        if not isfinite(factor) or not LEAST_FACTOR < factor <= MOST_FACTOR:
            raise BadInput(Message("扩大的倍数应大于 {least}，最多 {most}。", least=f"{LEAST_FACTOR:g}", most=f"{MOST_FACTOR:g}"))
    if draft.quarter not in (1, 2, 3, 4):
        raise BadInput(Message("季度应是 1 到 4。"))
    if about.project_id is not None and about.project_id not in {row.id for row in project_rows.projects(db, plan_id)}:
        raise NotFound(Message("没有找到这个项目，它可能已被撤回。"))
    if about.theme_id is not None and about.theme_id not in {row.id for row in theme_rows.themes(db, plan_id)}:
        raise NotFound(Message("没有找到这个主题，它可能已被删除。"))
    return ConclusionDraft(about, draft.quarter, draft.choice, text, change, draft.factor)


def _seen(db: Session, actor: Actor, conclusion_id: int, version: int) -> Conclusion:
    row = repository.conclusion(db, conclusion_id)
    if row is None:
        raise NotFound(_GONE)
    plans.find(db, actor, row.plan_id)
    if row.version != version:
        raise Conflict(_CHANGED)
    return row


def _not_carried(db: Session, row: Conclusion) -> None:
    standing = [one.id or 0 for one in repository.carried(db, row.plan_id) if one.undone_at is None]
    if any(one.conclusion_id == row.id for one in repository.items(db, standing)):
        raise Conflict(Message("这条结论已结转到明年，不能再改。请先撤销结转。"))


def _views(db: Session, actor: Actor, plan: AnnualPlan, rows: list[Conclusion]) -> list[ConclusionView]:
    # The figures are of the whole branch: less those of one's own units they would tell of the others.
    whole = scope(db, actor).counted is None
    names = {row.id: row.name for row in project_rows.all_projects(db, plan.id or 0)}
    themes = {row.id: row.name for row in theme_rows.themes(db, plan.id or 0)}
    return [
        ConclusionView(
            row=row,
            name=names.get(row.project_id or 0) or themes.get(row.theme_id or 0) or "",
            year=plan.year,
            reasons=tuple(Message.from_json(one) for one in row.reasons) if whole else (),
            evidence=tuple(Evidence.from_json(one) for one in row.evidence) if whole else (),
            withheld=not whole and bool(row.evidence),
        )
        for row in rows
    ]


def _room(plan_id: int) -> str:
    return f"conclusions:{plan_id}"
