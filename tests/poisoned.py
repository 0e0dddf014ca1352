"""The sample branch as a world where every free text carries a poison that names the field it was put into.

The fields are found in the tables themselves: what is added to them later is poisoned too. A text that stands in several places is poisoned
as in the first of them, so that what goes together by its words still does.
"""

from __future__ import annotations

import shutil
from datetime import date, time, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import AutoString, SQLModel

import core.tables  # noqa: F401  (so that every table is known)
from core.access.actor import Actor
from core.storage import JsonText, Session, UtcDateTime, now
from tests.sample import branch, built, once

# Nobody listens there: what is fetched goes nowhere, and a browser that was made to try is caught.
LISTENER = "http://127.0.0.1:9"
# Strings that nobody writes. Whatever is not named here is taken for free text.
_NEVER_WRITTEN = (
    # Secrets and fingerprints.
    *("*_hash", "*.link_key", "*.sha256", "*.digest", "*.fingerprint", "made_paper.stamp", "index_stamp.embedder"),
    # Codes of ours: what was done, by which rule, to which kind of row, in which language, in which part of the year.
    *("*_action.action", "*_change.action", "*_moderation.action", "audit_entry.action", "audit_entry.subject", "*_change.subject"),
    *("carry_item.subject", "resource_action.room", "*.rule", "*.language", "*.operator", "*.ending", "*.file_type", "*_column.field"),
    *("column_mapping.field", "training_session.stage", "training_session.method", "*.activity_key", "timetable.status", "job.*"),
    *("notice.page", "notice.cause", "enrolment.batch", "*.together", "workshop_taken.batch", "xapi_statement.statement"),
    *("readiness_answer.statement", "readiness_taken.dimension", "strategy_check.quarter", "readiness_round.period"),
    # Keys put together from other things, a name among them.
    *("measure.indicator_key", "quality_finding.key", "goal_indicator.code"),
    # Looked at when they are given (addresses of mail), or told by the connection.
    *("account.email", "account.login", "sign_in.address", "audit_entry.address"),
    # A document's own text, in which findings and passages count characters; tests/browser/test_hostile_text.py poisons one.
    *("document_text.text", "passage.context"),
)


def poison(place: str) -> str:
    """What a text of `place` ends with: a picture, a script, a link and dressing, in HTML and in Markdown."""
    told = f"window.poisoned='{place}'"
    return (
        f'<img src="{LISTENER}/leak?f={place}" onerror="{told}"><script>{told}</script>`'
        f"![x]({LISTENER}/md?f={place})[按](javascript:alert(1))**粗** :material/home: $x$ <b>"
    )


def poisoned(shared: Path, own: Path) -> tuple[Actor, int]:
    """Puts the poisoned branch's files into `own`, a copy of what the first test process that asks makes in `shared`.

    Returns the HR leader who loaded it and the plan of its decoded year.
    """
    kept = shared / "poisoned"

    def make() -> tuple[Actor, int]:
        with branch(built(shared), shared, kept) as made:
            plan = made.taken.decoded.id or 0
            with made.house.database.writing() as db:
                _fill(db, plan, made.leader.account_id or 0)
                _Poisoner(db).work()
            return made.leader, plan

    found = once(shared / "poisoned-made", make)
    shutil.copytree(kept, own)
    return found


def free_columns() -> list[sa.Column[Any]]:
    """The columns of all tables in which people's words stand, or JSON that may hold some."""
    return [column for table in SQLModel.metadata.sorted_tables for column in table.columns if _is_free(column)]


def _is_free(column: sa.Column[Any]) -> bool:
    if column.primary_key or column.foreign_keys or not (is_text(column) or isinstance(column.type, JsonText)):
        return False
    return not any(fnmatchcase(str(column), pattern) for pattern in _NEVER_WRITTEN)


def is_text(column: sa.Column[Any]) -> bool:
    """Whether a column holds a text, not one of a few values."""
    return isinstance(column.type, sa.String | AutoString) and not isinstance(column.type, sa.Enum)


