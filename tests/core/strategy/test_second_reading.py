"""What the large networks add where the wheel is: sentences read again, targets named again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.documents.embedding import WheelModel, wheel_model
from core.documents.tables import DocumentKind
from core.errors import Unavailable
from core.i18n import Message
from core.instance import Instance
from core.strategy.decoding import reader as reading
from core.strategy.decoding import wording
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.decode import MADE_BY, decode
from core.strategy.decoding.naming import Namer, figure_of, in_pieces, joined, stands_in
from core.strategy.decoding.reader import SentenceReader
from core.strategy.findings import Finding, FindingKind, Measure
from tests.core.strategy.test_decoding import measures, of_kind, parsed

TEXT = """# 海州分行2027年工作要点

## 一、走深做实县域金融

县域支行贷款余额2027年末达到120亿元。

业务集中率目前34%，分三步走：2027年末45%，2028年末70%。

组织全部客户经理轮训一遍，重点补财务分析。

去年新增客户3.2万户。
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> WheelModel:
    made = wheel_model(tmp_path_factory.mktemp("graphs"))
    assert made is not None
    return made


@pytest.fixture(scope="module")
def reader(model: WheelModel) -> SentenceReader:
    return SentenceReader(model, threads=2)


def said_of(count: int) -> tuple[list[Sentence], list[wording.Evidence]]:
    """Sentences of one document, and what the small network says of them."""
    texts = [f"第{number}项：到2028年末，县域贷款余额达到{number}亿元，同比增长。" for number in range(count)]
    given = [Sentence(text, 0, len(text), 1, "paragraph", 0, ("重点工作",), before="") for text in texts]
    return given, wording.evidence(given, DocumentKind.HQ)


