"""The project ideas of a plan: suggested, looked at, corrected, turned down, brought back. What accepts them is core.projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.plans import service as plans
from core.storage import Session, now
from core.strategy.focus import service as focus
from core.strategy.ideas import repository
from core.strategy.ideas.citing import Citations, Cited, cite
from core.strategy.ideas.draft import LONGEST_PURPOSE, Draft, checked
from core.strategy.ideas.gathering import gather
from core.strategy.ideas.history import Action, take_back
from core.strategy.ideas.proposing import RULE, Idea
from core.strategy.ideas.tables import IdeaAction, IdeaRow
from core.strategy.ideas.terms import Author, IdeaState, Source
from core.strategy.ideas.wording import name_of, purpose_of
from core.strategy.themes import localisation
from core.strategy.themes import repository as theme_rows
from core.strategy.themes.localisation import Lack, LocalTheme
from core.strategy.themes.service import THEME_GONE, ThemeView

# The theme and the row of the focus that an idea was made for.
_Pair = tuple[int | None, int | None]

PERSON = "person"
LONGEST_REASON = 300

_GONE = Message("没有找到这个项目想法，它可能已被新的建议取代。")
_CHANGED = Message("“{idea}”刚被别人修改过，您的改动没有覆盖它。请看过新的内容再改。")


@dataclass(frozen=True)
class IdeaView:
    """An idea as a reader sees it. `theme` None: its theme was deleted. `lack`: why its theme is still HQ's standard version."""

    row: IdeaRow
    theme: ThemeView | None
    cited: Cited
    lack: Lack | None

    @property
    def id(self) -> int:
        """The idea's number."""
        return self.row.id or 0


@dataclass(frozen=True)
class Board:
    """The plan's ideas, the most urgent first; its themes; the anchored posts, and those of them that no idea was made for; and whether
    this person can undo something."""

    ideas: tuple[IdeaView, ...]
    local: tuple[LocalTheme, ...]
    anchored: tuple[str, ...]
    unserved: tuple[str, ...]
    undoable: bool

    @property
    def themes(self) -> tuple[ThemeView, ...]:
        """The themes alone."""
        return tuple(one.view for one in self.local)

    def theme(self, theme_id: int | None) -> ThemeView | None:
        """One of the themes."""
        return next((view for view in self.themes if view.id == theme_id), None)


@dataclass(frozen=True)
class Suggested:
    """What a suggestion came to: ideas that are new, that changed with their material, and that nothing speaks for any more."""

    new: int
    refreshed: int
    dropped: int


def board(db: Session, actor: Actor, plan_id: int) -> Board:
    """The plan's ideas. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    local = localisation.local_themes(db, actor, plan_id)
    by_id = {one.view.id: one for one in local}
    rows = repository.ideas(db, plan_id)
    citations = Citations(db, actor, plan_id, (one for row in rows for one in (*row.finding_ids, *row.rests_on)))
    views = []
    for row in rows:
        theme = by_id.get(row.theme_id or 0)
        cited = citations.of(row.finding_ids, row.rests_on)
        views.append(IdeaView(row, theme.view if theme else None, cited, theme.lack if theme else None))
    anchored = [row for row in focus.rows(db, actor, plan_id) if row.anchored_at is not None]
    served = {(row.line, row.post) for row in rows}
    unserved = tuple(row.post for row in anchored if (row.line, row.post) not in served)
    return Board(tuple(views), local, tuple(row.post for row in anchored), unserved, undoable(db, actor, plan_id) is not None)


def counts(db: Session, actor: Actor, plan_id: int) -> dict[IdeaState, int]:
    """How many ideas of the plan there are of each state."""
    plans.find(db, actor, plan_id)
    return repository.by_state(db, plan_id)


def suggest(db: Session, actor: Actor, plan_id: int, language: Language) -> Suggested:
    """Bring the ideas up to date with themes and focus. What a person wrote or decided stays; what is waiting and untouched follows."""
    require(actor, Right.DECIDE_STRATEGY)
    proposed: dict[_Pair, Idea] = {(one.theme.id, one.post.id): one for one in gather(db, actor, plan_id).ideas()}
    known = {(row.theme_id, row.focus_id): row for row in repository.ideas(db, plan_id) if row.origin is Author.RULE}
    fresh = [key for key in proposed if key not in known]
    before = {row.id: row.version for row in known.values()}
    for key in fresh:
        db.add(IdeaRow(plan_id=plan_id, theme_id=key[0], focus_id=key[1], made_by=RULE, **_derived(proposed[key], language)))
    dropped = 0
    for key, row in known.items():
        if row.state is not IdeaState.PENDING:
            continue
        found = proposed.get(key)
        if found is not None:
            _refresh(row, _derived(found, language))
        elif row.edited or row.purpose_author is not Author.RULE:
            row.outdated = True
        else:
            db.delete(row)
            dropped += 1
    db.flush()
    refreshed = sum(row in db and row.version != before[row.id] for row in known.values())
    record(db, actor, "ideas_suggested", "plan", plan_id, new=len(fresh), refreshed=refreshed, dropped=dropped)
    return Suggested(len(fresh), refreshed, dropped)


def add(db: Session, actor: Actor, plan_id: int, theme_id: int, draft: Draft) -> int:
    """An idea of one's own; it waits like the others. Returns its id. Raises `BadInput`, `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    if theme_id not in {row.id for row in theme_rows.themes(db, plan_id)}:
        raise NotFound(THEME_GONE)
    row = IdeaRow(
        plan_id=plan_id,
        theme_id=theme_id,
        name="",
        urgency=draft.urgency,
        kind=draft.kind,
        origin=Author.PERSON,
        made_by=PERSON,
        purpose_author=Author.PERSON,
        purpose_by=PERSON,
    )
    _write(row, _checked(db, actor, plan_id, draft))
    db.add(row)
    Action(plan_id, actor, "added", []).write(db, made=[row])
    record(db, actor, "idea_added", "idea", row.id)
    return row.id or 0


