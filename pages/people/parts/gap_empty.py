"""Why there are no gaps to see yet, and what to do about it."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor, Right
from core.people.gaps.naming import Ground
from pages.shared.page import empty
from pages.shared.text import _


def nothing_to_measure(ground: Ground, actor: Actor) -> bool:
    """Say what is missing; whether nothing more can be shown."""
    imports = {"to": "people", "label": _("去导入")} if actor.may(Right.READ_PEOPLE) else {}
    if ground.without_unit:
        empty(
            _("还没有机构归您负责，所以看不到任何人的数据。请联系人力资源负责人，在“人员与数据”页面把机构指定给您。"),
            icon=":material/domain:",
        )
        return True
    if not ground.required:
        text = _("还没有岗位能力矩阵：不知道每个岗位要求什么，就算不出短板。请在“人员与数据”页面导入“岗位能力矩阵”。")
        empty(text if imports else _no_right(), icon=":material/grid_on:", **imports)
        return True
    if not ground.assessed:
        text = _("岗位要求已经有了，还没有测评结果。请在“人员与数据”页面导入考核、面试或测评的得分。")
        empty(text if imports else _no_right(), icon=":material/assignment:", **imports)
        return True
    return False


def nobody_required() -> None:
    """What the page says where the filters leave nothing, or nobody has a post that requires anything."""
    st.info(_("这个范围里没有人的岗位有能力要求。请放宽筛选，或检查员工的岗位和岗位能力矩阵。"), icon=":material/filter_alt_off:")


def not_released() -> None:
    """What a reader of sums is told until the first sums are released."""
    st.info(_("汇总还没有发布：导入之后在后台准备，一般不到一分钟。请稍后刷新。"), icon=":material/hourglass:")


def _no_right() -> str:
    return _("还没有岗位要求或测评结果。人力资源负责人导入之后，这里会显示短板。")
