"""What the page of menus says while there is nothing to make one of."""

from __future__ import annotations

from pages.shared.page import empty
from pages.shared.text import _


def nothing_yet(units: bool, *, may_edit: bool) -> None:
    """No unit that the reader may see, or no catalogue."""
    icon = ":material/restaurant_menu:" if not units else ":material/menu_book:"
    if not units and may_edit:
        said = _("补能菜单按岗位要求和测评，告诉每个人、每个机构先补什么。先导入员工名单、岗位能力矩阵和测评。")
        empty(said, icon=icon, to="people", label=_("去导入"))
    elif not units:
        empty(_("补能菜单按岗位要求和测评，告诉每个人、每个机构先补什么。还没有机构归您负责，请联系人力资源。"), icon=icon)
    elif may_edit:
        empty(_("课程目录还是空的，没有条目可以推荐。"), icon=icon, to="catalogue", label=_("打开课程目录"))
    else:
        empty(_("课程目录还是空的，没有条目可以推荐。请联系人力资源。"), icon=icon)