def test_a_short_document_is_read_whole_and_of_a_long_one_what_is_least_sure(
    reader: SentenceReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, said = said_of(6)
    assert [one.before for one in reader.second_opinion(given, said, "要点", DocumentKind.HQ)] == said
    monkeypatch.setattr(reading, "MOST", 2)
    sure = [replace(one, kinds=dict.fromkeys(one.kinds, 9.0)) for one in said]
    sure[3], sure[5] = (replace(sure[at], kinds=dict.fromkeys(said[at].kinds, 0.1)) for at in (3, 5))
    read = reader.second_opinion(given, sure, "要点", DocumentKind.HQ)
    assert [at for at, one in enumerate(read) if one.before is not None] == [3, 5]
    assert [one for one in read if one.before is None] == [one for at, one in enumerate(sure) if at not in (3, 5)]


def test_a_sentence_is_read_the_same_whatever_else_is_read(reader: SentenceReader) -> None:
    given, said = said_of(4)
    together = reader.second_opinion(given, said, "要点", DocumentKind.HQ)
    alone = [reader.second_opinion([one], [was], "要点", DocumentKind.HQ)[0] for one, was in zip(given, said, strict=True)]
    assert together == alone and reader.second_opinion([], [], "要点", DocumentKind.HQ) == []


def test_a_document_read_twice_says_so_and_every_quote_is_its_own(tmp_path: Path, reader: SentenceReader) -> None:
    document = parsed(tmp_path, TEXT)
    once, twice = decode(document, DocumentKind.BRANCH), decode(document, DocumentKind.BRANCH, reader)
    assert (once.made_by, twice.made_by) == (MADE_BY, f"{MADE_BY}, read twice")
    assert twice.findings and all(one.quote == document.text[one.start : one.end] for one in twice.findings)
    assert decode(document, DocumentKind.BRANCH, reader) == twice


def test_where_the_wheel_is_damaged_a_document_is_read_once(house: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_cache: Path) -> WheelModel:
        raise Unavailable(Message("语义模型文件已损坏，请重新安装。"))

    monkeypatch.setattr("core.instance.wheel_model", damaged)
    house.settings = house.settings.model_copy(update={"embedding": "local"})
    document = parsed(tmp_path, TEXT)
    assert house.decode(document, DocumentKind.BRANCH) == decode(document, DocumentKind.BRANCH)


def test_what_is_measured_is_named_where_the_rules_take_how_it_goes_for_it(tmp_path: Path, reader: SentenceReader) -> None:
    document = parsed(tmp_path, TEXT)
    names = [one.metric for one in measures(decode(document, DocumentKind.BRANCH, reader))]
    assert "业务集中率" in names and not any("三步" in name for name in names)
    assert any("贷款余额" in name for name in names)


def test_a_name_that_means_the_same_keeps_the_words_of_the_rules(model: WheelModel) -> None:
    text = "县域支行贷款余额2027年末达到120亿元。"
    sentence = Sentence(text, 0, len(text), 1, "paragraph", 0, (), before="")
    measure = Measure("县域支行贷款余额", ">=", 120.0, "亿元", "亿元", "2027-12-31", None)
    target = Finding(FindingKind.TARGET, text, text, 1, 0, len(text), (), None, (), measure, 0.9, "target_verb", ("120亿元",))
    assert figure_of(target, sentence) == (text.index("120"), text.index("。"))
    assert Namer(model).named(target, sentence, "要点", DocumentKind.BRANCH) == target
    nowhere = replace(target, cues=("999亿元",))
    assert Namer(model).named(nowhere, sentence, "要点", DocumentKind.BRANCH) == nowhere


def test_a_name_in_pieces_is_put_together() -> None:
    assert joined("客户经理有88人，高级以上占比28%", [(0, 2), (2, 4), (9, 13), (13, 15)]) == "客户经理高级以上占比"
    assert joined("Train forty  lenders in credit", [(0, 5), (13, 20)]) == "Train lenders"
    assert joined("“双语”班", [(0, 5)]) == "“双语”班" and joined("", []) == ""


def test_a_token_between_two_of_a_name_belongs_to_it_and_a_stray_one_does_not() -> None:
    assert in_pieces([4.0, 3.0, -1.0, 4.0, -9.0, -9.0, 1.0, -9.0]) == [True, True, True, True, False, False, False, False]
    assert in_pieces([4.0, -9.0, 8.0]) == [True, False, True]
    assert in_pieces([-1.0, -2.0]) == [False, False] and in_pieces([]) == []


def test_a_name_that_a_sentence_took_from_the_one_before_is_known_as_such() -> None:
    assert stands_in("收单商户动户率", "收单商户新增4万户，其中动户率不低于七成")
    assert not stands_in("收单商户动户率", "其中动户率不低于七成")


def test_short_headings_and_whole_sentences_may_be_themes(tmp_path: Path, reader: SentenceReader) -> None:
    parts = ("一、绿色金融\n\n绿色贷款余额达到120亿元。", "二、智能风控\n\n建成预警模型。", "三、保障措施\n\n各部门要抓好落实。")
    text = "# 滨海银行2028年发展计划\n\n" + "\n\n".join(f"## {part}" for part in parts)
    found = decode(parsed(tmp_path, text), DocumentKind.HQ, reader).findings
    assert [one.text for one in found if one.kind is FindingKind.THEME] == ["绿色金融", "智能风控"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“十五五”以来，存款规模增至1,860亿元。", []),
        ("Cost per account down 12% on 2027.", [("-", 12)]),
        ("25 bankers accredited in trade finance by Q3.", [("=", 25)]),
    ],
)
def test_the_second_reading_settles_which_figures_are_aims(
    tmp_path: Path, reader: SentenceReader, text: str, found: list[tuple[str, float]]
) -> None:
    made = decode(parsed(tmp_path, under_a_title(text)), DocumentKind.HQ, reader)
    assert [(one.operator, one.value) for one in measures(made)] == found


def test_the_second_reading_settles_what_is_ordered(tmp_path: Path, reader: SentenceReader) -> None:
    text = "The operations team will release the new desktop in May."
    assert of_kind(decode(parsed(tmp_path, under_a_title(text)), DocumentKind.HQ, reader), FindingKind.TASK)


def under_a_title(text: str) -> str:
    """A sentence as a paper of its language that says nothing else."""
    title, part = ("滨海银行2028年工作要点", "三、重点工作") if "。" in text else ("Business plan 2028 of Seaton Bank", "Priorities")
    return f"# {title}\n\n## {part}\n\n{text}\n"


def test_an_english_level_is_no_task_and_an_english_ability_is_one_of_people(tmp_path: Path, reader: SentenceReader) -> None:
    text = "We will raise fee income to USD 300 million by 2028.\n\nBuild data literacy across all support functions.\n"
    made = decode(parsed(tmp_path, f"# Service plan 2028\n\n## Grow the bank\n\n{text}"), DocumentKind.HQ, reader)
    assert [finding.text for finding in of_kind(made, FindingKind.TASK)] == ["Build data literacy across all support functions."]
    assert of_kind(made, FindingKind.CAPABILITY)[0].competencies == ("data literacy",)
