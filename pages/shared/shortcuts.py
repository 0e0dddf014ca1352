"""Every key that does something: the buttons take their keys from this table, and the guide lists it."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import Message
from pages.shared import state
from pages.shared.device import on_phone

# The page on which a key works, where that is each.
EVERYWHERE = ""
# What this tab remembers of an open dialog: below one, keys would act on what nobody sees.
HELP_OPEN, DIALOG_OPEN = "help_open", "review_opening"


@dataclass(frozen=True)
class Shortcut:
    """A key, the page where it works and what it does there. `within`: it works in an open dialog, and only there."""

    page: str
    keys: str
    does: Message
    within: bool = False


SHORTCUTS: dict[str, Shortcut] = {
    "help": Shortcut(EVERYWHERE, "F1", Message("打开本页的用法和快捷键")),
    "next_finding": Shortcut("decode", "J", Message("下一条发现")),
    "previous_finding": Shortcut("decode", "K", Message("上一条发现")),
    "accept": Shortcut("decode", "A", Message("采纳这一条")),
    "reject": Shortcut("decode", "D", Message("不采纳这一条")),
    "reopen": Shortcut("decode", "P", Message("放回待确认")),
    "edit": Shortcut("decode", "E", Message("修改这一条")),
    "split": Shortcut("decode", "S", Message("拆分这一条")),
    "pick": Shortcut("decode", "X", Message("选中这一条，再按取消")),
    "accept_several": Shortcut("decode", "Shift+A", Message("采纳选中的各条")),
    "reject_several": Shortcut("decode", "Shift+D", Message("不采纳选中的各条")),
    "merge": Shortcut("decode", "M", Message("合并选中的各条")),
    "pick_none": Shortcut("decode", "Esc", Message("取消全部选中")),
    "undo_review": Shortcut("decode", "U", Message("撤销上一步操作")),
    "finish_dialog": Shortcut("decode", "Ctrl+Enter", Message("在修改、拆分、合并的窗口里确定"), within=True),
    "accept_idea": Shortcut("ideas", "A", Message("把这个想法采纳为项目")),
    "undo_ideas": Shortcut("ideas", "U", Message("撤销上一步操作")),
}


def key_of(name: str) -> str | None:
    """The key of a button, as Streamlit wants it: none on a phone, and none below an open dialog."""
    one = SHORTCUTS[name]
    if one.within:
        return one.keys
    return None if on_phone() or state.get(HELP_OPEN) or state.get(DIALOG_OPEN) else one.keys
