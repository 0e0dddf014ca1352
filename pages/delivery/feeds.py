"""The published timetable in people's own calendars."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.delivery.feeds import service as feeds
from core.delivery.timetable import publishing
from pages.delivery.parts.feeds import choose_about, choose_subject, edit_hours, made_address, new_address, standing, take
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _, moment

page_header("feeds")
actor, plan_id = chosen_plan()

with reading() as db:
    versions = publishing.versions(db, actor, plan_id)
plans = actor.may(Right.PLAN_DELIVERY)
if not versions:
    text = _("排期发布以后，这里可以把它放进 Outlook、手机和其他日历。")
    empty(text, icon=":material/event_available:", to="schedule" if plans else None, label=_("去排期"))
    st.stop()

about = choose_about()
with reading() as db:
    offered = feeds.choices(db, actor, plan_id, about)
    hours, hours_version = feeds.hours(db, actor, plan_id)
    open_now = feeds.feeds(db, actor, plan_id) if plans else []
st.caption(_("内容取自第 {number} 版排期，{when}发布。", number=versions[0].number, when=moment(versions[0].at)))

subject = choose_subject(about, offered)
if subject is None:
    st.info(_("已发布的排期里没有这类课次，或者没有您可以看的人。"))
else:
    take(actor, plan_id, subject)

if plans and subject is not None and (asked := new_address(subject)) is not None:
    with acting(rerun=False) as db:
        token = feeds.open_feed(db, actor, plan_id, subject, state.language(), asked.expires_on)
        state.put("feed_made", token)
    st.rerun()
if plans:
    made_address()
    if (closing := standing(open_now)) is not None:
        with acting(_("地址已作废，订阅它的日历从此读不到内容")) as db:
            feeds.revoke(db, actor, plan_id, closing)
    if (wanted := edit_hours(plan_id, hours, hours_version)) is not None:
        with acting(_("上课时间已保存")) as db:
            feeds.save_hours(db, actor, plan_id, wanted.version, wanted.value)
