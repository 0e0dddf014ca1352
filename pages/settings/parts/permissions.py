"""Pieces of the page of permissions: the matrix, the pages, the shared links, the accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from core.access.actor import RIGHT_NAMES, RIGHTS, ROLE_NAMES, Actor, Right, Role
from core.access.audit import record
from core.privacy.matrix import EXTENT_NAMES, Extent, Holder, as_workbook
from core.shares.terms import SHARED_PAGE_NAMES
from pages.shared import state
from pages.shared.database import acting
from pages.shared.device import on_phone
from pages.shared.sitemap import PAGES
from pages.shared.text import _, joined, literal

_ROW, _HEADER = 36, 40


def rights_table(matrix: Mapping[Right, Mapping[Role, Extent]], own: Collection[Role]) -> None:
    """Every right by role; the reader's own roles are marked."""
    st.subheader(_("能做什么"), anchor=False)
    st.caption(_("本表由系统执行时查的规则直接生成，不是另写的说明。一个人有几个角色时，能做其中任何一个角色能做的事。★ 是您的角色。"))
    shown = _shown_roles("rights", own)
    rows = {
        _(RIGHT_NAMES[right].text): {_heading(role, own): _(EXTENT_NAMES[of_roles[role]].text) for role in shown}
        for right, of_roles in matrix.items()
    }
    _table(rows, _("权限"), _("权限一览"))


def page_roles() -> dict[str, frozenset[Role]]:
    """Who may open each page, by title."""
    return {_(spec.title.text): frozenset(Role) if spec.right is None else RIGHTS[spec.right] for spec in PAGES.values()}


def pages_table(pages: Mapping[str, frozenset[Role]], own: Collection[Role]) -> None:
    """Every page by role."""
    with st.expander(_("能打开哪些页面"), icon=":material/web:"):
        yes, no = _(EXTENT_NAMES[Extent.FULL].text), _(EXTENT_NAMES[Extent.NONE].text)
        shown = _shown_roles("pages", own)
        rows = {title: {_heading(role, own): yes if role in who else no for role in shown} for title, who in pages.items()}
        _table(rows, _("页面"), _("各角色能打开的页面"))


def shared_list() -> None:
    """What can be read by a link without an account."""
    with st.expander(_("没有账号的人能看到什么"), icon=":material/share:"):
        names = joined(_(name.text) for name in SHARED_PAGE_NAMES.values())
        st.markdown(
            _(
                "只有拿到共享链接的人，只能看链接指定的那一页：{names}。看不到人员姓名和评语，少于 5 人的汇总不显示，不能改动任何内容。",
                names=names,
            )
        )


def accounts_table(everybody: Sequence[Holder]) -> None:
    """Who has which roles, and whose units."""
    st.subheader(_("谁有这些角色"), anchor=False)
    rows = [
        {
            _("姓名"): one.name,
            _("登录名"): one.login,
            _("角色"): joined(_(ROLE_NAMES[role].text) for role in Role if role in one.roles),
            _("所管机构"): joined(one.units),
            _("状态"): _("启用") if one.enabled else _("已停用"),
        }
        for one in everybody
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="—", alt=_("账号、角色和所管机构"))


def matrix_export(actor: Actor, pages: Mapping[str, frozenset[Role]]) -> None:
    """The matrix as a file, for an auditor."""

    def content() -> bytes:
        with acting(rerun=False) as db:
            record(db, actor, "permissions_exported", "permissions")
        return as_workbook(pages, state.language())

    st.download_button(
        _("导出 Excel"),
        data=content,
        file_name="permissions.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="permissions_export",
    )


def _shown_roles(key: str, own: Collection[Role]) -> list[Role]:
    """All roles beside each other; on a phone, where only the first would be seen, the one that the reader chooses."""
    if not on_phone():
        return list(Role)
    first = next((role for role in Role if role in own), Role.HR_LEADER)
    chosen = st.selectbox(
        _("看哪个角色"), list(Role), index=list(Role).index(first), format_func=lambda role: _heading(role, own), key=f"{key}_of_role"
    )
    return [chosen or first]


def _heading(role: Role, own: Collection[Role]) -> str:
    name = _(ROLE_NAMES[role].text)
    return f"★ {name}" if role in own else name


def _table(rows: Mapping[str, Mapping[str, str]], first: str, alt: str) -> None:
    data = pd.DataFrame([{first: name, **cells} for name, cells in rows.items()])
    if on_phone():
        # As text that wraps: a grid would cut what a right is called.
        said = [f"| {literal(head)} " for head in data.columns]
        lines = ["".join(said) + "|", "|---" * len(said) + "|"]
        lines += ["".join(f"| {literal(str(cell))} " for cell in row) + "|" for row in data.itertuples(index=False)]
        st.markdown("\n".join(lines))
        return
    st.dataframe(data, hide_index=True, height=_HEADER + _ROW * len(rows), alt=alt)
