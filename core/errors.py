"""Failures that are expected, each with a sentence that says what is wrong, where, and what to do.

A page shows the sentence in the reader's language (`pages/router.py`), the command line prints it and exits with 2. Everything else
that is raised is a fault: it is logged with its context and shown as one.
"""

from __future__ import annotations

import errno
import json
from json import JSONDecodeError
from typing import Any

from core.i18n import Language, Message

_NEAR = 8
# What the system says in English only.
_OF_FILES = {
    errno.EACCES: Message("没有权限"),
    errno.EPERM: Message("没有权限"),
    errno.EEXIST: Message("那里已经有一个文件"),
    errno.EISDIR: Message("这是一个文件夹，不是文件"),
    errno.ENAMETOOLONG: Message("名称太长"),
    errno.ENOENT: Message("没有这个文件或文件夹"),
    errno.ENOSPC: Message("磁盘空间不足"),
    errno.ENOTDIR: Message("路径里有一段是文件，不是文件夹"),
    errno.EROFS: Message("这个位置是只读的"),
}


class CexunError(Exception):
    """The base of all expected failures. `message` is for the person who can act on it."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message

    def render(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.message.render(language)


class BadInput(CexunError):
    """What was given cannot be used: a wrong value, a broken file, an unknown identifier."""


class NotFound(CexunError):
    """The thing asked for is not there, or not there for this person: the two are not told apart."""


class NotAllowed(CexunError):
    """This person may not do this."""


class Conflict(CexunError):
    """Somebody else changed the same thing in the meantime; nothing was overwritten."""


class Unavailable(CexunError):
    """Something that is needed cannot be reached now (a model endpoint, a lock, an engine)."""


class Broken(Unavailable):
    """The machine's own trouble, which no other input mends: a database that is damaged or not there. To a program it is a fault."""


def file_reason(error: OSError | UnicodeDecodeError) -> Message:
    """Why a file cannot be read or written, for the sentence that says so."""
    if isinstance(error, UnicodeDecodeError):
        return Message("不是 UTF-8 文本，请另存为 UTF-8 后再试")
    return _OF_FILES.get(error.errno or 0) or Message("{reason}", reason=error.strerror or str(error))


def json_value(text: str) -> Any:
    """The value that a text holds as JSON.

    Raises `JSONDecodeError` where it is none, `BadInput` for what JSON has no place for (NaN), a number too long or a nesting too deep to
    be read, and a name that an object has twice: which of the two was meant nobody knows.
    """
    try:
        return json.loads(text, parse_constant=_no_number, object_pairs_hook=_once_each)
    except JSONDecodeError:
        raise
    except ValueError as error:
        # A number of thousands of digits.
        raise BadInput(Message("输入里有一个数太长。")) from error
    except RecursionError as error:
        raise BadInput(Message("输入的 JSON 嵌套过深。")) from error


def _no_number(name: str) -> Any:
    raise BadInput(Message("{written} 不是数字。", written=name))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(Message("字段“{name}”在同一个对象里写了两次，请只留一个。", name=twice[:40]))
    return found


def json_reason(error: JSONDecodeError) -> Message:
    """Where a text stops being JSON, for the sentence that refuses it: the parser's own words are English and speak of characters."""
    near = " ".join(error.doc[max(0, error.pos - _NEAR) : error.pos + _NEAR].split())
    if not near:
        return Message("内容是空的，或在中途断开。")
    return Message("第 {column} 列“{near}”附近，请检查引号、逗号和括号。", column=error.colno, near=near)