class _Poisoner:
    """Poisons what stands in a database. A text gets the poison of the first place where it is found."""

    def __init__(self, db: Session) -> None:
        self._connection = db.connection()
        self._known: dict[str, str] = {}

    def work(self) -> None:
        """Poison every free text of every table."""
        for column in free_columns():
            self._column(column)
        self._keys()

    def _column(self, column: sa.Column[Any]) -> None:
        there = self._connection.execute(sa.select(column).distinct()).scalars().all()
        if is_text(column) and not any(there):
            self._connection.execute(sa.update(column.table).values({column: "=" + poison(str(column))}))
            return
        for value in there:
            after = self._text(value, str(column)) if isinstance(value, str) else self._within(value, str(column))
            if after != value:
                self._connection.execute(sa.update(column.table).where(column == value).values({column: after}))

    def _keys(self) -> None:
        """Of an indicator's key the last part is its name."""
        key = SQLModel.metadata.tables["measure"].columns["indicator_key"]
        for stored in self._connection.execute(sa.select(key).where(key.like("%:%:%")).distinct()).scalars().all():
            head, _, name = stored.rpartition(":")
            if name in self._known:
                self._connection.execute(sa.update(key.table).where(key == stored).values({key: f"{head}:{self._known[name]}"}))

    def _text(self, text: str, place: str) -> str:
        if not any(one.isalnum() for one in text):
            return text
        return self._known.setdefault(text, text + poison(place))

    def _within(self, value: Any, place: str) -> Any:
        """What stands inside JSON: there codes are told from words by their letters, and a message's own text is ours."""
        if isinstance(value, str):
            words = any("\u4e00" <= one <= "\u9fff" for one in value) or (value in self._known and not value.isdecimal())
            return self._text(value, place) if words else value
        if isinstance(value, dict):
            return {self._within(name, place): self._within(one, place) for name, one in value.items()}
        if isinstance(value, list):
            if len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict):
                return [value[0], self._within(value[1], place)]
            return [self._within(one, place) for one in value]
        return value


def _fill(db: Session, plan: int, account: int) -> None:
    """One row for each table that the sample leaves empty, tied to what is there already."""
    classes = {mapper.local_table: mapper.class_ for mapper in SQLModel._sa_registry.mappers}  # type: ignore[attr-defined]
    for table in SQLModel.metadata.sorted_tables:
        if db.connection().execute(sa.select(sa.func.count()).select_from(table)).scalar():
            _say(db, table)
            continue
        given = {"plan_id": plan, "account_id": account, **_SHAPES.get(table.name, {})}
        values = {one.name: _filled(db, one, plan, given) for one in table.columns if _is_wanted(one, given)}
        db.add(classes[table](**values))
        db.flush()


def _say(db: Session, table: sa.Table) -> None:
    """What the sample leaves empty in all rows of a table."""
    for name, value in _SHAPES.get(table.name, {}).items():
        column = table.columns[name]
        there = db.connection().execute(sa.select(column).distinct()).scalars().all()
        if not any(there):
            db.connection().execute(sa.update(table).values({column: value}))


def _is_wanted(column: sa.Column[Any], given: dict[str, Any]) -> bool:
    if column.name in given or column.foreign_keys:
        return column.name != "thread_id"
    # An end that nobody set stays open, and what has a meaning of its own when nothing is said keeps it.
    return column.name not in ("id", "version") and not column.nullable and column.default is None


def _filled(db: Session, column: sa.Column[Any], plan: int, given: dict[str, Any]) -> Any:
    if column.name in given:
        return given[column.name]
    for key in column.foreign_keys:
        there = key.column.table
        chosen = sa.select(key.column).limit(1)
        if "plan_id" in there.columns:
            chosen = chosen.order_by(there.columns["plan_id"] != plan)
        return db.connection().execute(chosen).scalar()
    if isinstance(column.type, sa.Enum):
        return column.type.enum_class(column.type.enums[0]) if column.type.enum_class else column.type.enums[0]
    if is_text(column):
        return f"={column.table.name}的{column.name}"
    if isinstance(column.type, JsonText):
        return []
    return now() + timedelta(days=400) if isinstance(column.type, UtcDateTime) else _PLAIN[column.type.python_type]


