"""What a command line may say, and one sentence in the reader's language for what it may not."""

from __future__ import annotations

import argparse
import math
import re
from datetime import date
from typing import Any, NoReturn

from core.errors import BadInput
from core.i18n import Message

# What a database counts rows with: a longer number is nobody's.
_LARGEST = 2**63 - 1
# The library says these in English only.
_SAID = {
    re.compile(r"the following arguments are required: (?P<names>.+)"): Message("缺少 {names}"),
    re.compile(r"argument (?P<name>.+?): invalid choice: (?P<value>.+) \(choose from (?P<known>.+)\)"): Message(
        "{name} 不能是 {value}，可用：{known}"
    ),
    re.compile(r"argument (?P<name>.+?): expected (?:at least )?one argument"): Message("{name} 后面缺少内容"),
    re.compile(r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)"): Message("{name} 不能与 {other} 一起用"),
    re.compile(r"unrecognized arguments: (?P<names>.+)"): Message("不认识 {names}"),
    re.compile(r"argument (?P<name>.+?): (?P<reason>.+)"): Message("{name}：{reason}"),
}


class Parser(argparse.ArgumentParser):
    """A grammar that raises `BadInput` where the library prints its usage in English and leaves."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line. `message` is the library's."""
        raise BadInput(Message("命令不完整或写得不对：{reason}。用法见 {command} --help", reason=_reason(message), command=self.prog))

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        # The one place where the library knows which option a value is of.
        try:
            return super()._get_value(action, arg_string)
        except BadInput as wrong:
            name = "/".join(action.option_strings) or str(action.metavar or action.dest)
            raise BadInput(Message("{name}：{reason}", name=name, reason=wrong.message)) from wrong


def number(text: str) -> int:
    """The number of something stored, for the grammar. Raises `BadInput` for what cannot be one."""
    if not re.fullmatch(r"\d+", text, re.ASCII) or len(text) > len(str(_LARGEST)) or not 0 < int(text) <= _LARGEST:
        raise BadInput(Message("“{value}”不是编号：编号是从 1 起的整数。", value=_short(text)))
    return int(text)


def whole(text: str) -> int:
    """A whole number, for the grammar. Raises `BadInput`."""
    if not re.fullmatch(r"[+-]?\d+", text, re.ASCII) or len(text) > len(str(_LARGEST)):
        raise BadInput(Message("“{value}”不是整数，或者太长。", value=_short(text)))
    return int(text)


def figure(text: str) -> float:
    """A number that is neither infinite nor none at all, for the grammar. Raises `BadInput`."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise BadInput(Message("“{value}”不是数字。", value=_short(text)))
    return found


def day(text: str) -> date:
    """A day, for the grammar. Raises `BadInput`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(Message("“{value}”不是日期，请写成 2027-03-12。", value=_short(text))) from error


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _reason(message: str) -> Message:
    for pattern, said in _SAID.items():
        if found := pattern.fullmatch(message):
            return Message(said.text, **found.groupdict())
    return Message("{reason}", reason=message)
