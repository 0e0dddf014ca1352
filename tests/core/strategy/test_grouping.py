"""Which accepted findings make a theme, and why."""

from __future__ import annotations

from dataclasses import replace

from core.strategy.findings import FindingKind, Perspective
from core.strategy.themes.grouping import Reason, majority, suggest, suggested_name
from core.strategy.themes.outline import Detail, Item

RETAIL, RISK = ("第三章 战略重点", "一、零售转型"), ("第三章 战略重点", "二、风险合规")


def item(
    number: int,
    text: str,
    kind: FindingKind = FindingKind.TASK,
    heading: tuple[str, ...] = (),
    document: int = 1,
    perspective: Perspective | None = None,
) -> Item:
    return Item(number, document, number * 100, kind, text, heading, perspective)


def theme(number: int, text: str, heading: tuple[str, ...] = (), document: int = 1, perspective: Perspective | None = None) -> Item:
    return item(number, text, FindingKind.THEME, heading, document, perspective)


FINDINGS = [
    theme(1, "以零售转型为主体，做深财富客户经营", RETAIL, perspective=Perspective.CUSTOMER),
    item(2, "零售AUM年均增长15%以上", FindingKind.TARGET, RETAIL, perspective=Perspective.FINANCIAL),
    item(3, "建立财富客户分层经营机制", heading=(*RETAIL, "（一）客户经营"), perspective=Perspective.CUSTOMER),
    theme(4, "守住风险合规底线", RISK, perspective=Perspective.PROCESS),
    item(5, "预警信号5个工作日内核查", heading=RISK),
    item(6, "做深财富客户经营，提升财富客户留存", document=2),
    item(7, "食堂改造于年底前完成", document=2),
]


def test_a_theme_finding_gathers_what_stands_in_its_section() -> None:
    retail, risk = suggest(FINDINGS).groups
    assert [(one.item_id, one.reason) for one in retail.members[:3]] == [(1, Reason.SEED), (2, Reason.SECTION), (3, Reason.SECTION)]
    assert [(one.item_id, one.reason) for one in risk.members] == [(4, Reason.SEED), (5, Reason.SECTION)]


def test_what_stands_elsewhere_joins_by_its_words_and_says_how_alike_they_are() -> None:
    joined = suggest(FINDINGS).groups[0].members[-1]
    assert (joined.item_id, joined.reason) == (6, Reason.WORDS)
    assert joined.score is not None and 0.2 < joined.score < 1


def test_what_fits_nowhere_stays_ungrouped() -> None:
    assert suggest(FINDINGS).ungrouped == (7,)
    assert suggest([item(1, "建立客户分层经营机制")]).groups == ()
    assert suggest([]).groups == ()


def test_the_order_of_the_findings_changes_nothing() -> None:
    assert suggest(FINDINGS) == suggest(FINDINGS[::-1])


def test_a_section_of_the_same_name_in_another_document_is_another_section() -> None:
    found = suggest([theme(1, "守住风险合规底线", RISK), item(2, "食堂改造年底完成", heading=RISK, document=2)])
    assert found.ungrouped == (2,)


def test_a_heading_that_is_a_theme_gathers_what_stands_under_it() -> None:
    found = suggest(
        [
            theme(1, "零售转型", ("战略重点",)),
            theme(2, "数字赋能", ("战略重点",)),
            item(3, "推广工具", heading=("战略重点", "二、数字赋能")),
        ]
    )
    assert [one.item_id for one in found.groups[1].members] == [2, 3]


def test_where_several_themes_share_a_section_its_subsections_are_nobody_s() -> None:
    seeds = [theme(1, "零售转型", ("战略重点",)), theme(2, "数字赋能", ("战略重点",))]
    assert suggest([*seeds, item(3, "食堂改造", heading=("战略重点", "后勤"))]).ungrouped == (3,)
    assert suggest([seeds[0], item(3, "食堂改造", heading=("战略重点", "后勤"))]).ungrouped == ()


