"""The readiness assessment in the database: rounds, their answers, and what was taken into themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.plans import service as plans
from core.storage import Session, now
from core.strategy import periods
from core.strategy.readiness import repository
from core.strategy.readiness.checklist import HIGHEST, LOWEST, checklist
from core.strategy.readiness.scoring import scores
from core.strategy.readiness.tables import ReadinessAnswer, ReadinessRound, ReadinessTaken
from core.strategy.themes import repository as theme_rows
from core.strategy.themes import service as themes
from core.strategy.themes.service import THEME_GONE, Draft
from core.strategy.themes.tables import Theme

LONGEST_NOTE = 300


@dataclass(frozen=True)
class Answer:
    """What somebody answered, and what they saw before: `version` 0 where there was no answer yet. `step` None is unanswered."""

    step: int | None
    note: str = ""
    version: int = 0


@dataclass(frozen=True)
class Round:
    """One time through the checklist. `open`: the newest alone takes answers, so that what is compared with stays what it was."""

    row: ReadinessRound
    rows: tuple[ReadinessAnswer, ...]
    open: bool

    @property
    def id(self) -> int:
        """The round's number."""
        return self.row.id or 0

    @property
    def answers(self) -> dict[str, int]:
        """The answered statements with their steps."""
        return {row.statement: row.step for row in self.rows if row.step is not None}

    @property
    def people(self) -> tuple[str, ...]:
        """Who answered, in the order in which they last did."""
        ordered = sorted((row for row in self.rows if row.step is not None), key=lambda row: row.answered_at)
        return tuple(dict.fromkeys(row.answered_by for row in ordered))

    @property
    def last_answered(self) -> datetime | None:
        """When somebody last answered."""
        return max((row.answered_at for row in self.rows), default=None)

    def stored(self, code: str) -> Answer:
        """What is stored for a statement."""
        row = next((row for row in self.rows if row.statement == code), None)
        return Answer(row.step, row.note, row.version or 0) if row else Answer(None)


@dataclass(frozen=True)
class Taken:
    """A dimension that was taken into a theme that still stands."""

    row: ReadinessTaken
    theme: Theme


@dataclass(frozen=True)
class Assessment:
    """All of a plan's assessment: the rounds, the newest last, what was taken into themes, and the themes that are there."""

    rounds: tuple[Round, ...]
    taken: tuple[Taken, ...]
    themes: tuple[Theme, ...]

    def before(self, one: Round) -> Round | None:
        """The round before this one."""
        place = self.rounds.index(one)
        return self.rounds[place - 1] if place else None

    def taken_of(self, dimension: str) -> list[Taken]:
        """The themes that a dimension was taken into."""
        return [one for one in self.taken if one.row.dimension == dimension]


def assessment(db: Session, actor: Actor, plan_id: int) -> Assessment:
    """What the plan has. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    rows = sorted(repository.rounds(db, plan_id), key=lambda row: periods.order(row.period))
    # What people wrote in a round, and who, is not for guests of a shared link.
    given = [] if actor.is_guest else repository.answers(db, [row.id or 0 for row in rows])
    standing = theme_rows.themes(db, plan_id)
    by_id = {row.id: row for row in standing}
    return Assessment(
        rounds=tuple(Round(row, tuple(one for one in given if one.round_id == row.id), row is rows[-1]) for row in rows),
        taken=tuple(Taken(row, by_id[row.theme_id]) for row in repository.taken(db, plan_id) if row.theme_id in by_id),
        themes=tuple(standing),
    )


def begin(db: Session, actor: Actor, plan_id: int, period: str) -> int:
    """A new round, later than all before it, with nothing answered. Returns its id. Raises `BadInput`, `NotFound`."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    if not periods.is_period(period):
        raise BadInput(Message("请选择一个季度或半年。"))
    rows = repository.rounds(db, plan_id)
    if any(periods.order(row.period) >= periods.order(period) for row in rows):
        raise BadInput(Message("{period}或更晚的自评已经有了，新一轮要晚于它。", period=periods.name(period)))
    row = ReadinessRound(plan_id=plan_id, period=period, opened_by=actor.name[:80])
    db.add(row)
    db.flush()
    record(db, actor, "readiness_begun", "readiness_round", row.id, period=period)
    return row.id or 0


