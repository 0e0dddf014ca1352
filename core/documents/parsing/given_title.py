"""The title that a file carries inside, as far as somebody has given it one."""

from __future__ import annotations

import re

from core.documents.parsing.cleaning import one_line
from core.patterns import lazily

# What programs write by themselves: a name nobody has thought of, often with a number behind it.
_NOBODYS = lazily(
    r"(?:untitled|no title|title|无标题|未命名|未定名|新建|文档|文稿|演示文稿|工作簿|幻灯片"
    r"|document|doc|presentation|book|workbook|slide|sheet|spreadsheet"
    r"|(?:新建 ?)?(?:microsoft )?(?:word|excel|powerpoint|wps) ?(?:文档|演示文稿|幻灯片|工作表|文字|document|presentation|worksheet))"
    r"(?:[ _-]?(?:document|page|文档|演示文稿|幻灯片|工作簿|页))?[ _-]*[(\uff08]?\d*[)\uff09]?",
    re.IGNORECASE,
)
# “Microsoft Word - 要点.doc”: the program that printed it, and the name that the file had then.
_PRINTED = lazily(r"(?:microsoft (?:office )?(?:word|excel|powerpoint)|wps [\w ]+?|adobe \w+) ?[-–—] ", re.IGNORECASE)
_FILE = lazily(r"\.(?:docx?|dotx?|xlsx?|xlsm|pptx?|wps|et|dps|pdf|txt|rtf|html?|indd|cdr|ai|psd|tmp)$", re.IGNORECASE)


def given_title(written: str | None) -> str:
    """What is `written` as a file's title, on one line; "" where a program wrote it and not a person."""
    title = one_line(written or "")
    if _NOBODYS.fullmatch(title) or _PRINTED.match(title) or _FILE.search(title) or not any(map(str.isalpha, title)):
        return ""
    return title
