"""What takes notices outside: decides in which ways each goes, sends it, tries again later, and writes down what came of it.

It runs in a thread of its own. No transaction is open while a server is talked to; what is being sent is claimed first, so that of two
processes one sends it. Where a process ends in the middle, nobody knows whether it arrived: it is not sent a second time by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from core.access.sign_ins import actor_of
from core.access.tables import Account
from core.i18n import Language, Message, negotiate
from core.logs import logger
from core.notices import groups, mail, repository
from core.notices.inbox import unwanted
from core.notices.kinds import KINDS
from core.notices.tables import Notice, Sending
from core.notices.templates import filled
from core.notices.terms import GROUPS, Channel, SendState
from core.notices.undelivered import Undelivered
from core.plans import repository as plans
from core.settings import Settings
from core.storage import Database, Session, now

log = logger(__name__)

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long is waited before each further try; after the last it has failed."""
_LOST_AFTER = timedelta(minutes=10)
_LOOK_SECONDS = 2.0
_BATCH = 100
_IN_APP = Message("登在对方的“通知”里")
_SENT = Message("服务器已收下")
_TO_GROUP = Message("已发到群里")
_OFF = Message("对外发送已关闭，没有送出。")
_NOT_SET_UP = Message("这种渠道现在没有配置，没有送出。")
_NOT_ALLOWED = Message("收件人的账户已停用，或不再有看这项内容的权限，没有送出。")
_NO_ADDRESS = Message("收件人的账户里没有邮箱，没有送出。")
_INTERRUPTED = Message("发送时系统中断，不知道是否已送达；为免重复没有再发。需要时可以手工再发。")
_FAULT = Message("发送时出现意外错误，已记入系统日志。")
_SIGN_IN = Message("请登录策训，在“通知”里打开。")


@dataclass(frozen=True)
class _Letter:
    """All that is needed to send something, read before it is sent."""

    channel: Channel
    name: str
    address: str
    subject: str
    text: str