def edit(db: Session, actor: Actor, plan_id: int, idea_id: int, version: int, draft: Draft) -> None:
    """Correct an idea. `version` is the one the person saw. Raises `BadInput`, `Conflict`, `NotFound`."""
    (row,) = chosen(db, actor, plan_id, {idea_id: version})
    if row.state is IdeaState.ACCEPTED:
        raise BadInput(Message("“{idea}”已成为项目，请在项目里修改。", idea=row.name))
    draft = _checked(db, actor, plan_id, draft)
    history = Action(plan_id, actor, "edited", [row])
    _write(row, draft)
    _signed(row, actor)
    history.write(db)
    record(db, actor, "idea_edited", "idea", idea_id)


def take_draft(db: Session, actor: Actor, plan_id: int, idea_id: int, version: int, purpose: str, made_by: str) -> None:
    """Put a purpose that a model drafted into a waiting idea, labelled as that. Raises `BadInput`, `Conflict`, `NotFound`."""
    (row,) = chosen(db, actor, plan_id, {idea_id: version})
    if row.state is not IdeaState.PENDING:
        raise BadInput(Message("“{idea}”已经决定过，没有改动它的目的。", idea=row.name))
    history = Action(plan_id, actor, "drafted", [row])
    row.rests_on = _ground(row)
    row.purpose, row.purpose_author, row.purpose_by = purpose[:LONGEST_PURPOSE], Author.MODEL, made_by[:120]
    history.write(db)
    record(db, actor, "idea_drafted", "idea", idea_id, made_by=row.purpose_by)


def reject(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int], reason: str) -> int:
    """Turn ideas down, with the reason. Returns how many. Raises `BadInput` without a reason, `Conflict`, `NotFound`."""
    reason = " ".join(reason.split())
    rows = chosen(db, actor, plan_id, versions)
    if not reason:
        raise BadInput(Message("请写明不采纳的理由，明年再看时才知道为什么。"))
    return _decide(db, actor, plan_id, rows, IdeaState.REJECTED, reason[:LONGEST_REASON])


def bring_back(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int]) -> int:
    """Let rejected ideas wait again. Returns how many. Raises `Conflict`, `NotFound`."""
    return _decide(db, actor, plan_id, chosen(db, actor, plan_id, versions), IdeaState.PENDING, "")


def chosen(db: Session, actor: Actor, plan_id: int, versions: Mapping[int, int]) -> list[IdeaRow]:
    """The ideas that a person wants to change, with the versions that they saw. Raises `NotAllowed`, `NotFound`, `Conflict`."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    rows = repository.some(db, plan_id, versions.keys())
    if len(rows) < len(versions):
        raise NotFound(_GONE)
    for row in rows:
        if row.version != versions[row.id or 0]:
            raise Conflict(Message(_CHANGED.text, idea=row.name))
    return rows


def settle(db: Session, actor: Actor, plan_id: int, rows: Sequence[IdeaRow], state: IdeaState, action: str) -> None:
    """Put ideas that were chosen into `state`, so that it can be undone; for what makes projects of them and takes projects back."""
    history = Action(plan_id, actor, action, rows)
    for row in rows:
        row.state, row.reject_reason = state, ""
        _signed(row, actor)
    history.write(db)


def undoable(db: Session, actor: Actor, plan_id: int) -> IdeaAction | None:
    """What this person did last on the plan's ideas and can take back."""
    return repository.last_action(db, plan_id, actor.account_id) if actor.may(Right.DECIDE_STRATEGY) else None


