"""The fields of a small form."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request

from core.errors import BadInput
from core.i18n import Message

MAXIMUM_BYTES = 16_384


async def fields(request: Request, most: int = 20) -> dict[str, str]:
    """The first value of each field of a form sent as `application/x-www-form-urlencoded`, of at most `most` fields.

    Raises `BadInput` for anything larger than 16 KB or not written that way: no form of ours is.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAXIMUM_BYTES:
            raise BadInput(Message("提交的内容太大。"))
    try:
        parsed = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise BadInput(Message("提交的内容无法读取。请刷新页面后重试。")) from error
    return {name: values[0] for name, values in parsed.items()}
