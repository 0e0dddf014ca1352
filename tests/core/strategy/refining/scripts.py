"""What a scripted model answers about a document: it finds the numbers in the prompt by the words that they stand for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.endpoint import Reply, Request, says

TEXT = """# 海城银行2027年工作计划

## 一、打造专业化队伍

组建跨境金融专家小组，覆盖全部一级支行。2027年客户经理持证上岗率不低于95%。厅堂里，客户等候不再烦躁。

## 二、深化零售转型

截至2026年末，零售存款余额318亿元，比上年增长8%。分层经营客户的做法已经在望海支行试过，效果很好。

| 指标 | 2026年实际 | 2027年 |
| --- | --- | --- |
| 绿色贷款余额（亿元） | 52 | 68 |
"""


def sentence(request: Request, words: str) -> str:
    """The number of the sentence that holds `words`."""
    found = re.search(rf"^(S\d+) \(.*?\): .*{re.escape(words)}", request.prompt, re.MULTILINE)
    assert found is not None, words
    return found[1]


def finding(request: Request, words: str, kind: str) -> str:
    """The number of the rules' finding of a kind in the sentence that holds `words`; of the one on `words` where it has several."""
    lines = request.prompt.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{sentence(request, words)} ("))
    below = []
    for line in lines[at + 1 :]:
        if not line.startswith("  F"):
            break
        below.append(line.strip())
    of_kind = [line for line in below if line.split(" = ")[1].startswith(kind)]
    exact = [line for line in of_kind if words in line]
    return (exact or of_kind)[0].split(" = ")[0]


def change(request: Request, words: str, was: str, **more: Any) -> dict[str, Any]:
    """A proposal about a finding of the rules."""
    return {"finding": finding(request, words, was), **more}


def missed(request: Request, words: str, kind: str, **more: Any) -> dict[str, Any]:
    """A proposal about a sentence."""
    return {"sentence": sentence(request, words), "kind": kind, **more}


def answer(*changes: dict[str, Any], added: list[dict[str, Any]] | None = None) -> str:
    """The model's whole answer."""
    return json.dumps({"changes": list(changes), "missed": added or []}, ensure_ascii=False)


def answering(write: Callable[[Request], str]) -> Callable[[Request], Reply]:
    """A script for the endpoint: `write` gives the answer to each request."""
    return lambda request: says(write(request), piece=200)


def nothing(_: Request) -> Reply:
    """The model agrees with everything."""
    return says(answer(), piece=200)
