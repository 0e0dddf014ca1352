"""Every text that a person sees exists in Chinese and in English."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from core.i18n import LANGUAGES, Message, negotiate, translate
from tests.texts import HAN, ROOT, marked, source_files, unmarked

# Chinese marks between words, which are as wide as a character: English has its own.
# Names that are the same in both languages, and each language's own name.
SAME_EVERYWHERE = {"策训 Cexun", "中文"}


MARKS_OF_CHINESE = re.compile(r"[，；、。：！？（）《》]")


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (ROOT / "core" / "i18n" / "en.po").open("rb") as source:
        return read_po(source, locale="en")


@pytest.fixture(scope="module")
def texts() -> set[str]:
    return set().union(*(marked(path) for path in source_files("core", "pages")), marked(ROOT / "app.py"), template_texts())


def template_texts() -> set[str]:
    """The texts of the server's own small pages."""
    pattern = re.compile(r"_\(\s*(['\"])(.+?)\1")
    return {
        match[1] for path in (ROOT / "core" / "web").rglob("*.html") for match in ((m[1], m[2]) for m in pattern.finditer(path.read_text()))
    }


def singular(message_id: str | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def forms(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


def test_every_text_has_an_english_translation(texts: set[str], english: Catalog) -> None:
    translated = {singular(entry.id) for entry in english if entry.id and all(forms(entry.string))}
    missing = sorted(text for text in texts if (HAN.search(text) or MARKS_OF_CHINESE.search(text)) and text not in translated)
    assert not missing, "add to core/i18n/en.po:\n\n" + "\n\n".join(f'msgid "{text}"\nmsgstr ""' for text in missing)


def test_no_translation_is_dead(texts: set[str], english: Catalog) -> None:
    dead = sorted(singular(entry.id) for entry in english if entry.id and singular(entry.id) not in texts)
    assert not dead, dead


def test_a_text_with_a_number_says_it_of_one_and_of_many(english: Catalog) -> None:
    alone = sorted(str(entry.id) for entry in english if isinstance(entry.id, str) and "{n}" in entry.id)
    assert not alone, f"with n these are looked up by their plural, and not found: {alone}"


def test_translations_keep_the_places_for_values(english: Catalog) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    wrong = [entry.id for entry in english if entry.id for form in forms(entry.string) if places(form) - places(singular(entry.id))]
    lost = [entry.id for entry in english if entry.id for form in forms(entry.string) if places(singular(entry.id)) - places(form) - {"n"}]
    assert not wrong and not lost


def test_no_english_text_holds_chinese(english: Catalog) -> None:
    left = [form for entry in english if entry.id for form in forms(entry.string) if HAN.search(form.replace("策训", ""))]
    assert not left


def test_no_english_text_holds_marks_that_only_chinese_writes(english: Catalog) -> None:
    assert not [form for entry in english if entry.id for form in forms(entry.string) if MARKS_OF_CHINESE.search(form)]


def test_pages_mark_every_chinese_text() -> None:
    # text.py writes dates and numbers in each language's own way.
    forgotten = {path.name: sorted(unmarked(path) - SAME_EVERYWHERE) for path in source_files("pages") if path.name != "text.py"}
    assert not {name: found for name, found in forgotten.items() if found}


def test_chinese_texts_use_chinese_punctuation(texts: set[str]) -> None:
    wrong = re.compile(r"[\u4e00-\u9fff][,;:!?](?!//)|[,;][\u4e00-\u9fff]|\([^()]*[\u4e00-\u9fff][^()]*\)(?!\()")
    found = [text for text in texts if wrong.search(re.sub(r"\]\([^)]*\)|:[a-z_]+\[|:material/\w+:", "", text))]
    assert not found


def test_counts_choose_singular_and_plural() -> None:
    assert Message("{n} 处", n=1).render("en") == "1 place"
    assert Message("{n} 处", n=3).render("en") == "3 places"
    assert Message("{n} 处", n=3).render("zh") == "3 处"


def test_a_message_survives_being_stored() -> None:
    message = Message("《{title}》的原文件缺失或已损坏。", title="甲")
    assert Message.from_json(message.to_json()) == message


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9", "zh"), ("en-US,en;q=0.9", "en"), ("fr-FR,en;q=0.8", "en"), ("fr", "zh"), ("", "zh"), (None, "zh")],
)
def test_the_language_follows_the_browser(header: str | None, language: str) -> None:
    assert negotiate(header) == language


def test_a_text_without_translation_stays_chinese() -> None:
    assert LANGUAGES == ("zh", "en")
    assert translate("没有这句话的翻译", "en") == "没有这句话的翻译"


def test_a_list_is_joined_as_its_reader_writes_lists() -> None:
    names = Message.listed(["张敏", Message("{n} 处", n=2), "营业部"])
    assert names.render("zh") == "张敏、2 处、营业部" and names.render("en") == "张敏, 2 places, 营业部"
    assert Message("文件的列：{columns}", columns=names).values == (("columns", names),)
    assert Message.from_json(names.to_json()) == names
    eleven = [f"N{at}" for at in range(11)]
    assert Message.listed(eleven).render("en") == ", ".join(eleven)
    assert Message.listed(eleven, most=2).render("en") == "N0, N1…" and Message.listed(eleven[:2], most=2).render("zh") == "N0、N1"
    assert Message.listed([]).render("en") == ""
    parts = Message.listed([names, "丙"], between="；")
    assert parts.render("zh") == "张敏、2 处、营业部；丙" and parts.render("en") == "张敏, 2 places, 营业部; 丙"
    assert Message.listed(["A", "B"], between=" → ").render("en") == "A → B"


# Where a list is kept as a text and is in nobody's language: titles of what was done, ids of a program, words of documents.
KEPT_AS_TEXT = {
    *("calendar/editing.py", "faculty/editing.py", "warnings/deciding.py", "returns/service.py", "results/service.py"),
    *("results/importing.py", "roster/history.py", "themes/history.py", "explaining/relaxing.py", "explaining/checking.py"),
    *("ideas/drafting.py", "people/nameless.py", "budget/taking_in.py", "answers/cells.py"),
}


def test_no_sentence_of_core_joins_its_names_by_the_chinese_mark() -> None:
    joining = re.compile(r"""["'][、；，]\s?["']\.join""")
    found = {path for path in source_files("core") if "demo" not in path.parts and joining.search(path.read_text(encoding="utf-8"))}
    assert {"/".join(path.parts[-2:]) for path in found} == KEPT_AS_TEXT