_PLAIN: dict[type, Any] = {int: 1, float: 1.0, bool: True, date: date(2026, 5, 6), time: time(9), bytes: b""}
# A message as it is stored, with somebody's word in it.
_SAID = ["“{name}”有变化。", {"name": "某个名字"}]
_RULE_SAID = [{"rule": "by_hand", "message": ["{who}动过这一课。", {"who": "某个名字"}]}]
_FIGURE = {"part": "process", "name": "指标名", "operator": ">=", "value": 1.0, "unit": "笔"}
_QUOTED = {
    "number": 1,
    "document_id": 1,
    "document": "文件",
    "title": "文件名",
    "page": 1,
    "page_label": "第1页",
    "heading": ["第一章"],
    "start": 0,
}
_COMPETENCY = {"dimension": "professional", "talent_class": None, "definition": "定义", "aliases": ["别名"], "levels": ["级别"]}
# What a row says where anything at all would not do, by table and column; what the sample leaves empty says it too.
_SHAPES: dict[str, dict[str, Any]] = {
    "approval_chain": {"layers": [{"name": "分管领导", "accounts": [1]}]},
    "carry_item": {"before": _SAID, "after": _SAID},
    "certificate_edition": {"facts": {"name": "证书旧名", "issuer": "发证机构", "grants": {}}},
    "checklist_template": {"lines": [{"stage": "before", "text": "模板里的一项", "owner": "某个部门", "anchor": "first", "days": 1}]},
    "comment": {"subject_id": 1, "resolved_at": None},
    "competency_edition": {"facts": {**_COMPETENCY, "name": "能力旧名", "assessed_by": ["考试"], "indicators": []}},
    "conclusion": {"reasons": [_SAID], "evidence": [["effects", _SAID, "2026-05-06"]]},
    "decoded_document": {"notes": [_SAID]},
    "document": {"error": _SAID},
    "enrolment": {"reason": {"parts": []}},
    "evidence": {"heading": ["第一章"]},
    "import_run": {"mapping": {"姓名": "name"}, "errors": [[3, "列名", "填的值", _SAID]], "notes": [_SAID], "failure": _SAID},
    "notice": {"parameters": {}, "facts": {"name": "某个名字"}},
    "notice_sending": {"outcome": _SAID},
    "placement": {"reasons": _RULE_SAID, "relaxations": _RULE_SAID, "breaks": _RULE_SAID},
    "plan_submission": {
        "layers": [{"name": "分管领导", "accounts": [1]}],
        "contents": {
            "items": [{"key": "project:0", "name": "原项目", "pain_point": "原痛点", "behaviour": "原行为", "figures": [_FIGURE]}],
            "lines": [],
            "planned": 1.0,
            "draft": False,
        },
    },
    "published_version": {"changes": [{"kind": "moved", "session": 1, "message": _SAID}]},
    "quality_finding": {"said": _SAID},
    "result_import": {"errors": [[3, "列名", "填的值", _SAID]], "notes": [_SAID]},
    "review_meeting": {"agenda": [["warning", _SAID, "议题", "议题的记录"]]},
    "share_target": {"words": ["数字化"]},
    "strategy_check": {"reopened": [{"who": "某个名字", "at": "2026-05-06T09:00:00+00:00", "reason": "重开的理由"}]},
    "timetable": {"why": _SAID},
    "training_session": {"trainer_names": ["外请讲师"]},
    "turn": {
        "answer": {
            "found": True,
            "engine": "model",
            "claims": [{"text": "模型说的话", "citations": [1]}],
            "citations": [{**_QUOTED, "end": 4, "quote": "引文"}],
            "notes": [_SAID],
            "made_by": "模型名",
        }
    },
    "workshop_taken": {"target": "need"},
}
