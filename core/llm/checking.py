"""Trying out a model endpoint, for the settings page's test button."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from core.errors import Unavailable
from core.i18n import Message
from core.llm import failures
from core.llm.client import Model
from core.settings import Settings

_LONGEST_WAIT = 20.0
_SHOWN_NAMES = 8


@dataclass(frozen=True)
class Checked:
    """Whether the endpoint answered, the sentence for the person who set it up, how long the answer took, and which model it was."""

    ok: bool
    message: Message
    seconds: float
    model: str


def check(settings: Settings) -> Checked:
    """Ask the endpoint of `settings` for its models and for one short answer, each for 20 seconds at most. Raises nothing expected."""
    started = time.monotonic()
    quick = settings.model_copy(update={"model_timeout_seconds": min(settings.model_timeout_seconds, _LONGEST_WAIT)})
    problem = _misspelt(quick)
    if problem is None:
        try:
            asked = time.monotonic()
            Model(quick).write([("user", "请只回答一个字:好")], longest=200)
        except Unavailable as failure:
            problem = _sharper(quick, failure)
        else:
            seconds = time.monotonic() - asked
            done = Message("连接成功：模型 {model} 在 {seconds} 秒内作答。", model=quick.model_name, seconds=f"{seconds:.1f}")
            return Checked(True, done, seconds, quick.model_name)
    return Checked(False, problem, time.monotonic() - started, quick.model_name)


def _misspelt(settings: Settings) -> Message | None:
    """What is wrong with the address before anything is sent."""
    if not settings.model_url or not settings.model_name:
        return Message("请填写模型地址和模型名称。")
    address = urlsplit(settings.model_url)
    if address.scheme not in ("http", "https") or not address.hostname:
        return Message("模型地址应以 http:// 或 https:// 开头，例如 http://10.0.0.8:8000/v1。")
    for tail in ("/chat/completions", "/completions", "/models"):
        if address.path.rstrip("/").endswith(tail):
            shorter = settings.model_url.rstrip("/").removesuffix(tail)
            return Message("模型地址不要包含 {tail}。请改为 {address}。", tail=tail, address=shorter)
    return None


def _sharper(settings: Settings, failure: Unavailable) -> Message:
    """The failure, said more exactly with the help of the endpoint's list of models."""
    if not isinstance(failure, failures.LineFailure):
        return failure.message
    names = _listed(settings, settings.model_url)
    if names is None:
        longer = f"{settings.model_url.rstrip('/')}/v1"
        if _listed(settings, longer) is not None:
            return Message("模型地址少了 /v1。请改为 {address}。", address=longer)
        return failure.message
    if names and settings.model_name not in names:
        shown = ", ".join(names[:_SHOWN_NAMES]) + (" …" if len(names) > _SHOWN_NAMES else "")
        return Message("模型服务上没有名为 {model} 的模型。可用的有：{names}。", model=settings.model_name, names=shown)
    return failure.message


def _listed(settings: Settings, address: str) -> list[str] | None:
    """The names of the models at `address`; None when it gives no such list."""
    import httpx2

    from core.llm.connection import Line

    headers = {"Authorization": f"Bearer {settings.model_key}"} if settings.model_key else {}
    try:
        with Line(settings.model_timeout_seconds) as line:
            response = line.get(f"{address.rstrip('/')}/models", headers=headers)
            return _names(response.json()) if response.is_success else None
    except (httpx2.HTTPError, ValueError):
        # The list only sharpens a failure that is reported either way.
        return None


def _names(listing: Any) -> list[str] | None:
    rows = listing.get("data") if isinstance(listing, Mapping) else None
    if not isinstance(rows, list):
        return None
    return [str(row["id"]) for row in rows if isinstance(row, Mapping) and "id" in row]
