"""Where a poison (tests/poisoned.py) would take effect in what Streamlit is told to show, and where the reader would see its escaping."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa
from google.protobuf.message import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# What Streamlit shows letter by letter or not at all. Every other string is taken for Markdown, also what comes with a later version.
_AS_IT_IS = {
    *("*.alt", "*.id", "*.form_id", "*.key", "*.placeholder", "*.default", "*.value", "*.raw_value", "*.icon", "*.mode", "*.element_hash"),
    *("Text.body", "Selectbox.options", "Selectbox.default", "MultiSelect.options", "MultiSelect.default", "MultiSelect.raw_values"),
    *("Code.code_text", "Heading.anchor", "Json.body", "PageConfig.title", "TextArea.default", "TextInput.default"),
    *("PageLink.query_string", "PageInfo.query_string", "FileUploader.type", "Arrow.uuid"),
}
# Kinds of columns whose values are fetched, followed or read as Markdown.
_FETCHED = ("link", "image", "list_image", "markdown")
_POISONED = re.compile(r"f=\u2060?([a-z_]+\.[a-z_]+)")
# Markdown's own signs where no backslash takes their effect away; an address that is a link by itself.
_LIVE = re.compile(r"(?<!\\)(?:<img|<script|</script|<b>|!\[x|\[按|\]\(|\*\*粗|:material/home|\$x)|http:(?!\u2060)//127")
# What escaping leaves where Markdown does not read it.
_SHOWN = re.compile(r"\\[!-/:-@\[-`{-~]|\u2060|&(?:lt|gt|quot|amp|#x?\d+);")
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def faults(message: ForwardMsg) -> Iterator[str]:
    """What is wrong with one message to the browser: element, the poisoned field, what would happen."""
    kind = message.WhichOneof("type")
    if kind is not None and isinstance(getattr(message, kind), Message):
        yield from _of_message(getattr(message, kind))


def fields(message: ForwardMsg) -> set[str]:
    """The poisoned fields that a message shows in some way."""
    return set(_POISONED.findall(message.SerializeToString().decode("utf-8", "replace").replace("\\\\_", "_").replace("\\_", "_")))


def markdown_fault(text: str) -> str:
    """What a poison does in Markdown, or what of its escaping is seen; nothing where it is shown as it reads."""
    text = _CODE.sub("", text)
    live = _LIVE.search(text)
    if live is not None:
        return _told("takes effect", text, live.start())
    left = _ESCAPE.sub(r"", text).find("\\") if "leak" in text else -1
    return _told("shows its escaping", text, left) if left >= 0 else ""


def shown_fault(text: str) -> str:
    """What of the escaping of a poison is seen where every letter is shown."""
    escaping = _SHOWN.search(text) if "leak" in text else None
    return _told("shows its escaping", text, escaping.start()) if escaping else ""


def html_fault(text: str) -> str:
    """What a poison does in HTML, or what of its escaping is seen."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.fault or shown_fault("".join(page.words))


def _told(what: str, text: str, at: int) -> str:
    field = _POISONED.search(text.replace("\\_", "_"))
    return f"{field[1] if field else '?'} {what}: …{text[max(0, at - 60) : at + 60]}…"


def _of_message(message: Any) -> Iterator[str]:
    name = message.DESCRIPTOR.name
    if name == "Dataframe":
        addressed = [
            key for key, how in json.loads(message.columns or "{}").items() if (how.get("type_config") or {}).get("type") in _FETCHED
        ]
        yield from _cells(message.arrow_data.data, "Dataframe", _address_fault, addressed)
    for field, value in message.ListFields():
        place = f"{name}.{field.name}"
        repeated = not isinstance(value, str | bytes | Message | int | float)
        for one in value if repeated else [value]:
            if isinstance(one, Message):
                yield from _of_table(one) if name == "Table" and field.name == "arrow_data" else _of_message(one)
            elif isinstance(one, str):
                found = _of_text(place, one, message)
                yield from [f"{place}: {found}"] if found else []
            elif isinstance(one, bytes):
                yield from _cells(one, place, shown_fault)


def _of_text(place: str, text: str, message: Any) -> str:
    if place == "Html.body" or (place == "Markdown.body" and message.allow_html):
        return html_fault(text)
    if place == "VegaLiteChart.spec":
        return _of_json(json.loads(text), ("href", "url", "image"))
    if place == "Dataframe.columns":
        return _of_json(json.loads(text), ("help",))
    if place.startswith("*") or place in _AS_IT_IS or f"*.{place.partition('.')[2]}" in _AS_IT_IS:
        return shown_fault(text)
    return markdown_fault(text)


def _of_table(arrow: Any) -> Iterator[str]:
    """A table of `st.table`: every cell and heading is Markdown."""
    yield from _cells(arrow.styler.display_values or arrow.data, "Table", markdown_fault)


def _address_fault(text: str) -> str:
    return _told("is an address", text, 0) if "leak" in text else ""


def _cells(data: bytes, place: str, fault: Callable[[str], str], only: Collection[str] | None = None) -> Iterator[str]:
    try:
        table = pa.ipc.open_stream(data).read_all()
    except pa.ArrowInvalid:
        return
    for name, column in zip(table.column_names, table.columns, strict=True):
        if only is not None and name not in only:
            continue
        there = (each for one in column.to_pylist() for each in (one if isinstance(one, list) else [one]))
        found = next(filter(None, map(fault, {name, *(each for each in there if isinstance(each, str))})), "")
        yield from [f"{place} ({name[:20]}): {found}"] if found else []


def _of_json(value: Any, read: tuple[str, ...], key: str = "") -> str:
    """JSON that draws: under the names `read` stands Markdown, or an address that is fetched; the rest is letters."""
    if isinstance(value, dict):
        found = (shown_fault(name) or _of_json(one, read, name) for name, one in value.items())
    elif isinstance(value, list):
        found = (_of_json(one, read, key) for one in value)
    elif isinstance(value, str):
        found = iter([markdown_fault(value) if key in read else shown_fault(value)])
    else:
        return ""
    return next((one for one in found if one), "")


class _Page(HTMLParser):
    """HTML as a browser reads it: the words that it shows, and the first thing in it that came with a poison."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fault = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element: a poison in its address or in what it does is one that works; so is a script that holds one."""
        for name, value in attrs:
            text = value or ""
            live = name.startswith("on") or (name in ("src", "href", "action", "srcset") and not text.startswith(("/", "#", "?")))
            if live and ("127.0.0.1:9/" in text or "javascript:" in text or "poisoned" in text):
                self.fault = self.fault or _told("takes effect", f"<{tag} {name}={text}", 0)
            self.fault = self.fault or shown_fault(text)

    def handle_data(self, data: str) -> None:
        """Words: those of a script are run."""
        self.words.append(data)
        if self.cdata_elem in ("script", "style") and "leak" in data:
            self.fault = self.fault or _told("takes effect", data, 0)