def answer(db: Session, actor: Actor, plan_id: int, round_id: int, given: Mapping[str, Answer]) -> int:
    """Store answers to statements, by their codes; those that say nothing new stay as they are. Returns how many changed.

    Raises `BadInput`, and `Conflict` when somebody else has answered one of them since: then nothing is stored.
    """
    require(actor, Right.DECIDE_STRATEGY)
    seen = _open_round(assessment(db, actor, plan_id), round_id)
    stored = {row.statement: row for row in seen.rows}
    known, changed = checklist("zh").codes, 0
    for code, one in given.items():
        _check(code, one, known)
        row, before = stored.get(code), seen.stored(code)
        if (one.step, one.note.strip()) == (before.step, before.note):
            continue
        if before.version != one.version:
            raise Conflict(Message("有一条刚被别人回答过，您这次的回答没有保存。请看过最新的回答再填。"))
        if row is None:
            row = ReadinessAnswer(round_id=round_id, statement=code)
            db.add(row)
        row.step, row.note, row.answered_by, row.answered_at = one.step, one.note.strip(), actor.name[:80], now()
        changed += 1
    if changed:
        db.flush()
        record(db, actor, "readiness_answered", "readiness_round", round_id, number=changed)
    return changed


def take(db: Session, actor: Actor, plan_id: int, round_id: int, dimension: str, theme_id: int | None, language: Language) -> int:
    """Take a dimension into a theme that stands, or (None) into a new one named in `language`; its answers are kept as the reason.

    Returns the theme's id. Raises `BadInput` where nothing is answered or it is there already, `NotFound`.
    """
    require(actor, Right.DECIDE_STRATEGY)
    seen = assessment(db, actor, plan_id)
    one = next((one for one in seen.rounds if one.id == round_id), None)
    chosen = checklist(language).dimension(dimension)
    if one is None or chosen is None:
        raise NotFound(_NO_ROUND)
    (score,) = scores([chosen], one.answers)
    if score.mean is None:
        raise BadInput(Message("这个维度还没有回答，没有理由可以写进主题。"))
    if any(theme_id in (None, taken.theme.id) for taken in seen.taken_of(dimension)):
        raise BadInput(Message("这个维度已经并入了主题，可以先撤销再改。"))
    made = None
    if theme_id is None:
        theme = themes.create(db, actor, plan_id, Draft(chosen.theme, chosen.perspective, chosen.layer))
        theme_id, made = theme.id or 0, theme.version
    elif theme_id not in {row.id for row in seen.themes}:
        raise NotFound(THEME_GONE)
    codes = {statement.code for statement in chosen.statements}
    row = ReadinessTaken(
        plan_id=plan_id,
        round_id=round_id,
        dimension=dimension,
        theme_id=theme_id,
        made_theme=made,
        mean=score.mean,
        answers={code: step for code, step in one.answers.items() if code in codes},
        taken_by=actor.name[:80],
    )
    db.add(row)
    db.flush()
    record(db, actor, "readiness_taken", "theme", theme_id, dimension=dimension)
    return theme_id


def untake(db: Session, actor: Actor, plan_id: int, taken_id: int, version: int) -> bool:
    """Take it back. A theme that was made for it goes too, unless people have worked on it since; returns whether it went.

    Raises `Conflict`, `NotFound`.
    """
    require(actor, Right.DECIDE_STRATEGY)
    seen = themes.overview(db, actor, plan_id)
    row = repository.one_taken(db, taken_id)
    if row is None or row.plan_id != plan_id or row.undone_at is not None:
        raise NotFound(Message("这一条已被别人撤销。"))
    if row.version != version:
        raise Conflict(Message("这一条刚被别人修改过，没有撤销。"))
    row.undone_at = now()
    view = seen.find(row.theme_id)
    untouched = view is not None and row.made_theme == view.theme.version and not view.members
    linked = any(row.theme_id in (link.cause_id, link.effect_id) for link in seen.links)
    gone = row.made_theme is not None and untouched and not linked
    if gone:
        themes.remove(db, actor, row.theme_id)
    record(db, actor, "readiness_untaken", "theme", row.theme_id, dimension=row.dimension)
    return gone


_NO_ROUND = Message("没有找到这一轮自评。")


def _open_round(seen: Assessment, round_id: int) -> Round:
    one = next((one for one in seen.rounds if one.id == round_id), None)
    if one is None:
        raise NotFound(_NO_ROUND)
    if not one.open:
        raise BadInput(Message("已经有更新的一轮，这一轮不再改动，留作比较。"))
    return one


def _check(code: str, one: Answer, known: Sequence[str]) -> None:
    if code not in known:
        raise BadInput(Message("没有这条自评题目：{code}", code=code))
    if one.step is not None and not LOWEST <= one.step <= HIGHEST:
        raise BadInput(Message("回答应在 {low} 到 {high} 之间。", low=str(LOWEST), high=str(HIGHEST)))
    if len(one.note.strip()) > LONGEST_NOTE:
        raise BadInput(Message("依据最多 {n} 个字。", n=LONGEST_NOTE))
