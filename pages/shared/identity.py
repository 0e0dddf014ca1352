"""Who looks at the page, and the ways in and out that Streamlit itself has to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.access import service as access
from core.access.present import Present
from core.errors import CexunError
from core.instance import instance
from core.shares import service as shares
from core.shares.service import Guest
from core.web.faults import note_fault
from core.web.share import SHARED
from pages.shared.database import reading
from pages.shared.sitemap import PAGES
from pages.shared.text import _, literal

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


def present() -> Present | None:
    """The person of this page, asked of the database anew at each call: a sign-in that was revoked ends here.

    The headers come from `core.web.identity`, which lets no client write them.
    """
    caller = st.user.to_dict()
    account, sign_in = str(caller.get("account") or ""), str(caller.get("sign_in") or "")
    if not (account.isdecimal() and sign_in.isdecimal()):
        return None
    with reading() as db:
        return access.present(db, int(account), int(sign_in), _address())


def guest() -> Guest | None:
    """Who came by a shared link, asked of the database anew at each call: a link that was revoked or has expired ends here."""
    link = str(st.user.to_dict().get("share") or "")
    if not link.isdecimal() or not instance().settings.shares:
        return None
    with reading() as db:
        return shares.guest(db, int(link), _address())


def present_as_guest() -> Present | None:
    """The guest of a shared link as the pages know people: on the link's plan, in no language of their own."""
    found = guest()
    return None if found is None else Present(found.actor, "", found.plan_id, None)


def link_gone() -> None:
    """What a shared page shows once its link opens nothing any more."""
    st.title(_("链接无效"), anchor=False)
    st.write(_("这个共享链接不存在、已作废或已过期。请向发给您的人要一个新的链接。"))


def sign_out() -> None:
    """End this sign-in and leave.

    The next thing on the screen is the sign-in page. For `st.button(…, on_click=sign_out)`.
    """
    person = present()
    if person is not None:
        with instance().database.writing() as db:
            access.sign_out(db, person)
    st.logout()


def sign_out_address() -> str:
    """Where a plain link can lead that offers to sign out."""
    return "/sign-out"


def signed_out() -> None:
    """What a page shows to somebody who is not present: a way in, and nothing else."""
    st.title(_("请先登录"))
    st.write(_("您还没有登录，或者登录已经结束。"))
    if instance().settings.has_oidc:
        sso_button()
    st.link_button(_("前往登录页"), "/sign-in")


def signed_out_pages() -> list[StreamlitPage]:
    """For the router, when nobody is present.

    Every address leads to `signed_out`, so that none is reported as missing; that of shared links says that theirs opens nothing.
    """
    ways_in = [st.Page(signed_out, title=_("登录"), url_path=spec.url_path or None, default=not spec.url_path) for spec in PAGES.values()]
    # Whoever reads a shared page has no account to sign in with: to them their link has ended.
    return [*ways_in, st.Page(link_gone, title=_("链接无效"), url_path=SHARED.strip("/"), visibility="hidden")]


def sso_button() -> None:
    """The way in by the bank's own sign-in.

    For somebody whom the bank knows but who has no account here, a sentence that says so.
    """
    label = instance().settings.oidc_label or _("使用行内统一身份登录")
    if "is_logged_in" in st.user and st.user.is_logged_in:
        st.error(_("{person} 在本系统没有可用的账户。请联系人力资源负责人或系统管理员开通。", person=_bank_name()))
        st.button(_("换一个账户"), on_click=st.logout)
    else:
        st.button(label, type="primary", on_click=st.login)


def show_fault(fault: Exception) -> bool:
    """Say calmly that something went wrong; a fault is logged under a number, an expected refusal is only shown."""
    if isinstance(fault, CexunError):
        st.error(literal(_(fault.message)))
    else:
        number = note_fault(fault)
        st.error(
            _(
                "页面出了问题，已记录为 {number}。您的数据没有受影响；请刷新页面，若仍出现请告诉系统管理员。",
                number=number,
            )
        )
    return True


def _address() -> str:
    """Where the person comes from, for the log. Streamlit tells none of who sits at the server itself."""
    return st.context.ip_address or "localhost"


def _bank_name() -> str:
    return literal(str(st.user.get("email") or st.user.get("name") or _("您")))