def undo(db: Session, actor: Actor, plan_id: int) -> list[IdeaRow]:
    """Take back this person's last action. Returns the ideas as they are again. Raises `BadInput`, `Conflict`."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    action = undoable(db, actor, plan_id)
    rows = take_back(db, action)
    record(db, actor, "ideas_undone", "plan", plan_id, undone=action.action if action else "", number=len(rows))
    return rows


def _decide(db: Session, actor: Actor, plan_id: int, rows: Sequence[IdeaRow], state: IdeaState, reason: str) -> int:
    for row in rows:
        if row.state is IdeaState.ACCEPTED:
            raise BadInput(Message("“{idea}”已成为项目，请先撤回项目。", idea=row.name))
    rows = [row for row in rows if row.state is not state]
    if rows:
        history = Action(plan_id, actor, state.value, rows)
        for row in rows:
            row.state, row.reject_reason = state, reason
            _signed(row, actor)
        history.write(db)
        record(db, actor, "ideas_decided", "plan", plan_id, state=state.value, number=len(rows))
    return len(rows)


def _checked(db: Session, actor: Actor, plan_id: int, draft: Draft) -> Draft:
    draft = checked(draft)
    cite(db, actor, plan_id, draft.finding_ids)
    return draft


def _derived(idea: Idea, language: Language) -> dict[str, Any]:
    """An idea as the columns of its row."""
    judged = idea.judgement
    return {
        "name": name_of(idea, language),
        "purpose": purpose_of(idea, language),
        "purpose_by": RULE,
        "finding_ids": [one.id for one in idea.clauses],
        "rests_on": list(idea.rests_on),
        "competencies": list(idea.competencies),
        "source": idea.source,
        "line": idea.post.line,
        "post": idea.post.post,
        "people": idea.post.people,
        "match": idea.belonging.match,
        "likeness": idea.belonging.likeness,
        "urgency": judged.urgency,
        "urgency_score": judged.score,
        "urgency_why": [why.to_json() for why in judged.urgency_why],
        "kind": judged.kind,
        "kind_why": [why.to_json() for why in judged.kind_why],
    }


# What goes with a field that a person wrote, and is theirs with it.
_WITH = {"source": "competencies", "purpose_by": "purpose"}


def _ground(row: IdeaRow) -> list[int]:
    """All findings that an idea's words may rest on by now: what was once read for them counts until the words are gone."""
    return sorted({*row.rests_on, *row.finding_ids})


def _refresh(row: IdeaRow, derived: Mapping[str, Any]) -> None:
    kept = {*row.edited, *(("purpose",) if row.purpose_author is not Author.RULE else ())}
    if "purpose" in kept:
        derived = {**derived, "rests_on": sorted({*_ground(row), *derived["rests_on"]})}
    for name, value in derived.items():
        # How the rules would judge stays to be read beside what a person decided.
        if _WITH.get(name, name) not in kept and getattr(row, name) != value:
            setattr(row, name, value)
    row.outdated = False


def _write(row: IdeaRow, draft: Draft) -> None:
    new: dict[str, Any] = {
        "name": draft.name,
        "purpose": draft.purpose,
        "finding_ids": list(draft.finding_ids),
        "line": draft.line,
        "post": draft.post,
        "people": draft.people,
        "competencies": list(draft.competencies),
        "urgency": draft.urgency,
        "kind": draft.kind,
    }
    row.rests_on = _ground(row)
    written = [name for name, value in new.items() if getattr(row, name) != value]
    for name in written:
        setattr(row, name, new[name])
    if "purpose" in written:
        row.purpose_author, row.purpose_by = Author.PERSON, PERSON
    if "competencies" in written:
        row.source = Source.PERSON
    row.edited = [name for name in new if name in {*row.edited, *written}]


def _signed(row: IdeaRow, actor: Actor) -> None:
    row.decided_by, row.decided_at = actor.account_id, now()
