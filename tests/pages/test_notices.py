"""Notices as pages: read, counted, opened where they lead; worded, sent and looked up by those who run the product."""

from __future__ import annotations

from datetime import date

import pytest

from core.access import service as access
from core.access.actor import Actor
from core.approvals import chain, service
from core.delivery.attendance import repository as attendance
from core.delivery.content.tables import TransferAction
from core.instance import Instance
from core.notices import inbox
from core.notices.outbox import tell
from core.notices.terms import Kind
from core.people.scope import give_charge
from core.review.surveys import service as surveys
from tests.core.delivery.timetable_world import furnish
from tests.core.goals.needs.world import asking, begin, in_charge, look
from tests.core.notices.world import about, mail_settings, with_mail
from tests.core.review.world import review
from tests.mail_server import MailServer
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE, RULES, OWN = "home/notices.py", "settings/notice_rules.py", "settings/security.py"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_notice_is_counted_read_and_leads_to_what_it_is_about(
    language: str, leader: Actor, manager: Actor, house: Instance, plan: int, visit: Visit
) -> None:
    chinese = language == "zh"
    assert ("还没有通知" if chinese else "No notices yet") in words(visit(manager, PAGE, language))
    with house.database.writing() as db:
        for cause in ("1", "2"):
            tell(db, about(cause, by="**王敏**"), [manager.account_id or 0])
    at = visit(manager, PAGE, language)
    assert ("通知（2）" if chinese else "Notices (2)") in labels(at, "page_link")
    assert any("\\*\\*王敏" in one.value for one in at.markdown)
    at = press(at, "标为已读" if chinese else "Mark as read")
    assert ("通知（1）" if chinese else "Notices (1)") in labels(at, "page_link")
    at = press(at, "全部标为已读" if chinese else "Mark all as read")
    assert ("通知" if chinese else "Notices") in labels(at, "page_link")
    with house.database.reading() as db:
        assert inbox.unread(db, manager) == 0


def test_an_address_opens_ones_own_notice_and_nobody_elses(leader: Actor, executive: Actor, house: Instance, visit: Visit) -> None:
    plan = furnish(house, leader).plan
    with house.database.writing() as db:
        chain.save(db, leader, plan, 0, [("行长", [executive.account_id or 0])])
        service.submit(db, leader, plan, 0)
    with house.database.reading() as db:
        (one,) = inbox.inbox(db, executive, "zh").notices
    assert "没有找到这条通知" in words(visit(leader, PAGE, id=one.id))
    at = visit(executive, PAGE, id=one.id)
    assert at.title[0].value == "审批" and "轮到您审批" in words(at)
    with house.database.reading() as db:
        assert inbox.unread(db, executive) == 0


def test_the_button_that_reminds_says_whom_it_reached(
    leader: Actor, executive: Actor, manager: Actor, house: Instance, visit: Visit
) -> None:
    plan = furnish(house, leader).plan
    works_on(house, leader, plan)
    with house.database.writing() as db:
        chain.save(db, leader, plan, 0, [("行长", [executive.account_id or 0])])
        service.submit(db, leader, plan, 0)
    at = press(visit(leader, "home/approval.py"), "提醒审批人")
    assert [one.value for one in at.toast] == ["已提醒 Executive，登在对方的“通知”里。"]


