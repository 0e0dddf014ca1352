"""Why something could not be delivered, in a sentence that says what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

from core.errors import Unavailable
from core.i18n import Message


class Undelivered(Unavailable):
    """A notice could not be delivered. `passing`: what hinders may be over soon, and it is worth trying again."""

    def __init__(self, message: Message, *, passing: bool) -> None:
        super().__init__(message)
        self.passing = passing


def of_connection(error: BaseException, host: str) -> Undelivered:
    """Why no conversation with a server came about."""
    causes = list(_causes(error))
    if any(isinstance(one, ssl.SSLError) for one in causes):
        said = Message("无法与 {host} 建立加密连接：证书不受信任、已过期，或加密方式选得不对。请核对加密方式和端口。", host=host)
        return Undelivered(said, passing=False)
    if any(isinstance(one, socket.gaierror) for one in causes):
        return Undelivered(Message("找不到服务器 {host}。请核对地址的拼写，以及这台机器能否解析它。", host=host), passing=True)
    if any(isinstance(one, ConnectionRefusedError) for one in causes):
        return Undelivered(Message("{host} 拒绝连接。请核对端口，以及服务是否启动、防火墙是否放行。", host=host), passing=True)
    if any(isinstance(one, TimeoutError) or "Timeout" in type(one).__name__ for one in causes):
        return Undelivered(Message("{host} 没有在限定时间内回应。请核对地址和端口，或稍后再试。", host=host), passing=True)
    return Undelivered(Message("与 {host} 的连接中断了。请稍后再试；如果一直这样，请联系网络管理员。", host=host), passing=True)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
