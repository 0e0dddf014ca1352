"""What a person reads on a page."""

from __future__ import annotations

import time
from typing import Any

from streamlit.testing.v1 import AppTest


def words(at: AppTest) -> str:
    """Everything that stands on the page, sidebar included, without what Markdown escapes."""
    assert not at.exception, [one.message for one in at.exception]
    found: list[str] = []
    _gather(at._tree, found)
    return "\n".join(found).replace("\\", "").replace("\u2060", "")


def labels(at: AppTest, kind: str) -> list[str]:
    """The labels of the page's widgets of a kind: `labels(at, "button")`."""
    return [str(one.label).replace("\\", "") for one in at.get(kind)]


def press(at: AppTest, label: str) -> AppTest:
    """Press the first button with this label."""
    next(one for one in at.button if one.label == label).click()
    return at.run()


def imported(at: AppTest, label: str) -> None:
    """Press a button that takes a file's people or courses in, and look until they are in, as a browser does by itself."""
    press(at, label)
    while "正在导入" in words(at):
        time.sleep(0.05)
        at.run()


def _gather(node: Any, found: list[str]) -> None:
    if hasattr(node, "proto"):
        for name in ("body", "label", "value", "placeholder", "help", "text"):
            text = getattr(node.proto, name, "")
            if isinstance(text, str) and text:
                found.append(text)
    for child in (getattr(node, "children", None) or {}).values():
        _gather(child, found)
