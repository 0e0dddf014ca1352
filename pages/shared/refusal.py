"""What somebody sees at the address of a page that their roles do not open, or of none."""

from __future__ import annotations

import streamlit as st

from core.web.lost import LOST
from pages.shared import state
from pages.shared.page import empty, header
from pages.shared.text import _


def not_allowed() -> None:
    """Say so, and offer the way home."""
    header(_("这个页面不对您开放"), _("您的角色没有打开它的权限。"))
    empty(_("如果工作需要，请联系人力资源负责人或系统管理员。"), icon=":material/lock:", to="home", label=_("回到首页"))


def lost() -> None:
    """Tell whoever came by an address without a page why they see the first one."""
    if state.asked(LOST):
        state.ask()
        st.warning(_("没有这个页面，地址可能写错了，或者页面已经改名。已为您打开首页。"), icon=":material/wrong_location:")
