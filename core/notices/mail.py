"""One e-mail through the bank's own mail server; every way in which that fails is a sentence."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from core.i18n import Message
from core.notices.undelivered import Undelivered, of_connection
from core.notices.wording import one_line
from core.settings import Settings

SECONDS = 15.0
_NAME = "策训 Cexun"


def send(settings: Settings, name: str, address: str, subject: str, text: str) -> None:
    """Send a text to somebody. Names and subjects are put on one line, so that none of them makes a header. Raises `Undelivered`."""
    letter = _letter(settings, name, address, subject, text)
    host = settings.smtp_host
    try:
        server = _connected(settings)
        try:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(letter)
        except BaseException:
            server.close()
            raise
    except smtplib.SMTPException as error:
        raise _said(error, settings) from error
    except OSError as error:
        raise of_connection(error, host) from error
    # The letter is taken: however the server says goodbye, it must not go again.
    with suppress(smtplib.SMTPException, OSError):
        server.quit()


def _connected(settings: Settings) -> smtplib.SMTP:
    host, port = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    if settings.smtp_security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _letter(settings: Settings, name: str, address: str, subject: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = _address(_NAME, settings.smtp_sender, Message("发件地址“{address}”的写法不对。", address=settings.smtp_sender[:80]))
    letter["To"] = _address(name, address, Message("收件人的邮箱“{address}”写法不对。请在账户里改正。", address=address[:80]))
    letter["Subject"] = one_line(subject)
    letter["Date"] = formatdate(localtime=True)
    letter["Message-ID"] = make_msgid(domain=settings.smtp_sender.rpartition("@")[2] or "localhost")
    # Out-of-office replies to a machine help nobody.
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    return letter


def _address(name: str, address: str, wrong: Message) -> Address:
    try:
        found = Address(display_name=one_line(name), addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise Undelivered(wrong, passing=False) from error
    if not found.username or not found.domain or not address.isascii():
        raise Undelivered(wrong, passing=False)
    return found


def _said(error: smtplib.SMTPException, settings: Settings) -> Undelivered:
    host = settings.smtp_host
    if isinstance(error, smtplib.SMTPAuthenticationError):
        said = Message("邮件服务器不接受这个用户名和密码（代码 {code}）。请重新填写。", code=error.smtp_code)
        return Undelivered(said, passing=_passing(error.smtp_code))
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        said = Message("邮件服务器不收给这位收件人的信（代码 {code}）。请核对邮箱地址。", code=code)
        return Undelivered(said, passing=_passing(code))
    if isinstance(error, smtplib.SMTPSenderRefused):
        said = Message(
            "邮件服务器不接受发件地址 {sender}（代码 {code}）。请换成获准的发件地址。", sender=settings.smtp_sender, code=error.smtp_code
        )
        return Undelivered(said, passing=_passing(error.smtp_code))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Undelivered(Message("{host} 不支持所选的加密或登录方式。请换一种加密方式，或去掉用户名。", host=host), passing=False)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return of_connection(error, host)
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0:
        said = Message("邮件服务器没有收下这封信（代码 {code}）。请联系邮件服务的管理员。", code=error.smtp_code)
        return Undelivered(said, passing=_passing(error.smtp_code))
    return Undelivered(Message("{host} 的回应不像邮件服务器。请核对地址和端口。", host=host), passing=False)


def _passing(code: int) -> bool:
    """Whether the server itself says that it may go another time."""
    return 400 <= code < 500
