"""XLSX, CSV and TSV files as grids of cells, read in this very process; `opening.py` does it in a child under limits."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.errors import BadInput
from core.i18n import Message
from core.sheets.archive import check_archive
from core.sheets.grid import Cell, Grid, Row

MAX_ROWS = 200_000
MAX_COLUMNS = 300
_MAX_CELL = 2_000
_MERGE_ROWS = 5_000

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = ",\t;|"
# Characters that no cell shows: controls, marks of direction, zero widths.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# A formula whose cell holds no value: the program that wrote the file never calculated it.
_UNCALCULATED = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>|<f[^>]*/>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_MERGED = re.compile(rb'<mergeCell\s[^>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')
# How exports keep Excel from taking a text for a number: ="0012".
_AS_TEXT = re.compile(r'^="(.*)"$')
_LEADING_ZEROS = re.compile(r"0{2,}(?:;.*)?")


def read(path: Path) -> list[Grid]:
    """The sheets of a workbook, or the one table of a text file. Raises `BadInput` when the file is none that can be read."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise BadInput(Message("文件是空的（0 字节）。请检查原文件后重新上传。"))
    if head.startswith(_OLD_OFFICE):
        raise BadInput(Message("这是旧版 Excel（.xls、.et）或有密码的文件。请打开后去掉密码，另存为 .xlsx，再导入。"))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _workbook(path)
    if _is_binary(head):
        raise BadInput(Message("无法识别这种文件。名单和测评请用 Excel（.xlsx）或 CSV 文件。"))
    return [_text_table(path)]


def _is_binary(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    return head.startswith(b"%PDF") or b"\x00" in head or sum(byte < 32 and byte not in b"\t\n\r\x1b" for byte in head) * 20 > len(head)


def _workbook(path: Path) -> list[Grid]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "EncryptedPackage" in names:
                raise BadInput(Message("文件有密码，读不到内容。请在原来的软件里去掉密码，另存一份再上传。"))
            if "xl/workbook.bin" in names:
                raise BadInput(Message("这是 XLSB 工作簿。请用 Excel 另存为 .xlsx 后再上传。"))
            if "xl/workbook.xml" not in names:
                raise BadInput(Message("无法识别这种文件。名单和测评请用 Excel（.xlsx）或 CSV 文件。"))
            check_archive(archive)
        # Takes a good part of a second, which whoever only folds a name does not wait for.
        import openpyxl

        with path.open("rb") as file:
            # Formulas as values; macros are not even looked at.
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            return [_grid(sheet) for sheet in book.worksheets]
    except (zipfile.BadZipFile, NotImplementedError, KeyError, OSError) as error:
        raise BadInput(Message("文件已损坏，打不开。请用原来的软件打开并另存一份，再上传。")) from error


def _grid(sheet: Any) -> Grid:
    sheet.reset_dimensions()
    rows: dict[int, list[Cell]] = {}
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        values = [_value(cell) for cell in cells[:MAX_COLUMNS]]
        while values and values[-1] is None:
            values.pop()
        if values:
            rows[number] = values
        if len(rows) > MAX_ROWS:
            raise BadInput(_too_long())
    source = sheet.parent._archive.read(sheet._worksheet_path)
    _fill_merged(rows, _MERGED.findall(source))
    found = tuple(Row(number, tuple(values)) for number, values in rows.items())
    return Grid(sheet.title, found, sheet.sheet_state != "visible", len(_UNCALCULATED.findall(source)))


def _value(cell: Any) -> Cell:
    value = cell.value
    if value is None or isinstance(value, str):
        return _text(value or "")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _text(str(value))
    return _number(value, str(cell.number_format or ""))


def _number(value: int | float, number_format: str) -> Cell:
    """A number as it stands in the sheet: with its leading zeros, or as a percentage, where that is how Excel shows it."""
    whole = int(value) if isinstance(value, int) or value.is_integer() else None
    if whole is not None and whole >= 0 and _LEADING_ZEROS.fullmatch(number_format):
        return str(whole).zfill(len(number_format.split(";")[0]))
    if "%" in number_format:
        return f"{value * 100:.10g}%"
    return value if whole is None else whole


def _text(text: str) -> str | None:
    return _INVISIBLE.sub("", text).strip()[:_MAX_CELL] or None


def _fill_merged(rows: dict[int, list[Cell]], ranges: Iterable[bytes]) -> None:
    """What a merged cell says holds for each row that it reaches down to."""
    from openpyxl.utils.cell import range_boundaries

    for one in ranges:
        left, top, _right, bottom = range_boundaries(one.decode("ascii"))
        if None in (left, top, bottom) or not 0 < bottom - top <= _MERGE_ROWS or left > MAX_COLUMNS or top not in rows:
            continue
        column = left - 1
        value = rows[top][column] if column < len(rows[top]) else None
        for number in range(top + 1, bottom + 1):
            if value is not None and (cells := rows.get(number)) is not None:
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = cells[column] if cells[column] is not None else value


def _text_table(path: Path) -> Grid:
    text = _decoded(path.read_bytes())
    csv.field_size_limit(1_000_000)
    try:
        rows = tuple(_text_rows(text))
    except csv.Error as error:
        raise BadInput(Message("CSV 文件的格式有错误，无法读取。请用 Excel 打开并另存一份，再导入。")) from error
    return Grid(path.stem, rows)


def _text_rows(text: str) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=_delimiter(text))
    count = 0
    for number, fields in enumerate(lines, start=1):
        values = [_text(_AS_TEXT.sub(r"\1", field)) for field in fields[:MAX_COLUMNS]]
        if any(values):
            count += 1
            if count > MAX_ROWS:
                raise BadInput(_too_long())
            yield Row(number, tuple(values))


def _delimiter(text: str) -> str:
    """The character that parts most lines of the beginning alike."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    counts = {one: [line.count(one) for line in lines] for one in _DELIMITERS}
    return max(_DELIMITERS, key=lambda one: (sum(count > 0 for count in counts[one]), sum(counts[one])))


def _decoded(content: bytes) -> str:
    """By its byte order mark, as UTF-8, or as GB18030, which is what Excel in a Chinese office writes."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(Message("文字编码无法识别。请用记事本打开，另存为 UTF-8 编码后再上传。"))


def _too_long() -> Message:
    return Message("表格超过 {limit} 行，没有读取。请拆分成几个文件再导入。", limit=f"{MAX_ROWS:,}")


def folded(text: str) -> str:
    """Text for comparing: full-width forms folded, lower case, without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
