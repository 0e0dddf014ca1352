"""What a planner does with findings: look, decide, correct, put together, part, take in, add, undo."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents import repository as document_rows
from core.documents import service as library
from core.documents.tables import Document
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now
from core.strategy import repository
from core.strategy.by_when import by_when
from core.strategy.conflicts import Disagreement, disagreements
from core.strategy.findings import FindingKind, Measure, Perspective
from core.strategy.history import Action, carry_on, restore
from core.strategy.locating import headings_at
from core.strategy.repository import Filter
from core.strategy.tables import FindingRow, FindingState, Origin, ReviewAction
from core.strategy.updating import remember

_GONE = Message("没有找到这条发现：它可能已被重新解码取代，或者您没有查看其文件的权限。")
_CHANGED = Message("这条发现刚被别人修改过，您的改动没有覆盖它。请看过新的内容再改。")
LONGEST_TEXT = 500
LONGEST_UNIT = 40
_MADE_BY_PERSON = "person"


@dataclass(frozen=True)
class Wanted:
    """What to look at: `document` None means all documents; empty kinds or states mean all but those set aside or merged."""

    document: int | None = None
    kinds: tuple[FindingKind, ...] = ()
    states: tuple[FindingState, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Board:
    """A page of findings, from number `first` (from 0) on, of `total` that the filter leaves, and how many of each state there are for
    the chosen documents."""

    rows: tuple[FindingRow, ...]
    first: int
    total: int
    counts: dict[FindingState, int]
    documents: dict[int, Document]

    @property
    def waiting(self) -> int:
        """How many wait for a decision."""
        return self.counts.get(FindingState.PENDING, 0)

    @property
    def all(self) -> int:
        """How many findings there are to decide on, decided or not."""
        return sum(number for state, number in self.counts.items() if state not in (FindingState.ASIDE, FindingState.MERGED))


@dataclass(frozen=True)
class Draft:
    """What a person can write about a finding."""

    kind: FindingKind
    text: str
    perspective: Perspective | None = None
    competencies: tuple[str, ...] = ()
    measure: Measure | None = None


def board(db: Session, actor: Actor, plan_id: int, wanted: Wanted, first: int = 0, count: int = 20) -> Board:
    """`count` of the findings to look at, from number `first` on, in reading order; the last ones where there are fewer by now.

    Raises `NotFound`.
    """
    plans.find(db, actor, plan_id)
    seen = _documents(db, actor, plan_id)
    limits = _limits(seen, wanted)
    total = repository.count(db, plan_id, limits)
    first = min(first, max(0, total - 1) // count * count)
    return Board(
        rows=tuple(repository.page(db, plan_id, limits, first, count)),
        first=first,
        total=total,
        counts=repository.by_state(db, plan_id, Filter(limits.documents)),
        documents=seen,
    )


def place(db: Session, actor: Actor, plan_id: int, wanted: Wanted, finding_id: int) -> int:
    """The number (from 0) of a finding among those to look at; where it would be, if the filter leaves it out. Raises `NotFound`."""
    row = find(db, actor, plan_id, finding_id)
    return repository.before(db, plan_id, _limits(_documents(db, actor, plan_id), wanted), row)


def all_of(db: Session, actor: Actor, plan_id: int, wanted: Wanted) -> dict[int, int]:
    """All findings that the filter leaves: their versions, by id."""
    plans.find(db, actor, plan_id)
    return repository.versions(db, plan_id, _limits(_documents(db, actor, plan_id), wanted))


def some(db: Session, actor: Actor, plan_id: int, ids: Collection[int]) -> list[FindingRow]:
    """Several findings in reading order. Raises `NotFound` when one is not there for this person."""
    return _rows(db, actor, plan_id, ids)


def documents(db: Session, actor: Actor, plan_id: int) -> dict[int, Document]:
    """The documents that the plan has findings in, as far as the actor may see them, by id."""
    plans.find(db, actor, plan_id)
    return _documents(db, actor, plan_id)


def find(db: Session, actor: Actor, plan_id: int, finding_id: int) -> FindingRow:
    """One finding. Raises `NotFound` when it is not there for this person."""
    rows = _rows(db, actor, plan_id, [finding_id])
    return rows[0]


def conflicts(db: Session, actor: Actor, plan_id: int) -> list[Disagreement]:
    """Targets on the same thing for the same date that documents put at different values, newer document first."""
    seen = _documents(db, actor, plan_id)
    targets = Filter(tuple(seen), (FindingKind.TARGET,), (FindingState.PENDING, FindingState.ACCEPTED))
    return disagreements(repository.page(db, plan_id, targets, 0, 5_000), seen)


def decide(
    db: Session, actor: Actor, plan_id: int, ids: Collection[int], state: FindingState, *, versions: Mapping[int, int | None] | None = None
) -> int:
    """Accept, reject, or put back to pending (which also takes in what was set aside). Returns how many changed.

    `versions` are those that the person saw, by id. Raises `Conflict` when one of them has moved on: then nothing changes.
    """
    require(actor, Right.DECIDE_STRATEGY)
    if state not in (FindingState.PENDING, FindingState.ACCEPTED, FindingState.REJECTED):
        raise ValueError(state)
    seen = _rows(db, actor, plan_id, ids)
    _check_versions(seen, versions)
    rows = [row for row in seen if row.state is not state]
    if rows:
        with_history = Action(plan_id, actor, state.value, rows)
        for row in rows:
            row.state, row.merged_into = state, None
            _signed(row, actor)
        with_history.write(db)
        record(db, actor, "findings_decided", "plan", plan_id, state=state.value, number=len(rows))
    return len(rows)


def edit(db: Session, actor: Actor, plan_id: int, finding_id: int, version: int, draft: Draft, *, accept: bool = False) -> None:
    """Correct a finding, and accept it if asked. `version` is the one the person saw. Raises `BadInput`, `Conflict`, `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    row = find(db, actor, plan_id, finding_id)
    if row.version != version:
        raise Conflict(_CHANGED)
    checked = _checked(draft)
    history = Action(plan_id, actor, "edited", [row])
    remember(row)
    _write(row, checked)
    if accept:
        row.state, row.merged_into = FindingState.ACCEPTED, None
    _signed(row, actor)
    history.write(db)
    record(db, actor, "finding_edited", "finding", finding_id)


def merge(
    db: Session, actor: Actor, plan_id: int, ids: Collection[int], into: int, *, versions: Mapping[int, int | None] | None = None
) -> None:
    """Put findings together: `into`, whose wording stays, is accepted; the others point to it and keep their sources.

    What had been merged into one of them before goes along. Raises `BadInput`, and `Conflict` as `decide` does.
    """
    require(actor, Right.DECIDE_STRATEGY)
    chosen = _rows(db, actor, plan_id, ids)
    if len(chosen) < 2:
        raise BadInput(Message("合并至少需要两条发现。"))
    if into not in {row.id for row in chosen}:
        raise BadInput(Message("请从选中的发现里指定保留哪一条。"))
    _check_versions(chosen, versions)
    ids = {row.id or 0 for row in chosen}
    # What is in the bin, or hidden from this person, goes along: it may come back.
    before = repository.all_merged_into(db, ids)
    rows = [*chosen, *(row for row in before if row.id not in ids)]
    history = Action(plan_id, actor, "merged", rows)
    for row in rows:
        row.state = FindingState.ACCEPTED if row.id == into else FindingState.MERGED
        row.merged_into = None if row.id == into else into
        _signed(row, actor)
    history.write(db)
    record(db, actor, "findings_merged", "finding", into, number=len(chosen))


def merged(db: Session, actor: Actor, plan_id: int, finding_id: int) -> list[FindingRow]:
    """What was merged into a finding, as far as the actor may see it: its further sources."""
    plans.find(db, actor, plan_id)
    return repository.merged_into(db, plan_id, [finding_id], list(_documents(db, actor, plan_id)))


def split(db: Session, actor: Actor, plan_id: int, finding_id: int, version: int, at: int) -> tuple[int, int]:
    """Part a finding in two at offset `at` of its quote; both are to be decided. Returns their ids. Raises `BadInput`, `Conflict`."""
    require(actor, Right.DECIDE_STRATEGY)
    row = find(db, actor, plan_id, finding_id)
    if row.version != version:
        raise Conflict(_CHANGED)
    if row.measure:
        raise BadInput(Message("量化目标不能拆分：指标和数值只属于一条。请用“修改”更正。"))
    first, second = row.quote[:at].strip(), row.quote[at:].strip()
    if not first or not second:
        raise BadInput(Message("请在引文中间选择拆分的位置，两部分都要有文字。"))
    history = Action(plan_id, actor, "split", [row])
    remember(row)
    begin = row.start + len(row.quote) - len(row.quote[at:].lstrip())
    other = FindingRow(
        **row.model_dump(exclude={"id", "version", "text", "quote", "start", "end", "merged_into"}),
        text=second,
        quote=second,
        start=begin,
        end=begin + len(second),
    )
    row.start += len(row.quote) - len(row.quote.lstrip())
    row.text = row.quote = first
    row.end = row.start + len(first)
    for part in (row, other):
        part.state, part.edited, part.merged_into = FindingState.PENDING, True, None
        _signed(part, actor)
    db.add(other)
    history.write(db, made=[other])
    record(db, actor, "finding_split", "finding", finding_id)
    return row.id or 0, other.id or 0


def add(db: Session, actor: Actor, plan_id: int, document_id: int, start: int, end: int, draft: Draft) -> int:
    """A finding of one's own, on words of a document: `[start, end)` of its extracted text. It is accepted. Returns its id."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    parsed = library.open_document(db, actor, document_id).parsed
    quote = parsed.text[start:end] if parsed is not None and 0 <= start < end <= len(parsed.text) else ""
    if parsed is None or not quote.strip():
        raise BadInput(Message("请先在原文中选定一段文字，发现要有原文依据。"))
    row = FindingRow(
        plan_id=plan_id,
        document_id=document_id,
        kind=draft.kind,
        text="",
        quote=quote,
        page=parsed.page_at(start).number,
        start=start,
        end=end,
        heading=list(headings_at(parsed, start)),
        origin=Origin.PERSON,
        made_by=_MADE_BY_PERSON,
        state=FindingState.ACCEPTED,
    )
    _write(row, _checked(draft))
    _signed(row, actor)
    db.add(row)
    Action(plan_id, actor, "added", []).write(db, made=[row])
    record(db, actor, "finding_added", "finding", row.id)
    return row.id or 0


def undoable(db: Session, actor: Actor, plan_id: int) -> ReviewAction | None:
    """What `undo` would take back."""
    return repository.last_action(db, plan_id, actor.account_id) if actor.may(Right.DECIDE_STRATEGY) else None


def undo(db: Session, actor: Actor, plan_id: int) -> tuple[int, ...]:
    """Take back this person's last action on the plan's findings. Returns the findings that are as they were before, in reading order.

    Raises `BadInput` when there is nothing to undo, `Conflict` when somebody has changed one of them since: then nothing changes.
    """
    require(actor, Right.DECIDE_STRATEGY)
    action = undoable(db, actor, plan_id)
    if action is None:
        raise BadInput(Message("没有可以撤销的操作。"))
    changes = {change.finding_id: change for change in repository.changes(db, action.id or 0)}
    # Those of a document that has been removed meanwhile too: they may come back.
    rows = {row.id or 0: row for row in repository.wherever(db, plan_id, list(changes))}
    if any(row.version != changes[row_id].after for row_id, row in rows.items()):
        raise Conflict(Message("其中有发现在这之后又被修改过（别人，或重新解码），不能整体撤销。请逐条更正。"))
    restored = []
    for row_id, row in rows.items():
        before = changes[row_id].before
        if before is not None:
            restore(row, before)
            restored.append(row)
        else:
            db.delete(row)
    action.undone = True
    db.flush()
    carry_on(db, restored, changes)
    record(db, actor, "review_undone", "plan", plan_id, undone=action.action, number=len(rows))
    seen = _documents(db, actor, plan_id)
    return tuple(row.id or 0 for row in restored if row.document_id in seen)


def _documents(db: Session, actor: Actor, plan_id: int) -> dict[int, Document]:
    ids = library.visible(db, actor, repository.documents_with_findings(db, plan_id))
    return {row.id or 0: row for row in document_rows.some(db, ids)}


def _limits(seen: Mapping[int, Document], wanted: Wanted) -> Filter:
    chosen = tuple(seen) if wanted.document is None else (wanted.document,) if wanted.document in seen else ()
    states = wanted.states or (FindingState.PENDING, FindingState.ACCEPTED, FindingState.REJECTED)
    return Filter(chosen, wanted.kinds, states, wanted.words)


def _rows(db: Session, actor: Actor, plan_id: int, ids: Collection[int]) -> list[FindingRow]:
    plans.find(db, actor, plan_id)
    rows = repository.some(db, plan_id, set(ids), list(_documents(db, actor, plan_id)))
    if len(rows) < len(set(ids)):
        raise NotFound(_GONE)
    return rows


def _check_versions(rows: Sequence[FindingRow], versions: Mapping[int, int | None] | None) -> None:
    if versions is not None and any(versions.get(row.id or 0) != row.version for row in rows):
        raise Conflict(_CHANGED)


def _signed(row: FindingRow, actor: Actor) -> None:
    row.decided_by, row.decided_at, row.precedent_id = actor.account_id, now(), None


def _write(row: FindingRow, draft: Draft) -> None:
    row.kind, row.text, row.perspective = draft.kind, draft.text, draft.perspective
    row.competencies = list(draft.competencies)
    row.metric = draft.measure.metric if draft.measure else ""
    row.measure = asdict(draft.measure) if draft.measure else None
    row.edited = True


def _checked(draft: Draft) -> Draft:
    text = " ".join(draft.text.split())
    if not text:
        raise BadInput(Message("发现的内容不能为空。"))
    if len(text) > LONGEST_TEXT:
        raise BadInput(Message("发现的内容最多 {n} 个字。", n=LONGEST_TEXT))
    measure = draft.measure if draft.kind is FindingKind.TARGET else None
    if draft.kind is FindingKind.TARGET:
        if measure is None or not measure.metric.strip():
            raise BadInput(Message("量化目标要写明指标名称。"))
        if max(len(measure.unit), len(measure.unit_written)) > LONGEST_UNIT:
            raise BadInput(Message("单位最多 {n} 个字。", n=LONGEST_UNIT))
        measure = replace(measure, deadline=by_when(measure.deadline))
    names = tuple(dict.fromkeys(name.strip() for name in draft.competencies if name.strip()))
    return Draft(draft.kind, text, draft.perspective, names, measure)
