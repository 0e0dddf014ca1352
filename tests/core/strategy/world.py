"""A plan with accepted findings, for tests of what is built on them."""

from __future__ import annotations

from dataclasses import dataclass

from core.access.actor import Actor
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.instance import Instance
from core.plans import service as plans
from core.strategy.findings import FindingKind, Perspective
from core.strategy.tables import FindingRow, FindingState
from tests.library import shelve
from tests.remembered import remembered

HQ = """# 总行战略

## 零售转型

以零售转型为主体，做深财富客户经营。到2028年末，零售AUM年均增长15%以上。建立财富客户分层经营机制。

## 队伍建设

建设专业过硬的客户经理队伍。客户经理持证上岗率不低于95%。

## 后勤

食堂改造于年底前完成。
"""
BRANCH = """# 滨海分行报告

## 跨境业务

专职跨境产品经理9人，其中取得总行跨境业务资质的5人。跨境电商收款客户318户，汇率避险客户覆盖率15%。

## 零售业务

年末零售AUM 412亿元，比上年增长19.4%。财富客户年流失率10.4%。
"""
INTERVIEW = """# 行长访谈

零售业务要先把望海、云岭两县的财富客户分层做起来。
"""

RETAIL, GROWTH, TIERS, PEOPLE, CERTIFIED, CANTEEN = range(6)

_FOUND = (
    (FindingKind.THEME, "以零售转型为主体，做深财富客户经营", "零售转型", Perspective.CUSTOMER, ""),
    (FindingKind.TARGET, "零售AUM年均增长15%以上", "零售转型", Perspective.FINANCIAL, "零售AUM"),
    (FindingKind.TASK, "建立财富客户分层经营机制", "零售转型", Perspective.CUSTOMER, ""),
    (FindingKind.THEME, "建设专业过硬的客户经理队伍", "队伍建设", Perspective.LEARNING, ""),
    (FindingKind.TARGET, "客户经理持证上岗率不低于95%", "队伍建设", Perspective.LEARNING, "客户经理持证上岗率"),
    (FindingKind.TASK, "食堂改造于年底前完成", "后勤", None, ""),
)


@dataclass(frozen=True)
class World:
    """The plan, the documents, and the accepted findings in the order of the names above."""

    plan: int
    hq: int
    branch: int
    findings: tuple[int, ...]


def accept(house: Instance, actor: Actor, plan: int, document: int, text: str, quote: str, section: str, *more: object) -> int:
    """An accepted finding whose words stand in `text`."""
    kind, perspective, metric = more
    start = text.index(quote)
    with house.database.writing() as db:
        row = FindingRow(
            plan_id=plan,
            document_id=document,
            kind=kind,
            text=quote,
            quote=quote,
            page=1,
            start=start,
            end=start + len(quote),
            heading=["总行战略", section],
            perspective=perspective,
            metric=metric,
            state=FindingState.ACCEPTED,
        )
        db.add(row)
        db.flush()
        return row.id or 0


@remembered
def build(house: Instance, leader: Actor) -> World:
    """The world as it is before anybody made a theme."""
    hq = shelve(house, leader, "总行战略.md", HQ)
    branch = shelve(house, leader, "分行报告.md", BRANCH, DocumentKind.BRANCH)
    with house.database.writing() as db:
        plan = plans.create(db, leader, "滨海分行", 2027).id or 0
    text = _read(house, leader, hq)
    ids = tuple(accept(house, leader, plan, hq, text, quote, section, kind, view, metric) for kind, quote, section, view, metric in _FOUND)
    return World(plan, hq, branch, ids)


def _read(house: Instance, actor: Actor, document: int) -> str:
    """The text of a document as it was read, in which the places of findings are counted."""
    with house.database.reading() as db:
        parsed = library.open_document(db, actor, document).parsed
    assert parsed is not None
    return parsed.text