def test_two_documents_that_state_the_same_theme_make_one() -> None:
    found = suggest([theme(1, "以零售转型为主体"), theme(2, "以零售转型为主体。", document=2)])
    assert len(found.groups) == 1 and found.groups[0].members[1].reason is Reason.WORDS


def test_what_a_theme_of_the_plan_holds_stays_and_only_newcomers_are_suggested() -> None:
    found = suggest(FINDINGS, held={9: [1, 5]})
    grown = next(group for group in found.groups if group.theme_id == 9)
    assert not {1, 5} & {one.item_id for group in found.groups for one in group.members}
    assert {2, 3} <= {one.item_id for one in grown.members}
    assert suggest(FINDINGS[:3], held={9: [1, 2, 3]}).groups == ()


def test_an_empty_theme_of_the_plan_is_left_alone() -> None:
    assert {group.theme_id for group in suggest(FINDINGS, held={9: []}).groups} == {None}


def test_a_group_takes_the_perspective_that_most_of_its_findings_name() -> None:
    assert suggest(FINDINGS).groups[0].perspective is Perspective.CUSTOMER
    assert majority([None, None]) is Perspective.PROCESS
    assert majority([Perspective.LEARNING, Perspective.FINANCIAL]) is Perspective.LEARNING


def test_a_name_is_short_enough_for_a_box_of_the_map() -> None:
    assert suggested_name("以零售转型为主体。同时推进数字化") == "以零售转型为主体"
    for numbered in ("三、零售转型", "（二）零售转型", "第一章 零售转型", "4.2 零售转型", "1. 零售转型"):
        assert suggested_name(numbered) == "零售转型"
    assert suggested_name("三大客群经营") == "三大客群经营" and suggested_name("100个网点转型") == "100个网点转型"
    long = "坚持以客户价值创造为中心，" + "以零售转型为主体以数字化转型和风险合规为两翼" * 3
    assert suggested_name(long) == "坚持以客户价值创造为中心"
    assert len(suggested_name("转型" * 60)) == 40


def test_many_findings_are_grouped_at_once() -> None:
    many = [theme(i, f"主题{i * 7919 % 10007}号：推进第{i}类业务转型", ("总则", f"第{i}节")) for i in range(1, 60)]
    many += [item(100 + i, f"完成第{i % 59 + 1}类业务的任务{i}", heading=("总则", f"第{i % 59 + 1}节")) for i in range(1500)]
    found = suggest(many)
    assert len(found.groups) == 59 and not found.ungrouped


CHAPTERS = [
    theme(1, "第三章 零售转型"),
    theme(2, "一、扩大客群", ("第三章 零售转型",)),
    item(3, "零售客户净增30万户", FindingKind.TARGET, ("第三章 零售转型", "一、扩大客群")),
    item(4, "建立代发客户名单", heading=("第三章 零售转型", "一、扩大客群")),
    item(5, "财富客户分层经营，开展资产配置检视", heading=("第三章 零售转型", "二、财富管理")),
    theme(6, "第四章 风险合规"),
    item(7, "不良贷款率控制在1.2%以内", FindingKind.TARGET, ("第四章 风险合规", "一、信用风险")),
    item(8, "预警信号5个工作日内核查", heading=("第四章 风险合规", "一、信用风险")),
]


def test_outermost_headings_make_themes_and_finer_ones_do_when_asked_for() -> None:
    coarse, fine = suggest(CHAPTERS), suggest(CHAPTERS, detail=Detail.SECTIONS)
    assert [group.name for group in coarse.groups] == ["零售转型", "风险合规"] and not coarse.ungrouped
    assert [one.item_id for one in coarse.groups[0].members] == [1, 2, 3, 4, 5]
    assert [group.name for group in fine.groups] == ["扩大客群", "风险合规"]
    assert [one.item_id for one in fine.groups[0].members] == [2, 3, 4]


