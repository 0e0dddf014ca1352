"""A small branch with gaps, courses that work on them, and a manager of one of its units."""

from __future__ import annotations

from datetime import date

from core import clock
from core.access.actor import Actor
from core.instance import Instance
from core.people import repository
from core.people.courses import service as courses
from core.people.importing.kinds import ImportKind
from core.people.remedies import service as remedies
from core.people.scope import give_charge
from tests.core.people.tables import take
from tests.remembered import remembered

SPRING = "2026-03-01"
ROSTER = (
    ("工号", "姓名", "机构", "岗位"),
    ("01", "张敏", "望海支行", "客户经理"),
    ("02", "李强", "望海支行/营业部", "客户经理"),
    ("03", "王芳", "云岭支行", "客户经理"),
    ("04", "赵新", "望海支行", "客户经理"),
    *((f"1{number}", f"云岭{number}", "云岭支行", "客户经理") for number in range(9)),
    *((f"2{number}", f"青岚{number}", "青岚支行", "客户经理") for number in range(8)),
    *((f"3{number}", f"江口{number}", "江口支行", "客户经理") for number in range(8)),
)
MATRIX = (
    ("岗位", "能力", "要求等级", "权重"),
    ("客户经理", "团队协作", 4, 40),
    ("客户经理", "资产配置", 3, 60),
)
SCORES = (
    ("工号", "能力", "得分", "满分", "来源", "日期"),
    ("01", "团队协作", 70, 100, "考核系统", SPRING),
    ("01", "资产配置", 60, 100, "考核系统", SPRING),
    ("02", "团队协作", 60, 100, "考核系统", SPRING),
    ("02", "资产配置", 30, 100, "考核系统", SPRING),
    ("03", "团队协作", 40, 100, "考核系统", SPRING),
    *((f"{place}{number}", "团队协作", 50, 100, "考核系统", SPRING) for place in (1, 2, 3) for number in range(9 if place == 1 else 8)),
)
CATALOGUE = (
    ("课程名称", "形式", "对应能力", "等级", "先修课程"),
    ("团队沟通技巧", "课程", "团队协作", "L2-L4", ""),
    ("资产配置进阶", "课程", "资产配置", "L1-L3", "资产配置入门"),
    ("资产配置入门", "课程", "", "", ""),
)


@remembered
def furnish(house: Instance, leader: Actor, manager: Actor | None = None) -> None:
    """Take everything in; the manager is in charge of 望海支行."""
    for kind, rows in (
        (ImportKind.ROSTER, ROSTER),
        (ImportKind.MATRIX, MATRIX),
        (ImportKind.ASSESSMENTS, SCORES),
        (ImportKind.CATALOGUE, CATALOGUE),
    ):
        take(house, leader, kind, rows)
    house.releasing.keep_up()
    if manager is not None:
        with house.database.writing() as db:
            give_charge(db, leader, manager.account_id or 0, [unit_ids(house)["望海支行"]])


def unit_ids(house: Instance) -> dict[str, int]:
    """Units by name."""
    with house.database.reading() as db:
        return {row.name: row.id or 0 for row in repository.units(db)}


def person_ids(house: Instance, leader: Actor) -> dict[str, int]:
    """People by number."""
    with house.database.reading() as db:
        return {one.number: one.id for one in remedies.people(db, leader)}


def course_ids(house: Instance, leader: Actor) -> dict[str, int]:
    """Entries of the catalogue by name."""
    with house.database.reading() as db:
        return {one.facts.name: one.id for one in courses.courses(db, leader)}


def score(house: Instance, leader: Actor, number: str, points: int, on: date) -> None:
    """Assess somebody's team work."""
    rows = (SCORES[0], (number, "团队协作", points, 100, "考核系统", on.isoformat()))
    take(house, leader, ImportKind.ASSESSMENTS, rows, today=clock.today())
