"""What somebody sees at the address of a page that their roles do not open."""

from __future__ import annotations

from pages.shared.page import empty, header
from pages.shared.text import _


def not_allowed() -> None:
    """Say so, and offer the way home."""
    header(_("这个页面不对您开放"), _("您的角色没有打开它的权限。"))
    empty(_("如果工作需要，请联系人力资源负责人或系统管理员。"), icon=":material/lock:", to="home", label=_("回到首页"))