def test_a_title_over_everything_is_no_theme() -> None:
    title = "海州银行发展战略"
    inner = [replace(one, heading=(title, *one.heading)) for one in CHAPTERS]
    assert [group.name for group in suggest([theme(0, title), *inner]).groups] == ["零售转型", "风险合规"]


def test_a_section_of_another_document_joins_the_theme_it_reads_like_as_a_whole() -> None:
    there = ("三、重点工作", "（二）守住底线")
    talk = [item(11, "不良贷款率继续下降", heading=there, document=2), item(12, "考核与食堂挂钩", heading=there, document=2)]
    risk = suggest([*CHAPTERS, *talk]).groups[1]
    joined = {one.item_id: one.reason for one in risk.members}
    assert joined[11] is Reason.ALIKE_SECTION and joined[12] is Reason.ALIKE_SECTION


def test_a_section_that_reads_like_two_themes_joins_neither() -> None:
    there = ("重点工作",)
    mixed = [item(20 + one.id, one.text, heading=there, document=2) for one in CHAPTERS if one.kind is not FindingKind.THEME]
    reasons = {one.item_id: one.reason for group in suggest([*CHAPTERS, *mixed]).groups for one in group.members}
    assert Reason.ALIKE_SECTION not in reasons.values()


def test_only_a_leading_document_founds_themes_unless_there_is_none() -> None:
    canteen = [theme(21, "后勤保障", document=2), *(item(22 + n, f"食堂改造第{n}期", heading=("后勤保障",), document=2) for n in range(3))]
    report = [replace(one, leading=False) for one in canteen]
    assert [group.name for group in suggest([*CHAPTERS, *canteen]).groups] == ["零售转型", "风险合规", "后勤保障"]
    assert [group.name for group in suggest([*CHAPTERS, *report]).groups] == ["零售转型", "风险合规"]
    assert [group.name for group in suggest(report).groups] == ["后勤保障"]


LETTER = [
    theme(1, "第一件事：把客户留下来", perspective=Perspective.CUSTOMER),
    item(2, "新客户首年流失率降到15%", FindingKind.TARGET, ("第一件事：把客户留下来",)),
    item(3, "前九十天里完成三次走访", heading=("第一件事：把客户留下来",)),
    theme(4, "第二件事：守住底线"),
    item(5, "不良率控制在1.3%以内", FindingKind.TARGET, ("第二件事：守住底线",)),
    item(6, "第三件事：养人", FindingKind.CAPABILITY),
    item(7, "人均投入不低于4,000元", FindingKind.TARGET, ("第三件事：养人",)),
    item(8, "支行行长学会带教", FindingKind.CAPABILITY, ("第三件事：养人",)),
    *(item(9 + n, f"第{n}项指标", FindingKind.TARGET, ("几项数字",)) for n in range(3)),
    *(item(12 + n, f"报送方案{n}", heading=("工作要求",)) for n in range(3)),
]


def test_what_stands_beside_the_chapters_is_one_too() -> None:
    made = suggest(LETTER)
    assert [group.name for group in made.groups] == ["把客户留下来", "守住底线", "养人"]
    assert {one.item_id: one.reason for one in made.groups[2].members} == dict.fromkeys((6, 7, 8), Reason.HEADING)
    # Figures alone, and a section that only names a part of the document, give no direction.
    assert set(made.ungrouped) == {9, 10, 11, 12, 13, 14}


def test_a_document_whose_headings_are_all_bare_still_gives_themes() -> None:
    bare = [
        item(n, f"{word}{n}", heading=("致同仁的信", field)) for n, (field, word) in enumerate([("渠道", "建网点"), ("队伍", "带徒弟")] * 3)
    ]
    assert [(group.name, len(group.members)) for group in suggest(bare).groups] == [("渠道", 3), ("队伍", 3)]


def test_what_numbers_a_heading_is_no_part_of_a_theme_s_name() -> None:
    for heading in ("第一件事：养人", "三、养人", "第三场仗：养人", "（三）养人", "Pillar 2: 养人"):
        assert suggested_name(heading) == "养人"
