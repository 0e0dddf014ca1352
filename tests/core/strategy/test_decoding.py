"""What the decoder finds and what it leaves: one rule a test, in words that no rule was written for."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.demo.build import build
from core.documents.parsed import ParsedDocument
from core.documents.parsing.__main__ import parse
from core.documents.parsing.progress import Progress
from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from core.strategy.findings import Decoding, Finding, FindingKind, Measure, Perspective


def parsed(folder: Path, text: str, name: str = "text.md") -> ParsedDocument:
    """A text as the parser sees it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return parse(path, name, Progress(100, lambda event: None))


def decoded(folder: Path, text: str, kind: DocumentKind = DocumentKind.HQ) -> Decoding:
    """What the rules make of a text, which stands under the title of a plan for three years."""
    return decode(parsed(folder, f"# 海城银行2027—2029年发展规划\n\n{text}\n"), kind)


def measures(made: Decoding) -> list[Measure]:
    """The measures of the targets found."""
    return [finding.measure for finding in made.findings if finding.measure is not None]


def of_kind(made: Decoding, kind: FindingKind) -> list[Finding]:
    """The findings of one kind."""
    return [finding for finding in made.findings if finding.kind is kind]


@pytest.mark.parametrize(
    ("sentence", "metric", "operator", "value", "unit", "deadline"),
    [
        ("到2029年末，手机银行月活客户达到320万户。", "手机银行月活客户", ">=", 3_200_000, "户", "2029-12-31"),
        ("2028年，柜面业务平均办理时长不超过6分钟。", "柜面业务平均办理时长", "<=", 6, "分钟", "2028-12-31"),
        ("2027年零售存款新增45亿元。", "零售存款", "+", 45, "亿元", "2027-12-31"),
        ("2027年客户流失率下降2.5个百分点。", "客户流失率", "-", 2.5, "个百分点", "2027-12-31"),
        ("2027年6月底前，网点服务评价优良率不低于百分之九十二。", "网点服务评价优良率", ">=", 92, "%", "2027-06-30"),
        ("2028年上半年，内训师认证覆盖率由41%提升到七成。", "内训师认证覆盖率", ">=", 70, "%", "2028-06-30"),
    ],
)
def test_a_figure_to_be_reached_is_a_target(
    tmp_path: Path, sentence: str, metric: str, operator: str, value: float, unit: str, deadline: str
) -> None:
    found = measures(decoded(tmp_path, f"## 一、主要目标\n\n{sentence}"))
    assert [(one.metric, one.operator, one.value, one.unit, one.deadline) for one in found] == [(metric, operator, value, unit, deadline)]


def test_from_a_to_b_gives_the_target_its_baseline(tmp_path: Path) -> None:
    found = measures(decoded(tmp_path, "## 一、主要目标\n\n2028年内训师认证覆盖率由41%提升到70%。"))
    assert [(one.value, one.baseline) for one in found] == [(70, 41)]


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年零售存款同比增长12.6%，余额达到318亿元。",
        "手机银行月活客户已提升至210万户，较年初增加31万户。",
        "截至2026年末，全行共有网点86个。",
    ],
)
def test_an_achieved_result_is_no_target_and_is_kept_aside(tmp_path: Path, sentence: str) -> None:
    made = decoded(tmp_path, f"## 一、2026年工作回顾\n\n{sentence}")
    assert measures(made) == []
    assert made.set_aside and all(one.rule == "achieved" for one in made.set_aside)


def test_listed_aspects_are_no_target(tmp_path: Path) -> None:
    assert measures(decoded(tmp_path, "## 二、重点任务\n\n要从三个方面抓好落实，突出五项原则。")) == []


def test_a_planned_table_gives_a_target_for_each_year_with_the_actual_as_baseline(tmp_path: Path) -> None:
    table = "| 指标 | 2026年实际 | 2027年 | 2028年 |\n| --- | --- | --- | --- |\n| 绿色贷款余额（亿元） | 52 | 68 | 90 |\n"
    found = measures(decoded(tmp_path, f"## 三、分年目标\n\n{table}"))
    assert [(one.metric, one.value, one.unit, one.deadline, one.baseline) for one in found] == [
        ("绿色贷款余额", 68, "亿元", "2027-12-31", 52),
        ("绿色贷款余额", 90, "亿元", "2028-12-31", 52),
    ]


def test_an_order_is_a_task_and_a_heading_of_direction_a_theme(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 二、打造专业化客户经理队伍\n\n组建跨境金融专家小组，覆盖全部一级支行。")
    assert [finding.text for finding in of_kind(made, FindingKind.THEME)] == ["打造专业化客户经理队伍"]
    assert [finding.text for finding in of_kind(made, FindingKind.TASK)] == ["组建跨境金融专家小组，覆盖全部一级支行。"]


def test_a_demanded_ability_is_a_capability_of_people(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 三、队伍\n\n对公客户经理应当具备产业分析、现金流测算能力。")
    found = of_kind(made, FindingKind.CAPABILITY)
    assert found and found[0].perspective is Perspective.LEARNING
    assert {"产业分析", "现金流测算"} <= set(found[0].competencies)


def test_what_a_regulation_always_demands_is_no_task_of_the_plan(tmp_path: Path) -> None:
    made = decoded(tmp_path, "第八条 各部门应当建立培训档案，档案保存不少于五年。", DocumentKind.POLICY)
    assert of_kind(made, FindingKind.TASK) == [] and measures(made) == []


def test_every_quote_of_the_sample_branch_is_its_documents_own(tmp_path: Path) -> None:
    checked = 0
    build(tmp_path)
    for path in sorted(tmp_path.rglob("*.*")):
        if path.suffix == ".pdf":
            continue
        document = parse(path, path.name, Progress(100, lambda event: None))
        for finding in decode(document, DocumentKind.HQ).findings:
            assert document.text[finding.start : finding.end] == finding.quote
            assert document.page_at(finding.start).number == finding.page
            checked += 1
    assert checked > 200
