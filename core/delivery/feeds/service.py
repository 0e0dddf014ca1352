"""The published timetable as a calendar: to take away, or behind an address that stays until it is revoked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from core.access import tokens
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.calendar.service import of_year
from core.delivery.feeds import repository
from core.delivery.feeds.events import Held, Hours, write
from core.delivery.feeds.tables import CalendarFeed, SessionHours
from core.delivery.feeds.terms import About
from core.delivery.halves import Half
from core.delivery.timetable import repository as timetable_rows
from core.delivery.timetable.changes import Line, from_json
from core.delivery.timetable.grid import Grid
from core.delivery.timetable.tables import PublishedVersion
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.people.scope import scope
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.plans.tables import AnnualPlan
from core.storage import Session, now

_HALVES = tuple(Half)
_CANCELLED, _ELSEWHERE = Message("已取消：{title}"), Message("不再安排：{title}")
_GONE = Message("没有找到这个日历，它可能已被取消。请刷新后再选。")
_UNPUBLISHED = Message("这一年还没有发布过排期。先发布一个版本，再导出日历。")


@dataclass(frozen=True)
class Subject:
    """Whose or what's calendar: `id` is the number of the programme, trainer, venue or employee, None for the whole plan."""

    about: About
    id: int | None = None


@dataclass(frozen=True)
class Choice:
    """A calendar that can be had, and its name."""

    subject: Subject
    name: str


@dataclass(frozen=True)
class CalendarFile:
    """A calendar file: its name, what is in it, and how many sessions that is. `edition` is the published version."""

    name: str
    content: bytes
    sessions: int
    edition: int

    @property
    def digest(self) -> str:
        """What tells whether anything in it is new."""
        return hashlib.sha256(self.content).hexdigest()[:32]


@dataclass(frozen=True)
class FeedView:
    """A feed as the planner sees it. The address itself is shown once, when it is made."""

    row: CalendarFeed
    name: str
    expired: bool

    @property
    def id(self) -> int:
        """The feed's number."""
        return self.row.id or 0


def choices(db: Session, actor: Actor, plan_id: int, about: About) -> list[Choice]:
    """The calendars of one sort that the published timetable gives; of people those whom the reader may read by name.

    Needs `SEE_DELIVERY`.
    """
    require(actor, Right.SEE_DELIVERY)
    plan = plans.find(db, actor, plan_id)
    if about is About.PLAN:
        return [Choice(Subject(about), _plan_name(plan))]
    if about is About.PERSON:
        seen = scope(db, actor)
        people = [one for one in repository.in_cohorts(db, plan_id) if seen.may_name(one.unit_id)]
        return [Choice(Subject(about, one.id), f"{one.name} {one.employee_no}") for one in people]
    found: dict[int, str] = {}
    programme_of, names = repository.programme_of(db, plan_id), repository.programmes(db, plan_id)
    for line in _lines(db, plan_id, 1):
        for number, name in _subject_of(line, about, programme_of.get(line.session_id), names):
            found[number] = name
    return [Choice(Subject(about, number), name) for number, name in sorted(found.items(), key=lambda one: one[1])]


def calendar(db: Session, actor: Actor, plan_id: int, subject: Subject, language: Language) -> CalendarFile:
    """A calendar to take away. Needs `SEE_DELIVERY`, and for a person's that the actor may read them by name.

    Raises `NotFound` where nothing was published, or the subject is not there or not the actor's to see.
    """
    require(actor, Right.SEE_DELIVERY)
    plan = plans.find(db, actor, plan_id)
    _may(db, actor, subject)
    found = _file(db, plan, subject, language)
    if found is None:
        raise NotFound(_UNPUBLISHED)
    return found


def note_taken(db: Session, actor: Actor, plan_id: int, subject: Subject) -> None:
    """Somebody took a calendar away: kept in the audit log. Needs what `calendar` needs."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    _may(db, actor, subject)
    record(db, actor, "calendar_taken", "plan", plan_id, about=subject.about.value, number=subject.id)


def feeds(db: Session, actor: Actor, plan_id: int) -> list[FeedView]:
    """The feeds of a plan that stand, the newest first. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    plan = plans.find(db, actor, plan_id)
    today = now().date()
    return [FeedView(row, _name(db, plan, _subject(row)), _expired(row, today)) for row in repository.feeds(db, plan_id)]


