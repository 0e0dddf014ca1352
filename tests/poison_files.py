"""What a poison (tests/poisoned.py) would do in a file that people take away."""

from __future__ import annotations

import csv
import io
import re
import zipfile

from lxml import etree

from tests.poison_seen import html_fault, shown_fault
from tests.poisoned import LISTENER

_OFFICE = ("xlsx", "docx", "pptx")
TEXT_ENDINGS = (*_OFFICE, "csv", "svg", "html", "ics")
_DOES = ("script", "foreignObject", "image", "iframe", "a")


def file_fault(name: str, content: bytes) -> str:
    """What is wrong with a file of this name; nothing where words are but words in it."""
    ending = name.rpartition(".")[2]
    if ending in _OFFICE:
        return _office(content)
    text = content.decode("utf-8-sig")
    if ending == "csv":
        return next((f"formula: {cell[:60]}" for row in csv.reader(io.StringIO(text)) for cell in row if _begins_a_formula(cell)), "")
    if ending == "svg":
        return _drawing(content)
    if ending == "ics":
        # What does not go on from the line before is a property: nobody's words may begin one.
        return next((line for line in text.splitlines() if re.match(r"(URL|ATTACH|IMAGE)\b|<", line)), "")
    return html_fault(text)


def _begins_a_formula(cell: str) -> bool:
    return cell[:1] in ("=", "@", "\t") or (cell[:1] in ("+", "-") and any(one.isalpha() for one in cell))


def _office(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                found = _part(etree.fromstring(archive.read(name)))
                if found:
                    return f"{name}: {found}"
    return ""


def _part(root: etree._Element) -> str:
    """A part of an Office file: no formula, field or address may hold a poison."""
    for one in root.iter(etree.Element):
        kind, text = etree.QName(one).localname, one.text or ""
        if kind in ("f", "instrText") and "poisoned" in text:
            return f"formula or field: {text[:80]}"
        if kind == "Relationship" and one.get("TargetMode") == "External" and LISTENER in (one.get("Target") or ""):
            return f"address: {one.get('Target')}"
        found = shown_fault(text)
        if found:
            return found
    return ""


def _drawing(content: bytes) -> str:
    for one in etree.fromstring(content).iter(etree.Element):
        kind = etree.QName(one).localname
        told = {etree.QName(name).localname: str(value) for name, value in one.attrib.items()}
        if kind in _DOES and LISTENER in " ".join([one.text or "", *told.values()]):
            return f"<{kind}>: {told}"
        if any(name.startswith("on") for name in told):
            return f"<{kind}> does something: {told}"
        found = shown_fault(one.text or "")
        if found:
            return found
    return ""
