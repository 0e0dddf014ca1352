"""Every way in which a model endpoint fails, as a sentence that says what happened and what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from core.errors import Unavailable
from core.i18n import Message
from core.settings import Settings

NOTHING_WRITTEN = Message("模型没有写出任何内容，可能是拒绝回答这个问题。")
BROKEN_OFF = Message("模型的回答传到一半中断了。请重试；如果一直这样，请联系模型服务的管理员。")
FILTERED = Message("模型服务的内容审查拦下了这个回答。")
WRONG_FORM = Message("模型没有按要求的格式回答。请重试，或换一个能力更强的模型。")


class LineFailure(Unavailable):
    """The endpoint could not be reached, or did not answer as it should."""


def explain(error: Exception, settings: Settings) -> Unavailable:
    """The failure that `error`, raised by the client library, means for a person. Never holds the words of the server or of a document."""
    import httpx2
    import openai
    from langchain_core.exceptions import ContextOverflowError, ModelError

    if isinstance(error, ContextOverflowError):
        return Unavailable(
            Message(
                "内容超出了模型 {model} 一次能读的长度。请把问题问得更具体，或换一个能读更长内容的模型。",
                model=settings.model_name,
            )
        )
    if isinstance(error, openai.APIStatusError):
        return LineFailure(of_status(error.status_code, settings, error.response.headers.get("location", "")))
    if isinstance(error, (openai.APIConnectionError, httpx2.TransportError)):
        return LineFailure(_of_connection(error, settings))
    if isinstance(error, (openai.APIError, ModelError)):
        return LineFailure(Message("模型服务在回答途中报告了错误。请稍后重试。"))
    # What is left are the exceptions of a reader that met something else than the protocol.
    return LineFailure(not_compatible(settings))


def not_compatible(settings: Settings) -> Message:
    """The sentence for an address that answers, but not like a model."""
    return Message("{url} 的回应不符合 OpenAI 兼容接口的格式。请检查模型地址（通常以 /v1 结尾）。", url=settings.model_url)


def of_status(status: int, settings: Settings, location: str = "") -> Message:
    """The sentence for an HTTP status that is no success."""
    if status in (301, 302, 303, 307, 308):
        return Message("模型地址 {url} 转向了 {location}。请直接填写转向后的地址。", url=settings.model_url, location=location)
    if status == 401 and not settings.model_key:
        return Message("模型服务要求密钥，但设置里没有填写。请填写密钥。")
    if status == 401:
        return Message("模型服务不接受这个密钥（代码 401）。请重新填写密钥。")
    if status == 403:
        return Message("这个密钥无权使用模型 {model}（代码 403）。请向模型服务的管理员申请权限。", model=settings.model_name)
    if status == 404:
        return Message(
            "{url} 上没有模型 {model}，或者地址不完整（代码 404）。请核对模型名称，以及地址是否以 /v1 结尾。",
            url=settings.model_url,
            model=settings.model_name,
        )
    if status == 429:
        return Message("模型服务现在请求过多，或额度已用完（代码 429）。请过一会儿再试。")
    if status >= 500:
        return Message("模型服务出错（代码 {status}）。请稍后重试；如果一直这样，请联系模型服务的管理员。", status=status)
    return Message("模型服务不接受这个请求（代码 {status}）。请确认它兼容 OpenAI 的对话接口。", status=status)


def _of_connection(error: BaseException, settings: Settings) -> Message:
    import httpx2
    import openai

    causes = list(_causes(error))
    host = urlsplit(settings.model_url).hostname or settings.model_url
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Message(
            "无法与 {host} 建立加密连接：证书不受信任、已过期，或对方没有启用加密。请管理员把银行的根证书加入服务器的信任列表；"
            "如果服务没有启用加密，请把地址改为 http:// 开头。",
            host=host,
        )
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Message("找不到主机 {host}。请检查模型地址的拼写，或请管理员检查域名解析。", host=host)
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return Message("{url} 拒绝连接。请确认模型服务已经启动，地址和端口没有填错。", url=settings.model_url)
    if any(isinstance(cause, (openai.APITimeoutError, httpx2.TimeoutException)) for cause in causes):
        return Message(
            "模型等了太久没有回应（等待上限 {seconds} 秒）。可以稍后重试，或在设置里延长等待时间。",
            seconds=f"{settings.model_timeout_seconds:g}",
        )
    if any(isinstance(cause, (httpx2.RemoteProtocolError, httpx2.ReadError)) for cause in causes):
        return BROKEN_OFF
    return Message("连不上模型地址 {url}。请检查网络、代理和防火墙。", url=settings.model_url)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from. The deepest say most: a refused connection, an unknown host, a bad certificate."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
