"""What a command prints, and where."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BadInput, file_reason, json_reason, json_value
from core.i18n import Language, Message


@dataclass(frozen=True)
class Console:
    """The two streams of a command. `json_only`: stdout holds one JSON document and nothing else."""

    json_only: bool
    language: Language

    def result(self, data: Any, lines: Iterable[str]) -> None:
        """The command's result: `data` as JSON when that was asked for, otherwise the lines for a person."""
        if self.json_only:
            _write(sys.stdout, json.dumps(data, ensure_ascii=False))
        else:
            for line in lines:
                _write(sys.stdout, line)

    def say(self, message: Message) -> None:
        """Something on the way, to stderr."""
        _write(sys.stderr, message.render(self.language))

    def complain(self, sentence: str) -> None:
        """What went wrong, to stderr."""
        _write(sys.stderr, sentence)

    def progress(self, line: str) -> None:
        """How far it is, to stderr: rewritten in place on a terminal, not shown elsewhere."""
        if sys.stderr.isatty():
            print(f"\r{line:<79}", end="", file=sys.stderr, flush=True)


def read_jsonl(path: Path, needed: str) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line, each with the text field `needed`. Raises `BadInput` with the line's number."""
    rows = []
    # Only a line feed ends a line: JSON may hold the other characters that `splitlines` takes for one.
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        row = _value(path, line, number)
        if not isinstance(row, dict) or not isinstance(row.get(needed), str):
            raise BadInput(Message("{path} 第 {line} 行缺少文本字段 {field}。", path=str(path), line=number, field=needed))
        rows.append(row)
    return rows


def read_json(path: Path) -> Any:
    """The JSON value that a file holds. Raises `BadInput` that says where it is none."""
    return _value(path, _text(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(Message("无法读取文件 {path}：{reason}", path=str(path), reason=file_reason(error))) from error


def _value(path: Path, text: str, line: int | None = None) -> Any:
    """The JSON value of a whole file, or of this line of it."""
    try:
        return json_value(text)
    except json.JSONDecodeError as error:
        at = line or error.lineno
        raise BadInput(
            Message("{path} 第 {line} 行不是有效的 JSON：{reason}", path=str(path), line=at, reason=json_reason(error))
        ) from error
    except BadInput as refused:
        where = str(path) if line is None else Message("{path} 第 {line} 行", path=str(path), line=line)
        raise BadInput(Message("{path}：{reason}", path=where, reason=refused.message)) from refused


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line, the whole file or nothing. Raises `BadInput` when the place cannot be written."""
    fresh = path.with_name(path.name + ".new")
    try:
        # Half a character, which JSON can hold and UTF-8 cannot, is written as JSON's own escape.
        target = fresh.open("w", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with target:
            for row in rows:
                target.write(json.dumps(row, ensure_ascii=False) + "\n")
        fresh.replace(path)
    except IsADirectoryError as error:
        raise _unwritable(path, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file or nothing. Raises `BadInput` when the place cannot be written."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> BadInput:
    return BadInput(Message("无法写入文件 {path}：{reason}", path=str(path), reason=file_reason(error)))


def _write(stream: Any, line: str) -> None:
    print(line, file=stream, flush=True)
