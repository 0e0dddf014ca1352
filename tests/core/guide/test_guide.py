"""The guide: a text for every page in both languages that names what is there; the search; the first steps of each role."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from core.access.actor import Actor, Role
from core.comments import service as comments
from core.comments.service import Item
from core.comments.terms import Subject
from core.documents.tables import DocumentKind
from core.flow import plan_state
from core.guide import texts
from core.guide.finding import find
from core.guide.texts import CONTENTS, FOLDER, TOPICS
from core.guide.tour import STEPS, Step, Tour, tours
from core.i18n import LANGUAGES, Language, translate
from core.instance import Instance
from core.plans import service as plans
from pages.shared.sitemap import PAGES
from tests.conftest import BOTH, person
from tests.library import NOTICE, STRATEGY, shelve
from tests.texts import ROOT, marked, source_files

both = pytest.mark.parametrize("house", BOTH, indirect=True)
languages = pytest.mark.parametrize("language", LANGUAGES)
_QUOTED = re.compile("“([^”]+)”")


@cache
def said_in_core() -> frozenset[str]:
    return frozenset().union(*(marked(path) for path in source_files("core")))


def reached(path: Path, known: set[Path]) -> None:
    """Add to `known` the modules of pages that a page draws on, itself included."""
    if path not in known and path.exists():
        known.add(path)
        for one in drawn_on(path):
            reached(one, known)


@cache
def drawn_on(path: Path) -> tuple[Path, ...]:
    found: list[Path] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pages."):
            folder = ROOT / node.module.replace(".", "/")
            found += [folder.with_suffix(".py"), *(folder / f"{name.name}.py" for name in node.names)]
    return tuple(found)


@languages
def test_every_page_and_topic_has_a_text_and_every_text_is_of_one(language: Language) -> None:
    assert texts.names(language) == set(PAGES) | set(TOPICS)


@languages
@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_text_has_its_pages_title_and_question_and_says_who_may(name: str, language: Language) -> None:
    text = texts.read(name, language)
    assert (text.title, text.question) == (PAGES[name].title.render(language), PAGES[name].question.render(language))
    assert {"zh": "谁能看，谁能做", "en": "Who sees and does what"}[language] in [one.heading for one in text.sections]


@languages
def test_links_lead_to_texts_and_are_called_what_those_are_called(language: Language) -> None:
    for name in (*texts.names(language), CONTENTS):
        source = (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")
        for title, target in re.findall(r"\[([^\]]+)\]\(([^)]+)\)", source):
            assert target.removesuffix(".md") in texts.names(language), (name, target)
            assert title == texts.read(target.removesuffix(".md"), language).title, (name, target)


@languages
def test_the_contents_list_every_text_in_the_order_of_the_sitemap(language: Language) -> None:
    source = (FOLDER / language / f"{CONTENTS}.md").read_text(encoding="utf-8")
    assert re.findall(r"^- \[.+?\]\((\w+)\.md\)", source, re.MULTILINE) == [*PAGES, *TOPICS]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_what_a_text_quotes_stands_on_its_page_or_on_one_that_it_points_to(name: str) -> None:
    pages = [PAGES[one].script for one in (name, *texts.read(name, "zh").links) if one in PAGES]
    known: set[Path] = set()
    for script in pages:
        reached(ROOT / script, known)
    here = said_in_core().union(*(marked(path) for path in known))
    for language in LANGUAGES:
        pool = "\n".join(translate(one, language) for one in here)
        source = (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")
        assert not [quoted for quoted in _QUOTED.findall(source) if quoted not in pool], language


@languages
def test_a_text_offers_no_markup_that_the_pages_do_not_show(language: Language) -> None:
    for name in texts.names(language):
        for one in texts.read(name, language).sections:
            assert not re.search(r"\]\(|<\w|!\[|\{\{", one.body), (name, one.heading)


def test_words_are_found_in_titles_first_and_then_where_they_stand() -> None:
    everything = [texts.read(name, "zh") for name in sorted(texts.names("zh"))]
    hits = find(everything, "排期")
    assert hits[0].text.name == "schedule"
    retention = find(everything, "kaplan")
    assert [hit.text.name for hit in retention] == ["retention"] and "Kaplan–Meier" in retention[0].line
    assert find(everything, "重排 讲师请假")[0].text.name == "schedule"
    assert find(everything, "  ") == [] and find(everything, "没有这样的词") == []


def first_steps(house: Instance, actor: Actor, plan: int | None = None) -> tuple[Tour, ...]:
    with house.database.reading() as db:
        standing = plan_state(db, actor, plan) if plan is not None else None
        return tours(db, actor, house.settings, plan, standing)


def done(tour: Tour) -> set[Step]:
    return {one.step for one in tour.stops if one.done}


@both
def test_steps_of_the_plan_are_ticked_from_the_plan_whoever_did_them(house: Instance, leader: Actor) -> None:
    assert done(first_steps(house, leader)[0]) == set()
    with house.database.writing() as db:
        plan = plans.create(db, leader, "海州分行", 2027).id or 0
    assert done(first_steps(house, leader, plan)[0]) == {Step.PLAN}
    for title, text, kind in (
        ("总行", STRATEGY, DocumentKind.HQ),
        ("分行", NOTICE, DocumentKind.BRANCH),
        ("考核", NOTICE + "考核", DocumentKind.APPRAISAL),
    ):
        shelve(house, leader, f"{title}.md", text, kind)
    (tour,) = first_steps(house, leader, plan)
    assert done(tour) == {Step.PLAN, Step.DOCUMENTS} and tour.next is Step.FINDINGS and tour.done == 2


@both
def test_steps_of_a_person_are_ticked_from_what_they_did_themselves(house: Instance, leader: Actor, executive: Actor) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, leader, "海州分行", 2027).id or 0
    other = person(house, "zhou", Role.EXECUTIVE)
    shelve(house, leader, "总行.md", STRATEGY)
    with house.database.writing() as db:
        comments.add(db, executive, Item(plan, Subject.PLAN, plan), "请补上网点的数")
    assert done(first_steps(house, executive, plan)[0]) == {Step.COMMENT}
    assert done(first_steps(house, other, plan)[0]) == set()


def test_each_role_has_four_to_seven_steps_and_several_roles_have_several_tours(house: Instance, leader: Actor) -> None:
    assert {role: len(steps) for role, steps in STEPS.items() if not 4 <= len(steps) <= 7} == {}
    assert set(STEPS) == set(Role)
    both_roles = person(house, "owner", Role.HR_LEADER, Role.IT_ADMINISTRATOR)
    found = first_steps(house, both_roles)
    assert [tour.role for tour in found] == [Role.HR_LEADER, Role.IT_ADMINISTRATOR]
    assert done(found[1]) == {Step.LEADER}
