"""A text into a group of DingTalk or WeCom, through the address that the group's own robot has."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import time
from typing import Any
from urllib.parse import urlsplit

from core.errors import BadInput
from core.i18n import Message
from core.notices.terms import CHANNEL_NAMES, Channel
from core.notices.undelivered import Undelivered, of_connection
from core.settings import Settings

SECONDS = 10.0
_LONGEST_ANSWER = 10_000
_SIGNATURE, _KEYWORDS = "sign", "keyword"
# What the services' own codes mean: whether it may pass by itself, and the sentence.
_BUSY = Message("{where}这一分钟收的消息太多（代码 {code}）。过一会儿会再试。")
_UNKNOWN = Message("{where}不认识这个地址（代码 {code}）：机器人可能已被移除。请在群里重新添加，把新地址填进来。")
_CODES: dict[Channel, dict[int, tuple[bool, Message]]] = {
    Channel.DINGTALK: {
        130101: (True, _BUSY),
        410100: (True, _BUSY),
        -1: (True, Message("{where}现在忙（代码 {code}）。过一会儿会再试。")),
        300001: (False, _UNKNOWN),
        300005: (False, _UNKNOWN),
        400013: (False, _UNKNOWN),
    },
    Channel.WECOM: {
        45009: (True, _BUSY),
        -1: (True, Message("{where}现在忙（代码 {code}）。过一会儿会再试。")),
        93000: (False, _UNKNOWN),
        40058: (False, _UNKNOWN),
    },
}
_NOT_MATCHED = 310000


def address_of(settings: Settings, channel: Channel) -> str:
    """The address of a group; "" where there is none."""
    return settings.dingtalk_url if channel is Channel.DINGTALK else settings.wecom_url


def host_of(address: str) -> str:
    """The server of an address: what of it may be shown and logged. The rest holds the token."""
    return urlsplit(address).hostname or ""


def check_address(address: str) -> str:
    """An address as it may be kept. Raises `BadInput` where it is none."""
    address = address.strip()
    if not address:
        return ""
    try:
        found = urlsplit(address)
        plain = found.scheme in ("http", "https") and bool(found.hostname) and not found.username and found.port != 0
    except ValueError:
        plain = False
    if not plain or not address.isascii() or any(one.isspace() for one in address):
        raise BadInput(Message("群机器人的地址应以 https:// 开头，请从群设置里整段复制。"))
    return address


def send(settings: Settings, channel: Channel, text: str) -> None:
    """Post a text into a group. It goes to the address that was typed in and follows no other. Raises `Undelivered`."""
    import httpx2

    # It would write the whole address into the log, with the token.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    address = address_of(settings, channel)
    host = host_of(address)
    signed = _signed(settings) if channel is Channel.DINGTALK and settings.dingtalk_secret else {}
    body = {"msgtype": "text", "text": {"content": text}}
    try:
        with httpx2.Client(timeout=SECONDS, follow_redirects=False) as line:
            url = httpx2.URL(address).copy_merge_params(signed) if signed else httpx2.URL(address)
            answer = line.post(url, json=body)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise of_connection(error, host) from error
    _check(channel, host, answer.status_code, answer.content[:_LONGEST_ANSWER])


def _signed(settings: Settings) -> dict[str, str]:
    """The moment and its signature, as DingTalk wants them with a group's secret."""
    moment = str(round(time.time() * 1000))
    digest = hmac.new(settings.dingtalk_secret.encode(), f"{moment}\n{settings.dingtalk_secret}".encode(), hashlib.sha256).digest()
    return {"timestamp": moment, "sign": base64.b64encode(digest).decode()}


def _check(channel: Channel, host: str, status: int, content: bytes) -> None:
    if status != 200:
        if 300 <= status < 400:
            raise Undelivered(
                Message("{host} 转向了别处（代码 {status}），没有跟过去。请填写群机器人的原地址。", host=host, status=status), passing=False
            )
        passing = status == 429 or status >= 500
        raise Undelivered(Message("{host} 没有收下消息（代码 {status}）。请核对地址。", host=host, status=status), passing=passing)
    said = _answer(content)
    if said is None:
        raise Undelivered(Message("{host} 的回应不像群机器人。请核对地址。", host=host), passing=False)
    code, words = said
    if code:
        raise _refused(channel, code, words)


def _refused(channel: Channel, code: int, words: str) -> Undelivered:
    where = CHANNEL_NAMES[channel]
    if channel is Channel.DINGTALK and code == _NOT_MATCHED:
        if _SIGNATURE in words or "timestamp" in words:
            said = Message("{where}说签名不对（代码 {code}）。请核对加签密钥，以及这台服务器的时间。", where=where, code=code)
        elif _KEYWORDS in words:
            said = Message("{where}要求消息里有约定的关键词（代码 {code}）。请在群里改用加签，或把关键词写进模板。", where=where, code=code)
        else:
            said = Message("{where}的安全设置没有放行（代码 {code}）：请核对加签密钥、关键词和允许的 IP。", where=where, code=code)
        return Undelivered(said, passing=False)
    passing, text = _CODES[channel].get(code, (False, Message("{where}没有收下消息（代码 {code}）。请核对群机器人的设置。")))
    return Undelivered(Message(text.text, where=where, code=code), passing=passing)


def _answer(content: bytes) -> tuple[int, str] | None:
    """The code and the words of an answer, the words only to tell refusals apart: they are shown and kept nowhere."""
    import json

    try:
        found: Any = json.loads(content)
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("errcode"), int):
        return None
    return found["errcode"], str(found.get("errmsg", "")).casefold()
