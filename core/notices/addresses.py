"""Addresses of servers, people and groups, checked before they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.errors import BadInput
from core.i18n import Message
from core.notices.groups import check_address
from core.patterns import lazily

_HOST = lazily(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_MAIL = lazily(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9.-]{1,190}")


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as they may be kept. Raises `BadInput` for an address that cannot be one."""
    found = dict(values)
    for name in ("dingtalk_url", "wecom_url"):
        if name in found:
            found[name] = check_address(str(found[name]))
    host, sender = str(found.get("smtp_host", "")), str(found.get("smtp_sender", ""))
    if host and not _HOST.fullmatch(host):
        raise BadInput(Message("邮件服务器只写名称或 IP，不带 http:// 和端口，例如 smtp.bank.example。"))
    if sender and not _MAIL.fullmatch(sender):
        raise BadInput(Message("发件地址“{address}”的写法不对。", address=sender[:80]))
    return found