def open_feed(db: Session, actor: Actor, plan_id: int, subject: Subject, language: Language, expires_on: date | None = None) -> str:
    """Make an address at which a calendar program reads this calendar. Returns its token, never to be had again.

    Needs `PLAN_DELIVERY`. Raises `BadInput` for a day that is past, `NotFound` as `calendar`.
    """
    require(actor, Right.PLAN_DELIVERY)
    if expires_on is not None and expires_on < now().date():
        raise BadInput(Message("失效日期不能早于今天。"))
    calendar(db, actor, plan_id, subject, language)
    token = tokens.fresh()
    person = subject.about is About.PERSON
    row = CalendarFeed(
        plan_id=plan_id,
        about=subject.about,
        subject_id=None if person else subject.id,
        employee_id=subject.id if person else None,
        language=language,
        token_hash=tokens.digest(token),
        expires_on=expires_on,
        created_by=actor.name[:80],
    )
    db.add(row)
    db.flush()
    record(db, actor, "calendar_feed_opened", "calendar_feed", row.id, about=subject.about.value, number=subject.id)
    return token


def revoke(db: Session, actor: Actor, plan_id: int, feed_id: int) -> None:
    """Close an address at once and for good. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    row = repository.feed(db, feed_id)
    if row is None or row.plan_id != plan_id or row.revoked_at is not None:
        raise NotFound(_GONE)
    row.revoked_at, row.revoked_by = now(), actor.name[:80]
    record(db, actor, "calendar_feed_revoked", "calendar_feed", feed_id)


def read_feed(db: Session, token: str) -> tuple[int, CalendarFile] | None:
    """What the address with this token holds now, and the feed's number; None for one that is unknown, expired or revoked, for a plan that
    was put away, and for somebody who has left. No account is needed: who has the address may read it, and it leads nowhere else."""
    row = repository.by_hash(db, tokens.digest(token))
    if row is None or row.revoked_at is not None or _expired(row, now().date()):
        return None
    plan = plan_rows.plan(db, row.plan_id)
    if plan is None or plan.archived_at is not None:
        return None
    if row.about is About.PERSON:
        person = repository.person(db, row.employee_id or 0)
        if person is None or person.left_at is not None:
            return None
    found = _file(db, plan, _subject(row), "en" if row.language == "en" else "zh")
    return (row.id or 0, found) if found is not None else None


def note_read(db: Session, feed_id: int) -> None:
    """A calendar program has read a feed."""
    repository.note_read(db, feed_id, now())


def hours(db: Session, actor: Actor, plan_id: int) -> tuple[Hours, int]:
    """When a plan's half days begin and end, and the version, 0 where nobody has changed them. Needs `SEE_DELIVERY`."""
    require(actor, Right.SEE_DELIVERY)
    plans.find(db, actor, plan_id)
    row = repository.hours(db, plan_id)
    return repository.hours_of(db, plan_id), (row.version or 0) if row else 0


def save_hours(db: Session, actor: Actor, plan_id: int, version: int, wanted: Hours) -> None:
    """Keep when a plan's half days begin and end. Needs `PLAN_DELIVERY`. Raises `BadInput`, `Conflict`."""
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    row = repository.hours(db, plan_id)
    if ((row.version or 0) if row else 0) != version:
        raise Conflict(Message("上课时间刚被别人改过，您的改动没有保存。请刷新后再改。"))
    times = (*wanted.morning, *wanted.afternoon)
    if list(times) != sorted(set(times)):
        raise BadInput(Message("上课时间应依次往后：上午开始、上午结束、下午开始、下午结束。"))
    row = row or SessionHours(plan_id=plan_id, morning_from=time(), morning_to=time(), afternoon_from=time(), afternoon_to=time())
    row.morning_from, row.morning_to, row.afternoon_from, row.afternoon_to = times
    row.changed_by, row.changed_at = actor.name[:80], now()
    db.add(row)
    record(db, actor, "session_hours_changed", "plan", plan_id)


def _may(db: Session, actor: Actor, subject: Subject) -> None:
    if subject.about is not About.PERSON:
        return
    person = repository.person(db, subject.id or 0)
    if person is None or not scope(db, actor).may_name(person.unit_id):
        raise NotFound(_GONE)