def test_units_without_a_manager_are_said_to_be_left(leader: Actor, manager: Actor, house: Instance, visit: Visit) -> None:
    world = asking(house, leader)
    in_charge(house, leader, manager, world.head)
    begin(house, leader, world)
    works_on(house, leader, world.plan)
    with_mail(house, manager.account_id, "manager@bank.example")
    house.settings = mail_settings(house.settings, 25, notices_outside=True)
    at = visit(leader, "goals/needs.py", part="round")
    at.button(key="nudge").click().run()
    assert len(look(house, leader, world.plan).units) == 2
    (said,) = [one.value for one in at.toast]
    assert (
        said
        == "已提醒 Manager，登在对方的“通知”里。 其中 1 人还会收到邮件。 1 个机构没有负责人账号，只记下了时间：请复制下面催报的话发给他们。"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_are_changed_looked_at_and_put_back(language: str, leader: Actor, house: Instance, plan: int, visit: Visit) -> None:
    chinese = language == "zh"
    at = visit(leader, RULES, language)
    at.selectbox(key="notice_kind").select(Kind.MENTIONED).run()
    at.text_input(key="notice_subject_mentioned_zh_0").set_value("{by}找您")
    at = press(at, "预览" if chinese else "Preview")
    assert ("〔谁写的〕找您" in words(at)) and not at.exception
    at.text_input(key="notice_subject_mentioned_zh_0").set_value("{salary}")
    at = press(at, "保存" if chinese else "Save")
    assert "{salary}" in words(at)
    at.text_input(key="notice_subject_mentioned_zh_0").set_value("{by}找您")
    at = press(at, "保存" if chinese else "Save")
    assert at.text_input(key="notice_subject_mentioned_zh_1").value == "{by}找您"
    at = press(at, "恢复原来的措辞" if chinese else "Back to the original wording")
    assert at.text_input(key="notice_subject_mentioned_zh_0").value == "{by}在评论里提到您"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_log_is_looked_through(language: str, leader: Actor, manager: Actor, house: Instance, plan: int, visit: Visit) -> None:
    with house.database.writing() as db:
        tell(db, about(), [manager.account_id or 0])
    house.courier.run()
    at = visit(leader, RULES, language)
    next(one for one in at.get("button_group") if one.key == "notices_part").set_value("log").run()
    frame = at.dataframe[0].value
    assert list(frame.iloc[0])[1:6] == (
        ["评论提到您", "系统内", "Manager", "已送出", 1]
        if language == "zh"
        else ["Mentioned in a comment", "In the system", "Manager", "Sent", 1]
    )
    assert "渠道" not in str(next(one for one in at.get("button_group") if one.key == "notices_part").options)
    at.selectbox(key="log_kind").select(Kind.REPLIED).run()
    assert not at.dataframe


def test_whoever_runs_the_system_sets_up_mail_and_tries_it(administrator: Actor, house: Instance, visit: Visit) -> None:
    with_mail(house, administrator.account_id, "it@bank.example")
    with MailServer() as server:
        at = visit(administrator, RULES)
        next(one for one in at.get("button_group") if one.key == "notices_part").set_value("channels").run()
        by_label = {one.label: one for one in at.text_input}
        by_label["邮件服务器"].set_value("127.0.0.1")
        by_label["发件地址"].set_value("hr@bank.example")
        at.number_input[0].set_value(server.port)
        next(one for one in at.selectbox if one.label == "加密方式").select("none")
        at.button(key="smtp_save").click().run()
        at.button(key="try_email").click().run()
        assert "请先打开" in at.error[0].value and not server.connections
        at.toggle[0].set_value(True)
        next(one for one in at.button if one.label == "保存").click().run()
        at.button(key="try_email").click().run()
        assert "请到 it@bank.example 查看" in words(at) and server.receivers == ["it@bank.example"]


def test_people_give_their_own_address_and_choose_what_comes_by_e_mail(
    leader: Actor, manager: Actor, house: Instance, visit: Visit
) -> None:
    at = visit(manager, OWN)
    at.text_input(key="own_email").set_value(" Manager@Bank.example ")
    at.multiselect(key="own_mail_kinds").set_value([Kind.NEEDS_ASKED])
    next(one for one in at.button if one.label == "保存" and "own-mail" in (one.form_id or "")).click().run()
    with house.database.reading() as db:
        assert access.own(db, manager).email == "manager@bank.example"
        without = inbox.without_email(db, manager)
    assert Kind.MENTIONED in without and Kind.NEEDS_ASKED not in without
    house.settings = house.settings.model_copy(update={"oidc_metadata_url": "https://idp", "oidc_client_id": "x"})
    assert visit(manager, OWN).text_input(key="own_email").disabled


def test_managers_are_reminded_of_overdue_actions_and_open_surveys_with_a_button(
    leader: Actor, manager: Actor, house: Instance, visit: Visit
) -> None:
    made = review(house, leader)
    works_on(house, leader, made.plan)
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [made.world.branch.units["望海支行"]])
        surveys.open_link(db, leader, made.plan, made.project)
        who = next(
            number
            for number, (one, _unit) in attendance.people(db, made.plan).items()
            if one.unit_id == made.world.branch.units["望海支行"]
        )
        db.add(TransferAction(project_id=made.project, employee_id=who, what="回访", due_on=date(2020, 1, 1), evidence="记录"))
    for page in ("delivery/transfer.py", "review/results.py"):
        at = press(visit(leader, page), "提醒各机构负责人")
        assert [one.value for one in at.toast] == ["已提醒 Manager，登在对方的“通知”里。"], page
    with house.database.reading() as db:
        told = next(one for one in inbox.inbox(db, manager, "zh").notices if one.kind is Kind.SURVEY_WAITING)
    at = visit(manager, PAGE, id=told.id)
    assert at.title[0].value == "结果录入" and "谁还没答问卷" in words(at)
    with house.database.reading() as db:
        waiting = surveys.standing(db, manager, made.plan, made.project).waiting
    assert any(list(frame.value.iloc[:, 0]) == [one.employee_no for one in waiting] for frame in at.dataframe)
