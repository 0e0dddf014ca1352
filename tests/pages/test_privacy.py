"""Personal data and permissions: found, deleted by typing the number, kept for a time; the matrix in both languages."""

from __future__ import annotations

from core.access.actor import Actor
from core.instance import Instance
from core.people.importing.kinds import ImportKind
from core.privacy import retention, service
from core.privacy.terms import Kept
from tests.core.people.tables import PEOPLE, SCORES, TODAY, take
from tests.pages.conftest import Visit
from tests.pages.words import labels, press, words

PAGE = "settings/privacy.py"


def numbers(house: Instance, leader: Actor) -> set[str]:
    with house.database.reading() as db:
        return {one.employee_no for one in service.find(db, leader, "000")}


def test_a_person_is_looked_up_and_deleted_by_typing_their_number(house: Instance, leader: Actor, visit: Visit) -> None:
    take(house, leader, ImportKind.ROSTER, PEOPLE)
    take(house, leader, ImportKind.ASSESSMENTS, SCORES)
    at = visit(leader, PAGE)
    assert "永久删除" not in labels(at, "button")
    at.text_input(key="privacy_text").set_value("不在的人").run()
    assert "名单里没有这个人" in words(at)
    at.text_input(key="privacy_text").set_value("0002").run()
    assert "关于这个人共有" in words(at)
    typed, reason = (next(one for one in at.text_input if one.label == label) for label in ("输入工号以确认", "删除的原因"))
    typed.set_value("0003")
    reason.set_value("本人书面申请")
    press(at, "永久删除")
    assert "不一致" in at.error[0].value and "0002" in numbers(house, leader)
    typed = next(one for one in at.text_input if one.label == "输入工号以确认")
    typed.set_value("0002")
    press(at, "永久删除")
    assert not at.exception and numbers(house, leader) == {"0001", "0003"}


def test_a_period_is_saved_from_the_page(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.selectbox(key="retention_kept").select(Kept.AUDIT).run()
    at.toggle(key="retention_limited_audit_0").set_value(True).run()
    at.number_input(key="retention_months_audit_0").set_value(12).run()
    at.button(key="retention_save").click().run()
    with house.database.reading() as db:
        assert {one.kept: one.months for one in retention.periods(db, leader, TODAY)}[Kept.AUDIT] == 12
    assert not at.exception and "12 个月" in at.dataframe[0].value["保留期限"].to_list()


def test_the_reader_finds_their_own_role_in_the_matrix(executive: Actor, leader: Actor, visit: Visit) -> None:
    at = visit(executive, "settings/permissions.py")
    shown = at.dataframe[0].value
    assert "★ 高管" in shown.columns and "谁有这些角色" not in words(at)
    assert shown.set_index("权限").loc["查看能力短板和人才档案"].to_list() == ["可以", "仅限所管机构", "仅汇总，少于 5 人不显示", "—"]
    assert "谁有这些角色" in words(visit(leader, "settings/permissions.py"))
