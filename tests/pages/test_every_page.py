"""Every page as every role and in both languages: it opens, is in the reader's language, and shows nothing it may not."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.documents.tables import DocumentKind
from core.i18n import Message
from core.instance import Instance
from pages.shared.sitemap import PAGES
from tests.library import SECRET, STRATEGY, shelve
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, words

READERS = {"home", "plans", "approval", "library", "document", "assistant", "evidence", "security"}
READERS |= {"decode", "interviews", "themes", "localise", "environment", "focus", "ideas", "check"}
READERS |= {"trainers", "venues", "calendar"}
READERS |= {"goals", "goals_table", "chain", "gaps", "gap_people", "profile", "catalogue", "menu", "needs"}
READERS |= {"content", "design", "shares", "checklist"}
READERS |= {"attendance", "budget", "cases", "feeds", "practice"}
READERS |= {"cohorts", "schedule", "session"}
READERS |= {"results", "levels", "effects", "retention", "returns", "warnings", "executive"}
READERS |= {"conclusions", "meetings", "talent", "permissions"}
READERS |= {"papers", "notices", "guide"}
PLANNED = {"scenarios"}
WORKSHOPS = {"workshops", "workshop", "projector", "workshop_results"}
LEADER = (
    "leader",
    READERS
    | PLANNED
    | WORKSHOPS
    | {"targets", "transfer", "roster", "interview", "people", "competencies", "accounts", "audit", "links", "privacy", "notice_rules"},
)
MANAGER = ("manager", READERS | {"targets", "transfer", "roster"})
EXECUTIVE = ("executive", READERS)
ADMINISTRATOR = ("administrator", {"home", "guide", "settings", "accounts", "security", "audit", "permissions", "notice_rules"})


def script(name: str) -> str:
    """A page's script as AppTest wants it."""
    return PAGES[name].script.removeprefix("pages/")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("role", "open_to"), [LEADER, MANAGER, EXECUTIVE, ADMINISTRATOR], ids=["hr", "manager", "executive", "it"])
def test_a_role_opens_its_pages_and_no_other(
    role: str, open_to: set[str], language: str, house: Instance, leader: Actor, plan: int, visit: Visit, request: pytest.FixtureRequest
) -> None:
    shelve(house, leader, "总行战略.md", STRATEGY)
    shelve(house, leader, "行长访谈.md", SECRET, DocumentKind.INTERVIEW)
    actor = leader if role == "leader" else request.getfixturevalue(role)
    works_on(house, actor, plan)
    shown = {}
    for name in sorted(open_to):
        at = visit(actor, script(name), language)
        shown[name] = words(at)
        if name not in ("home", "document"):
            assert at.title[0].value == PAGES[name].title.render(language), name
    for name, text in shown.items():
        if role != "leader":
            assert "班子搭配" not in text and "行长访谈" not in text, name
    offered = set(labels(visit(actor, "", language), "page_link"))
    closed = {spec.title.render(language) for name, spec in PAGES.items() if name not in open_to}
    assert {PAGES[name].title.render(language) for name in open_to if not PAGES[name].hidden} <= offered
    assert not closed & offered


def test_somebody_who_is_not_signed_in_reads_nothing_but_the_way_in(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    shelve(house, leader, "总行战略.md", STRATEGY)
    at = visit(None)
    assert at.title[0].value == "请先登录"
    assert not at.sidebar.children or "文件库" not in words(at)


def test_the_language_that_somebody_chooses_stays_theirs(leader: Actor, visit: Visit) -> None:
    at = visit(leader, "", "zh")
    chooser = next(one for one in at.get("button_group") if one.label == "语言")
    chooser.set_value("en").run()
    assert "Sign out" in words(at) or "Home" in labels(at, "page_link")
    assert "Home" in labels(visit(leader, "", "zh"), "page_link")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_asks_one_question_in_both_languages(name: str) -> None:
    question: Message = PAGES[name].question
    assert question.render("zh").endswith("？") and question.render("en").endswith("?")
