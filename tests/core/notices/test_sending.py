"""Notices outside: nothing leaves while it is switched off; once for each receiver and way; tried again; every failure a sentence."""

from __future__ import annotations

import io
import logging
import ssl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from sqlmodel import col

from core import administration
from core.access import service as access
from core.access.actor import Actor
from core.errors import BadInput, NotAllowed
from core.exports.notices import notice_log
from core.instance import Instance
from core.notices import courier, groups, inbox, log, mail, reach
from core.notices.log import Sought
from core.notices.outbox import post, tell
from core.notices.tables import Sending
from core.notices.terms import Channel, Kind, SendState
from core.notices.undelivered import Undelivered
from core.plans import service as plans
from core.settings import Settings, load
from core.storage import now
from core.storage.repository import stored_settings
from tests.conftest import BOTH
from tests.core.notices.world import about, mail_settings, sendings, set_up, with_mail
from tests.mail_server import MailServer
from tests.poisoned import poison
from tests.robots import Robot

both = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that takes everything."""
    with MailServer() as found:
        yield found


def told(house: Instance, *people: Actor, cause: str = "1") -> None:
    """These are told of something."""
    with house.database.writing() as db:
        tell(db, about(cause), [one.account_id or 0 for one in people])


def with_server(house: Instance, server: MailServer, **values: object) -> None:
    """The house has this mail server, and may use it."""
    house.settings = mail_settings(house.settings, server.port, notices_outside=True, **values)


def waits_no_more(house: Instance) -> None:
    """The time until the next try is over."""
    with house.database.writing() as db:
        late = sa.update(Sending).where(col(Sending.state) == SendState.WAITING)
        db.connection().execute(late.values(next_at=now() - timedelta(seconds=1)))


@both
def test_nothing_leaves_the_house_while_that_is_switched_off(house: Instance, manager: Actor, server: MailServer) -> None:
    with_mail(house, manager.account_id, "manager@bank.example")
    with Robot() as robot:
        house.settings = mail_settings(house.settings, server.port, wecom_url=robot.url)
        told(house, manager)
        with house.database.writing() as db:
            post(db, about(kind=Kind.NEEDS_SILENT), 7)
        house.courier.run()
        assert sendings(house) == [(Channel.APP, "Manager", SendState.SENT, 1, "登在对方的“通知”里")]
        # What was said before it was switched on does not go out afterwards.
        house.settings = house.settings.model_copy(update={"notices_outside": True})
        house.courier.run()
        assert not robot.posts
    assert server.connections == 0


@both
def test_an_e_mail_goes_once_to_whoever_has_an_address_and_wants_it(
    house: Instance, manager: Actor, leader: Actor, executive: Actor, server: MailServer
) -> None:
    for one in (manager, leader):
        with_mail(house, one.account_id, f"{one.name.lower()}@bank.example")
    with house.database.writing() as db:
        inbox.choose(db, leader, [Kind.MENTIONED])
    with_server(house, server, public_url="https://cexun.bank.example/")
    told(house, manager, leader, executive)
    told(house, manager)
    for _ in range(3):
        house.courier.run()
    assert server.receivers == ["manager@bank.example"]
    (letter,) = server.letters
    assert letter["Subject"] == "王敏在评论里提到您" and letter["To"] == "Manager <manager@bank.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().splitlines()[-1].startswith("https://cexun.bank.example/notices?id=")
    assert (Channel.EMAIL, "Manager", SendState.SENT, 1, "服务器已收下") in sendings(house)
    assert [one[1] for one in sendings(house)] == ["Manager", "Manager", "Leader", "Executive"]
    with house.database.reading() as db:
        ids = [one.account_id or 0 for one in (manager, leader, executive)]
        assert reach.reach(db, house.settings, Kind.MENTIONED, None, ids).mailed == 1
        assert reach.reach(db, house.settings, Kind.REPLIED, None, ids).mailed == 2


def test_what_people_wrote_goes_outside_as_text(house: Instance, server: MailServer) -> None:
    words = poison("comment.text")
    mail.send(mail_settings(house.settings, server.port), words, "manager@bank.example", words, words)
    (letter,) = server.letters
    assert letter.get_content_type() == "text/plain" and not letter.is_multipart()
    assert letter.get_content().strip() == words and words.startswith(letter["subject"])
    with Robot() as robot:
        set_up(house, dingtalk_url=robot.url)
        groups.send(house.settings, Channel.DINGTALK, words)
        assert robot.texts == [words]


def test_a_name_or_subject_makes_no_header_of_its_own(house: Instance, server: MailServer) -> None:
    settings = mail_settings(house.settings, server.port)
    mail.send(settings, 'Wang "M"\r\nBcc: all@bank.example', "wang@bank.example", "您好\r\nBcc: all@bank.example", "正文\r\n.\r\nDATA 再见")
    (letter,) = server.letters
    assert letter["Bcc"] is None and server.receivers == ["wang@bank.example"]
    assert letter["Subject"] == "您好 Bcc: all@bank.example" and letter["To"].addresses[0].display_name == 'Wang "M" Bcc: all@bank.example'
    assert letter.get_content().splitlines() == ["正文", ".", "DATA 再见"]
    for address in ("a@b\r\nBcc: c@d", "a@b, c@d", "王@银行", "nobody", "<a@b>"):
        with pytest.raises(Undelivered, match="写法不对"):
            mail.send(settings, "", address, "s", "t")


@pytest.mark.parametrize(
    ("answers", "passing", "sentence"),
    [
        ({"RCPT": "550 no such user"}, False, "不收给这位收件人的信（代码 550）"),
        ({"RCPT": "450 later"}, True, "不收给这位收件人的信（代码 450）"),
        ({"MAIL": "553 not you"}, False, "不接受发件地址 hr@bank.example（代码 553）"),
        ({"DATA": "554 spam"}, False, "没有收下这封信（代码 554）"),
        ({"CONNECT": "421 busy"}, True, "没有收下这封信（代码 421）"),
        ({"CONNECT": "HTTP/1.1 400 Bad Request"}, False, "不像邮件服务器"),
    ],
)
def test_what_a_mail_server_refuses_is_a_sentence(server: MailServer, answers: dict[str, str], passing: bool, sentence: str) -> None:
    server.answers = answers
    with pytest.raises(Undelivered, match=sentence) as caught:
        mail.send(mail_settings(Settings(), server.port), "王敏", "wang@bank.example", "s", "t")
    assert caught.value.passing is passing


def test_a_wrong_password_no_encryption_and_no_server_are_sentences(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.user, server.password = "hr", "right"
    settings = mail_settings(Settings(), server.port, smtp_user="hr", smtp_password="wrong")
    cases = [
        (settings, "不接受这个用户名和密码（代码 535）"),
        (mail_settings(settings, server.port, smtp_security="starttls"), "不支持所选的加密"),
        (mail_settings(settings, server.port, smtp_security="tls"), "无法与 127.0.0.1 建立加密连接"),
        (mail_settings(settings, 1), "拒绝连接"),
        (mail_settings(settings, server.port, smtp_host="no-such-host.invalid"), "找不到服务器"),
    ]
    for wanted, sentence in cases:
        with pytest.raises(Undelivered, match=sentence) as caught:
            mail.send(wanted, "王敏", "wang@bank.example", "s", "t")
        assert "wrong" not in str(caught.value)
    mail.send(settings.model_copy(update={"smtp_password": "right"}), "王敏", "wang@bank.example", "s", "t")
    server.silent = True
    monkeypatch.setattr(mail, "SECONDS", 0.1)
    with pytest.raises(Undelivered, match="没有在限定时间内回应"):
        mail.send(settings, "王敏", "wang@bank.example", "s", "t")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_e_mail_goes_encrypted_to_a_server_that_is_trusted_and_to_no_other(
    security: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MailServer(user="hr", password="right", certificate=certificate, tls=security == "tls") as server:
        settings = mail_settings(Settings(), server.port, smtp_security=security, smtp_user="hr", smtp_password="right")
        with pytest.raises(Undelivered, match="证书不受信任"):
            mail.send(settings, "王敏", "wang@bank.example", "s", "t")
        assert not server.receivers
        trusting = ssl.create_default_context(cafile=str(certificate))
        monkeypatch.setattr(mail.ssl, "create_default_context", lambda: trusting)
        mail.send(settings, "王敏", "wang@bank.example", "s", "t")
        assert server.receivers == ["wang@bank.example"]


def test_a_letter_that_was_taken_is_not_sent_again_because_of_a_rude_goodbye(server: MailServer) -> None:
    server.answers = {"QUIT": "500 what"}
    mail.send(mail_settings(Settings(), server.port), "王敏", "wang@bank.example", "s", "t")
    assert len(server.letters) == 1


@both
def test_what_may_pass_is_tried_again_with_pauses_and_then_given_up(house: Instance, manager: Actor, server: MailServer) -> None:
    with_mail(house, manager.account_id, "manager@bank.example")
    with_server(house, server)
    server.answers = {"RCPT": "450 later"}
    told(house, manager)
    house.courier.run()
    house.courier.run()
    assert sendings(house)[1][2:4] == (SendState.WAITING, 1)
    for tries in range(2, len(courier.PAUSES) + 2):
        waits_no_more(house)
        house.courier.run()
        assert sendings(house)[1][3] == tries
    assert sendings(house)[1][2] is SendState.FAILED and server.connections == len(courier.PAUSES) + 1
    server.answers = {}
    waits_no_more(house)
    house.courier.run()
    assert not server.letters


@both
def test_what_failed_is_sent_again_by_hand_and_what_was_sent_is_not(
    house: Instance, manager: Actor, leader: Actor, server: MailServer
) -> None:
    with_mail(house, manager.account_id, "manager@bank.example")
    with_server(house, server)
    server.answers = {"DATA": "554 spam"}
    told(house, manager)
    house.courier.run()
    with house.database.reading() as db:
        (line,) = log.log(db, leader, Sought(state=SendState.FAILED)).lines
        assert line.receiver == "Manager" and line.outcome is not None and log.log(db, leader, Sought(channel=Channel.APP)).total == 1
        with pytest.raises(NotAllowed):
            log.log(db, manager, Sought())
    server.answers = {}
    with house.database.writing() as db:
        log.again(db, leader, line.id)
    house.courier.run()
    assert len(server.letters) == 1
    with house.database.writing() as db, pytest.raises(BadInput):
        log.again(db, leader, line.id)
    with house.database.reading() as db:
        lines = log.log(db, leader, Sought()).lines
    sheet = openpyxl.load_workbook(io.BytesIO(notice_log(lines, "en", UTC))).active
    assert sheet is not None and [one.value for one in sheet[2]][1:6] == ["Mentioned in a comment", "E-mail", "Manager", "Sent", 1]


@both
def test_who_was_disabled_meanwhile_gets_no_e_mail(house: Instance, manager: Actor, leader: Actor, server: MailServer) -> None:
    with_mail(house, manager.account_id, "manager@bank.example")
    with_server(house, server)
    told(house, manager)
    while house.courier._hand_on():
        pass
    with house.database.writing() as db:
        access.disable(db, leader, manager.account_id or 0)
    house.courier.run()
    assert (
        sendings(house)[1][2:] == (SendState.FAILED, 1, "收件人的账户已停用，或不再有看这项内容的权限，没有送出。") and not server.letters
    )


@both
def test_two_processes_tell_and_send_everything_once(house: Instance, manager: Actor, leader: Actor, server: MailServer) -> None:
    people = (manager, leader)
    for one in people:
        with_mail(house, one.account_id, f"{one.name.lower()}@bank.example")
    with_server(house, server)
    couriers = [courier.Courier(house.database, lambda: house.settings) for _ in range(2)]

    def both_at_once(*acts: Callable[[], None]) -> None:
        with ThreadPoolExecutor(len(acts)) as pool:
            for done in [pool.submit(act) for act in acts]:
                done.result()

    both_at_once(*[lambda: told(house, *people)] * 4)
    both_at_once(*(one.run for one in couriers))
    house.courier.run()
    assert sorted(server.receivers) == ["leader@bank.example", "manager@bank.example"]
    assert len(sendings(house)) == 4


def test_what_was_interrupted_is_not_sent_twice(house: Instance, manager: Actor, server: MailServer) -> None:
    with_mail(house, manager.account_id, "manager@bank.example")
    with_server(house, server)
    told(house, manager)
    while house.courier._hand_on():
        pass
    assert house.courier._claimed() is not None
    house.courier.run()
    assert sendings(house)[1][2] is SendState.SENDING
    with house.database.writing() as db:
        db.connection().execute(sa.update(Sending).values(next_at=now() - timedelta(hours=1)))
    house.courier.run()
    assert sendings(house)[1][2] is SendState.FAILED and "不知道是否已送达" in sendings(house)[1][4] and not server.letters


def test_what_waits_when_sending_is_switched_off_does_not_go_later(house: Instance, manager: Actor, server: MailServer) -> None:
    with_mail(house, manager.account_id, "manager@bank.example")
    with_server(house, server)
    server.answers = {"RCPT": "450 later"}
    told(house, manager)
    house.courier.run()
    waits_no_more(house)
    house.settings = house.settings.model_copy(update={"notices_outside": False})
    house.courier.run()
    assert sendings(house)[1][2:] == (SendState.FAILED, 1, "对外发送已关闭，没有送出。")


def test_of_the_fictional_branch_nothing_leaves_the_house(house: Instance, leader: Actor, server: MailServer) -> None:
    with_mail(house, leader.account_id, "leader@bank.example")
    with_server(house, server)
    with house.database.writing() as db:
        plan = plans.create(db, leader, "示例分行", 2026, sample=True).id
        tell(db, replace(about(), plan_id=plan), [leader.account_id or 0])
        assert not reach.reach(db, house.settings, Kind.MENTIONED, plan, [leader.account_id or 0]).mailed
    house.courier.run()
    assert [one[0] for one in sendings(house)] == [Channel.APP] and not server.connections


def test_the_server_sends_by_itself(house: Instance, manager: Actor, server: MailServer) -> None:
    with_mail(house, manager.account_id, "manager@bank.example")
    with_server(house, server)
    house.notice_worker.start()
    told(house, manager)
    until = time.monotonic() + 20
    while not server.letters and time.monotonic() < until:
        time.sleep(0.05)
    house.notice_worker.stop()
    assert server.receivers == ["manager@bank.example"]


def test_a_channel_is_tried_with_a_button_only_while_sending_is_on(
    house: Instance, administrator: Actor, leader: Actor, server: MailServer
) -> None:
    off = mail_settings(house.settings, server.port)
    on = off.model_copy(update={"notices_outside": True})
    with house.database.writing() as db:
        for settings, actor, error in ((off, administrator, "先打开"), (on, administrator, "填写邮箱")):
            with pytest.raises(BadInput, match=error):
                reach.try_out(db, actor, settings, Channel.EMAIL)
        with pytest.raises(NotAllowed):
            reach.try_out(db, leader, on, Channel.EMAIL)
        with pytest.raises(BadInput, match="先填写"):
            reach.try_out(db, administrator, on, Channel.WECOM)
    with_mail(house, administrator.account_id, "it@bank.example")
    with house.database.writing() as db:
        address = reach.try_out(db, administrator, on, Channel.EMAIL)
    assert reach.try_now(on, administrator, Channel.EMAIL, address, "试发").ok and server.receivers == ["it@bank.example"]
    server.answers = {"RCPT": "550 no"}
    found = reach.try_now(on, administrator, Channel.EMAIL, address, "试发")
    assert not found.ok and "550" in str(found.message)


def test_secrets_stay_out_of_the_database(house: Instance, administrator: Actor) -> None:
    values = {"smtp_host": "smtp.bank.example", "smtp_sender": "hr@bank.example", "smtp_password": "S3cret", "notices_outside": True}
    administration.change(administrator, house, {**values, "dingtalk_url": "https://oapi.dingtalk.com/robot/send?access_token=T0ken"})
    with house.database.reading() as db:
        kept = str(stored_settings(db))
        entries = str(list(db.connection().exec_driver_sql("SELECT * FROM audit_entry")))
    assert "S3cret" not in kept + entries and "T0ken" not in kept + entries
    again = load({}, house.settings.data)
    assert again.smtp_password == "S3cret" and again.dingtalk_url.endswith("T0ken") and "T0ken" not in repr(again)
    assert Path(house.settings.keys / "dingtalk_url").stat().st_mode & 0o077 == 0
    for wrong in (
        {"smtp_host": "http://smtp"},
        {"smtp_sender": "hr"},
        {"wecom_url": "qyapi.weixin.qq.com/x"},
        {"wecom_url": "file:///etc/passwd"},
    ):
        with pytest.raises(BadInput):
            administration.change(administrator, house, wrong)


@both
def test_groups_are_told_a_count_through_each_robot_once(house: Instance) -> None:
    with Robot(secret="SECx") as dingtalk, Robot() as wecom:
        set_up(house, dingtalk_url=dingtalk.url, dingtalk_secret="SECx", wecom_url=wecom.url)
        for _ in range(2):
            with house.database.writing() as db:
                post(db, about(kind=Kind.NEEDS_SILENT), 7)
            house.courier.run()
        assert dingtalk.texts == wecom.texts == ["培训需求征集快要截止，还有 7 个机构没有报。\n请登录策训，在“通知”里打开。"]
        assert "access_token=SECRET-TOKEN" in dingtalk.posts[0][0]
    assert [(one[0], one[1], one[4]) for one in sendings(house)] == [
        (Channel.DINGTALK, "", "已发到群里"),
        (Channel.WECOM, "", "已发到群里"),
    ]


@both
def test_groups_are_told_in_the_language_that_was_chosen_for_them(house: Instance) -> None:
    with Robot() as wecom:
        set_up(house, wecom_url=wecom.url, groups_language="en")
        with house.database.writing() as db:
            post(db, about(kind=Kind.NEEDS_SILENT), 2)
        house.courier.run()
        (said,) = wecom.texts
    assert said.startswith("The round of training needs is about to end; units that have not filed: 2.")


@pytest.mark.parametrize(
    ("channel", "status", "said", "passing", "sentence"),
    [
        (Channel.DINGTALK, 200, {"errcode": 310000, "errmsg": "keywords not in content"}, False, "约定的关键词"),
        (Channel.DINGTALK, 200, {"errcode": 310000, "errmsg": "ip 1.2.3.4 not in whitelist"}, False, "安全设置没有放行"),
        (Channel.DINGTALK, 200, {"errcode": 130101, "errmsg": "send too fast"}, True, "这一分钟收的消息太多"),
        (Channel.WECOM, 200, {"errcode": 93000, "errmsg": "invalid webhook url"}, False, "不认识这个地址（代码 93000）"),
        (Channel.WECOM, 200, {"errcode": 45009, "errmsg": "freq out of limit"}, True, "代码 45009"),
        (Channel.WECOM, 200, {"errcode": 40001, "errmsg": "?"}, False, "没有收下消息（代码 40001）"),
        (Channel.WECOM, 404, {}, False, "没有收下消息（代码 404）"),
        (Channel.WECOM, 503, {}, True, "代码 503"),
        (Channel.WECOM, 302, {}, False, "没有跟过去"),
        (Channel.WECOM, 200, b"<html>It works!</html>", False, "不像群机器人"),
    ],
)
def test_what_a_robot_refuses_is_a_sentence(channel: Channel, status: int, said: object, passing: bool, sentence: str) -> None:
    with Robot() as robot:
        robot.reply = (status, said)
        robot.headers = {"Location": "http://127.0.0.1:1/elsewhere"} if status == 302 else {}
        settings = Settings(dingtalk_url=robot.url, wecom_url=robot.url)
        with pytest.raises(Undelivered, match=sentence) as caught:
            groups.send(settings, channel, "7")
        assert len(robot.posts) == 1 and "SECRET-TOKEN" not in str(caught.value)
    assert caught.value.passing is passing


def test_the_token_of_a_robot_is_in_no_log(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    with Robot() as robot:
        groups.send(Settings(wecom_url=robot.url), Channel.WECOM, "7")
        robot.reply = (200, {"errcode": 93000})
        with pytest.raises(Undelivered):
            groups.send(Settings(wecom_url=robot.url), Channel.WECOM, "7")
    assert "SECRET-TOKEN" not in caplog.text + "".join(capfd.readouterr())


def test_a_wrong_secret_and_a_robot_that_is_not_there_are_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    with Robot(secret="SECx") as robot:
        settings = Settings(dingtalk_url=robot.url, dingtalk_secret="SECy")
        with pytest.raises(Undelivered, match="签名不对（代码 310000）"):
            groups.send(settings, Channel.DINGTALK, "7")
        assert not robot.posts
        robot.secret, robot.wait = "", 1.0
        monkeypatch.setattr(groups, "SECONDS", 0.1)
        with pytest.raises(Undelivered, match="没有在限定时间内回应"):
            groups.send(settings, Channel.DINGTALK, "7")
    with pytest.raises(Undelivered, match="拒绝连接"):
        groups.send(settings, Channel.DINGTALK, "7")
