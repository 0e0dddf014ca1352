"""The sample branch's people on the page of people: what they are, and the way to one's own."""

from __future__ import annotations

import streamlit as st

from pages.shared.text import _


def sample_people(may_edit: bool) -> bool:
    """Say whose people these are, and that they go before one's own come in; whether the reader wants that."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(
            _(
                "这里的人员和测评都属于虚构的示例分行，姓名是拼成的，不是任何人的真实结果。要导入自己的名单，请先移除示例人员，两者不会混在一起。"
            ),
            width="stretch",
        )
        if not may_edit:
            return False
        with st.popover(_("移除示例人员"), icon=":material/delete_sweep:", type="tertiary"):
            st.markdown(
                _("示例的员工、机构、岗位、测评和岗位要求都会删除。示例文件和示例计划保留；在文件库页重新载入示例可以再次得到这些人员。")
            )
            return st.button(_("一键移除示例人员"), type="primary", key="sample_people_out")