def _file(db: Session, plan: AnnualPlan, subject: Subject, language: Language) -> CalendarFile | None:
    plan_id = plan.id or 0
    versions = timetable_rows.versions(db, plan_id)
    if not versions:
        return None
    lines, edition, at = [from_json(one) for one in versions[0].lines], versions[0].number, versions[0].published_at
    wanted = _chooser(db, plan_id, subject)
    grid = Grid(of_year(db, plan.year).days)
    root = f"{plan_id}-{plan.created_at:%Y%m%d%H%M%S%f}"
    stand = {one.session_id for one in lines if one.day is not None}
    own = [one for one in lines if one.day is not None and wanted(one)]
    held = [_held(one, root, grid, language) for one in own]
    # What another trainer gives now, or another room holds, leaves the calendar that had it; so do days that a session needs no more. Who
    # took the file of any earlier edition has these events, and only this one tells that they are off.
    length = {one.key: one.events for one in held}
    cancelled = []
    for line in _earlier(versions[1:], wanted):
        one = _held(line, root, grid, language, _ELSEWHERE if line.session_id in stand else _CANCELLED)
        if one.events > length.get(one.key, 0):
            cancelled.append(replace(one, since=length.get(one.key, 0)))
            length[one.key] = one.events
    name = _name(db, plan, subject)
    content = write(
        [*held, *cancelled],
        key=f"{root}-{subject.about.value}-{subject.id or 0}@cexun",
        name=name,
        hours=repository.hours_of(db, plan_id),
        edition=edition,
        made_at=at,
    )
    return CalendarFile(f"{name}.ics", content, len(held), edition)


def _lines(db: Session, plan_id: int, most: int | None = None) -> Iterator[Line]:
    """What was published, the newest edition first; of `most` editions, or of all."""
    return (from_json(one) for version in timetable_rows.versions(db, plan_id)[:most] for one in version.lines)


def _earlier(versions: Sequence[PublishedVersion], wanted: Callable[[Line], bool]) -> Iterator[Line]:
    """The sessions of a calendar as they stood in earlier editions, the newest first: of editions that say the same of one, the first."""
    seen: set[str] = set()
    for version in versions:
        for packed in version.lines:
            key = json.dumps(packed, sort_keys=True)
            if key not in seen:
                seen.add(key)
                line = from_json(packed)
                if line.day is not None and wanted(line):
                    yield line


def _chooser(db: Session, plan_id: int, subject: Subject) -> Callable[[Line], bool]:
    """Whether a session belongs in the calendar."""
    if subject.about is About.PLAN:
        return lambda line: True
    if subject.about is About.TRAINER:
        return lambda line: line.trainer_id == subject.id
    if subject.about is About.VENUE:
        return lambda line: line.venue_id == subject.id
    if subject.about is About.PERSON:
        own = repository.sessions_of_person(db, plan_id, subject.id or 0)
        return lambda line: line.session_id in own
    programme_of = repository.programme_of(db, plan_id)
    return lambda line: programme_of.get(line.session_id) == subject.id


def _held(line: Line, root: str, grid: Grid, language: Language, ended: Message | None = None) -> Held:
    """A session as an event; `ended`: how to say that it is none of this calendar any more."""
    assert line.day is not None
    at = grid.place(line.day)
    if at is None:
        # The day is no workday any more; it is still what was published.
        halves: Sequence[tuple[date, Half]] = [(line.day, half) for half in _HALVES[line.slot : line.slot + line.slots]]
    else:
        halves = [(grid.days[day], _HALVES[slot]) for day, slot in grid.slots(at, line.slot, line.slots) if day < len(grid.days)]
    title = line.title.render(language)
    if ended is not None:
        title = Message(ended.text, title=title).render(language)
    about = Message("讲师：{name}", name=line.trainer).render(language) if line.trainer else ""
    return Held(f"{root}-{line.session_id}", title, tuple(halves), line.venue, about, ended is not None)


def _subject_of(line: Line, about: About, programme: int | None, names: dict[int, str]) -> list[tuple[int, str]]:
    if line.day is None:
        return []
    if about is About.TRAINER:
        return [(line.trainer_id, line.trainer)] if line.trainer_id else []
    if about is About.VENUE:
        return [(line.venue_id, line.venue)] if line.venue_id else []
    return [(programme, names.get(programme, line.programme))] if programme else []


def _subject(row: CalendarFeed) -> Subject:
    return Subject(row.about, row.employee_id if row.about is About.PERSON else row.subject_id)


def _name(db: Session, plan: AnnualPlan, subject: Subject) -> str:
    """What a calendar is called, in words of the plan's own: the language of the reader changes none of them."""
    if subject.about is About.PLAN:
        return _plan_name(plan)
    if subject.about is About.PERSON:
        person = repository.person(db, subject.id or 0)
        return f"{person.name} {plan.year}" if person else str(plan.year)
    if subject.about is About.PROGRAMME:
        return f"{repository.programmes(db, plan.id or 0).get(subject.id or 0, '')} {plan.year}".strip()
    found = next(
        (name for one in _lines(db, plan.id or 0) for number, name in _subject_of(one, subject.about, None, {}) if number == subject.id), ""
    )
    return f"{found} {plan.year}".strip()


def _plan_name(plan: AnnualPlan) -> str:
    return f"{plan.unit} {plan.year}"


def _expired(row: CalendarFeed, today: date) -> bool:
    return row.expires_on is not None and row.expires_on < today