class Courier:
    """Takes the notices of one database outside. `settings` says how, each time anew; while they say no, nothing leaves the house."""

    def __init__(self, database: Database, settings: Callable[[], Settings]) -> None:
        self._database = database
        self._settings = settings
        self._looked = float("-inf")

    def keep_up(self) -> None:
        """Do what is due, where it is a while since that was last done."""
        if monotonic() - self._looked >= _LOOK_SECONDS:
            self.run()
            self._looked = monotonic()

    def run(self) -> None:
        """Do all that is due now."""
        self._give_up_the_lost()
        with self._database.reading() as db:
            if not repository.anything_to_do(db, now()):
                return
        while self._hand_on():
            pass
        if not self._settings().notices_outside:
            self._close_waiting()
            return
        while (sending_id := self._claimed()) is not None:
            self._send(sending_id)

    def _hand_on(self) -> bool:
        """Decide in which ways new notices go; whether there may be more of them."""
        with self._database.writing() as db:
            rows = repository.new(db, _BATCH)
            known = {row.id or 0: row for row in repository.accounts(db, {row.account_id for row in rows if row.account_id is not None})}
            choices = repository.choices(db, list(known))
            # Of the fictional branch nothing leaves the house.
            samples = {plan.id for plan in plans.samples(db)}
            for row in rows:
                account = known.get(row.account_id or 0)
                without = unwanted(choices.get(row.account_id or 0))
                leaves = row.plan_id is None or row.plan_id not in samples
                db.add_all(self._ways(row, account, wants_mail=row.kind not in without, leaves=leaves))
                row.handed_on = now()
        return len(rows) == _BATCH

    def _ways(self, row: Notice, account: Account | None, *, wants_mail: bool, leaves: bool) -> list[Sending]:
        settings = self._settings()
        outside = channels(settings) if leaves and settings.notices_outside else ()
        if row.account_id is None:
            return [Sending(notice_id=row.id or 0, kind=row.kind, channel=one) for one in outside if one in GROUPS]
        if account is None:
            return []
        mine: dict[str, Any] = {"notice_id": row.id or 0, "kind": row.kind, "receiver": account.name[:80]}
        inside = Sending(**mine, channel=Channel.APP, state=SendState.SENT, attempts=1, outcome=_IN_APP.to_json(), done_at=now())
        mailed = Channel.EMAIL in outside and wants_mail and account.email
        return [inside, Sending(**mine, channel=Channel.EMAIL)] if mailed else [inside]

    def _claimed(self) -> int | None:
        with self._database.writing() as db:
            found = repository.due(db, now())
            return found if found is not None and repository.claim(db, found, now()) else None

    def _send(self, sending_id: int) -> None:
        try:
            with self._database.reading() as db:
                letter = self._letter(db, sending_id)
            self._deliver(letter)
        except Undelivered as failure:
            self._finish(sending_id, failure.message, again=failure.passing)
        except Exception:
            log.exception("notice_failed", sending=sending_id)
            self._finish(sending_id, _FAULT, again=False)
        else:
            self._finish(sending_id, _TO_GROUP if letter.channel in GROUPS else _SENT, sent=True)

    def _letter(self, db: Session, sending_id: int) -> _Letter:
        row = repository.sending(db, sending_id)
        notice = repository.notice(db, row.notice_id) if row else None
        if row is None or notice is None or row.channel not in channels(self._settings()):
            raise Undelivered(_NOT_SET_UP, passing=False)
        if notice.account_id is None:
            language = self._settings().groups_language
            subject, text = filled(notice, language, self._link(notice, language))
            return _Letter(row.channel, "", "", subject, text)
        account = repository.account(db, notice.account_id)
        if account is None or not account.enabled or not actor_of(account, "").may(KINDS[notice.kind].right):
            raise Undelivered(_NOT_ALLOWED, passing=False)
        if not account.email:
            raise Undelivered(_NO_ADDRESS, passing=False)
        language = negotiate(account.language or None)
        subject, text = filled(notice, language, self._link(notice, language))
        return _Letter(row.channel, account.name, account.email, subject, text)

    def _link(self, notice: Notice, language: Language) -> str:
        address = self._settings().public_url.rstrip("/")
        if not address:
            return _SIGN_IN.render(language)
        return f"{address}/notices?id={notice.id}" if notice.account_id is not None else f"{address}/notices"

    def _deliver(self, letter: _Letter) -> None:
        settings = self._settings()
        if letter.channel is Channel.EMAIL:
            mail.send(settings, letter.name, letter.address, letter.subject, letter.text)
        else:
            groups.send(settings, letter.channel, letter.text)

    def _finish(self, sending_id: int, said: Message, *, sent: bool = False, again: bool = False) -> None:
        with self._database.writing() as db:
            row = repository.sending(db, sending_id)
            if row is None or row.state is not SendState.SENDING:
                return
            row.outcome = said.to_json()
            if again and row.attempts <= len(PAUSES):
                row.state, row.next_at = SendState.WAITING, now() + PAUSES[row.attempts - 1]
                return
            row.state, row.done_at = (SendState.SENT if sent else SendState.FAILED), now()
            log.info("notice_sent" if sent else "notice_not_sent", channel=row.channel.value, kind=row.kind.value, attempts=row.attempts)

    def _close_waiting(self) -> None:
        """What was still to go outside when that was switched off does not go later, when nobody expects it any more."""
        with self._database.writing() as db:
            for row in repository.waiting(db):
                row.state, row.done_at, row.outcome = SendState.FAILED, now(), _OFF.to_json()

    def _give_up_the_lost(self) -> None:
        with self._database.reading() as db:
            if not repository.interrupted(db, now() - _LOST_AFTER):
                return
        with self._database.writing() as db:
            for row in repository.interrupted(db, now() - _LOST_AFTER):
                row.state, row.done_at, row.outcome = SendState.FAILED, now(), _INTERRUPTED.to_json()


def channels(settings: Settings) -> tuple[Channel, ...]:
    """The ways outside that are configured, whether or not sending is switched on."""
    known = ((Channel.EMAIL, settings.has_mail), (Channel.DINGTALK, settings.dingtalk_url), (Channel.WECOM, settings.wecom_url))
    return tuple(channel for channel, there in known if there)
