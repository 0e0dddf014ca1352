"""One trainer: what they teach, what they can give, how they were rated, when they are away; and changing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core import clock
from core.access.actor import Actor
from core.delivery.calendar.service import YearCalendar
from core.delivery.faculty import editing
from core.delivery.faculty.availability import availability
from core.delivery.faculty.facts import LONGEST_ABOUT, LONGEST_SOURCE, MOST_RATERS, MOST_SCALE, RatingFacts, Seen
from core.delivery.faculty.faculty import Rating, TrainerView
from core.delivery.faculty.service import Choices, Detail
from core.people.courses.course import Ability
from pages.delivery.parts.spans import away_list, span_form
from pages.delivery.parts.trainer_form import trainer_form
from pages.delivery.parts.trainer_words import kind, money, place, roles
from pages.settings.parts.wish import Wish
from pages.shared.text import _, literal, sample_mark


def trainer_panel(
    detail: Detail, abilities: Mapping[int, Ability], choices: Choices | None, year: YearCalendar | None, may_edit: bool
) -> Wish | None:
    """Everything about the chosen trainer; what the reader wants changed."""
    one = detail.trainer
    wish = None
    with st.container(border=True):
        st.subheader(literal(one.name) + sample_mark(one.sample), anchor=False)
        _facts(one)
        _skills(one, abilities)
        _load(one, year)
        if may_edit:
            wish = _ratings(one, detail.ratings, abilities)
        wish = _absences(detail, year, may_edit) or wish
        if not may_edit or choices is None:
            return None
        wish = _archiving(one) or wish
        with st.expander(_("修改"), icon=":material/edit:"):
            return trainer_form(one, abilities, choices) or wish


def _facts(one: TrainerView) -> None:
    badges = [kind(one), place(one), *([one.post] if one.post else []), *([roles(one.roles)] if one.roles else [])]
    st.markdown(" ".join(f":gray-badge[{literal(badge)}]" for badge in badges))
    if one.left:
        st.warning(_("花名册里这个人已经离职，不再参与排课。"), icon=":material/person_off:")
    if one.role_reason:
        st.caption(_("例外理由：{reason}", reason=literal(one.role_reason)))
    if one.note:
        st.markdown(literal(one.note))


def _skills(one: TrainerView, abilities: Mapping[int, Ability]) -> None:
    """What they teach, with the level that was entered beside the one that was measured."""
    known = [skill for skill in one.skills if skill.competency_id in abilities]
    if not known:
        st.caption(_("还没有写授课能力，排课时不会推荐。"))
        return
    headings = [_("能力"), _("授课等级"), _("本人测评"), _("这项能力的评分"), _("列入授课")]
    rows = [
        [
            abilities[skill.competency_id].name,
            f"L{skill.by_hand}" if skill.by_hand else None,
            f"L{skill.measured:.1f}" if skill.measured is not None else None,
            round(skill.rating, 1) if skill.rating is not None else None,
            _("是") if skill.listed else _("否"),
        ]
        for skill in sorted(known, key=lambda skill: (not skill.listed, -(skill.level or 0)))
    ]
    st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True, height="content", placeholder="—", alt=_("授课能力"))
    st.caption(_("排课用授课等级；没有填的用本人测评（24 个月内每个来源最近一次的平均，有效的证书也算）。"))


def _load(one: TrainerView, year: YearCalendar | None) -> None:
    """What they can give in the year of the chosen plan, with how it is computed."""
    limits = _("每半天 {cost}", cost=money(one.cost_per_slot))
    if year is None:
        st.markdown(limits)
        return
    found = availability(year.days, one.absences, one.max_slots_per_month, one.max_slots_per_year)
    month = _("每月最多 {n} 个", n=one.max_slots_per_month) if one.max_slots_per_month is not None else _("每月不限")
    whole = _("全年最多 {n} 个", n=one.max_slots_per_year) if one.max_slots_per_year is not None else _("全年不限")
    st.markdown(f"**{_('{year} 年可授课 {n} 个半天', year=str(year.year), n=found.year)}**　{limits}")
    st.caption(
        _(
            "可排半天 {working} − 不可用 {away}，再按月、按年取上限：{month}，{whole}。",
            working=found.working,
            away=found.away,
            month=month,
            whole=whole,
        )
    )


def _ratings(one: TrainerView, ratings: Sequence[Rating], abilities: Mapping[int, Ability]) -> Wish | None:
    title = _("评分")
    if one.rating is not None:
        title = _("评分 {rating}（{n} 人次）", rating=f"{one.rating:.1f}", n=one.raters)
    with st.expander(title, icon=":material/star:"):
        st.caption(_("折成百分制后按人数加权平均。只有能排课的人看得到评分。"))
        wish = None
        for given in ratings:
            with st.container(horizontal=True, vertical_alignment="center"):
                when = given.rated_on.isoformat() if given.rated_on else "—"
                shown = _("{score} / {scale}，{n} 人", score=f"{given.score:g}", scale=f"{given.scale_max:g}", n=given.n)
                st.markdown(f"{literal(given.about)}　**{shown}**　:gray[{when} {literal(given.source)}]", width="stretch")
                if st.button(_("删除"), key=f"rating_drop_{given.id}", type="tertiary", icon=":material/delete:"):
                    wish = _dropped(given)
        return _rating_form(one, abilities) or wish


def _dropped(given: Rating) -> Wish:
    return Wish(_("已删除"), lambda db, actor: editing.remove_rating(db, actor, Seen(given.id, given.version)))


def _rating_form(one: TrainerView, abilities: Mapping[int, Ability]) -> Wish | None:
    with st.form(f"rating_{one.id}", border=False, clear_on_submit=True):
        first, second, third, fourth = st.columns([3, 1, 1, 1])
        about = first.text_input(_("哪次课"), max_chars=LONGEST_ABOUT, placeholder=_("例如：需求挖掘四步法，第一期"))
        score = second.number_input(_("得分"), 0.0, MOST_SCALE, None, placeholder="92")
        scale = third.number_input(_("满分"), 1.0, MOST_SCALE, 100.0)
        raters = fourth.number_input(_("评分人数"), 1, MOST_RATERS, 1)
        left, middle, right = st.columns(3)
        day = left.date_input(_("日期"), None, format="YYYY-MM-DD", max_value=clock.today())
        source = middle.text_input(_("来源"), max_chars=LONGEST_SOURCE, placeholder=_("例如：课后问卷"))
        ids = [skill.competency_id for skill in one.taught if skill.competency_id in abilities]
        competency = right.selectbox(_("对应能力"), ids, None, format_func=lambda it: abilities[it].name, placeholder=_("不选就不限"))
        if not st.form_submit_button(_("登记评分")):
            return None
    if score is None:
        st.error(_("请填写得分。"))
        return None
    facts = RatingFacts(about, score, scale, raters, day if isinstance(day, date) else None, source, competency)

    def act(db: Any, actor: Actor) -> None:
        editing.add_rating(db, actor, one.id, facts)

    return Wish(_("已登记"), act)


def _absences(detail: Detail, year: YearCalendar | None, may_edit: bool) -> Wish | None:
    one = detail.trainer
    with st.expander(_("不可用时间（{n}）", n=len(detail.absences)), icon=":material/event_busy:"):
        if not detail.absences:
            st.caption(_("没有登记不可用时间。"))
        gone = away_list(detail.absences, may_edit, f"trainer_away_{one.id}")
        if gone is not None:
            return Wish(_("已删除"), lambda db, actor: editing.remove_absence(db, actor, Seen(gone.id, gone.version)))
        span = span_form(f"trainer_away_{one.id}", year.year if year else clock.today().year) if may_edit else None

    def act(db: Any, actor: Actor) -> None:
        assert span is not None
        editing.add_absence(db, actor, one.id, span)

    return Wish(_("已登记"), act) if span is not None else None


def _archiving(one: TrainerView) -> Wish | None:
    seen = Seen(one.id, one.version)
    if one.archived:
        if st.button(_("取回"), icon=":material/undo:", key=f"trainer_unarchive_{one.id}"):
            return Wish(_("已取回"), lambda db, actor: editing.archive_trainer(db, actor, seen, archived=False))
        return None
    help_ = _("归档后不再参与排课；以前的课次和评分都保留，可以取回。")
    if st.button(_("归档"), icon=":material/inventory_2:", key=f"trainer_archive_{one.id}", help=help_):
        return Wish(_("已归档"), lambda db, actor: editing.archive_trainer(db, actor, seen, archived=True))
    return None
