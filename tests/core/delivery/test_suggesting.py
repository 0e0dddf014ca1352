"""Content that comes in without being typed: proposed, from the catalogue, pasted, sorted by a model. On both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from core.access.actor import Actor
from core.delivery.content import designing, suggesting, triage_model
from core.delivery.content import service as content
from core.delivery.content.item import ItemFacts
from core.delivery.content.pasting import read
from core.delivery.content.service import ContentView, Entered
from core.delivery.content.terms import Author, Method, Origin, Pattern, Rhythm, Tier, Way
from core.errors import BadInput, NotAllowed, Unavailable
from core.goals import service as goals
from core.goals.draft import of_goal
from core.instance import Instance
from core.llm import Model
from core.people.competencies import seeds
from core.people.courses import service as courses
from core.people.courses.course import CourseFacts, Serving
from core.people.courses.tables import CourseRow
from core.people.courses.terms import CourseForm
from core.people.service import take_in
from core.projects import service as projects
from core.settings import Settings
from tests.conftest import BOTH
from tests.core.goals.worked import WORKED
from tests.core.strategy.ideas_world import Ripe, accepted, draft
from tests.endpoint import Endpoint, says

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    made = accepted(house, leader)
    with house.database.writing() as db:
        take_in(db, leader, [one.code for one in seeds("zh") if one.facts.name in ("资产配置", "反洗钱")])
    return made


def first(house: Instance, actor: Actor, world: Ripe) -> ContentView:
    with house.database.reading() as db:
        views = content.contents(db, actor, world.plan)
        found = next(one for one in views if "资产配置" in one.project.competencies)
        return content.find(db, actor, found.id)


def test_items_are_proposed_from_competencies_and_from_the_behaviour_once(house: Instance, leader: Actor, world: Ripe) -> None:
    view = first(house, leader, world)
    with house.database.writing() as db:
        goals.save(db, leader, view.id, 0, of_goal(WORKED))
    with house.database.reading() as db:
        found = suggesting.proposals(db, leader, view.id, "zh")
    origins = [one.origin for one in found.own]
    assert origins.count(Origin.COMPETENCY) >= 2 and origins.count(Origin.BEHAVIOUR) == 1 and "客户分层" in found.lacking
    with house.database.writing() as db:
        assert suggesting.take(db, leader, view.id, view.content.version, found.own) == len(found.own)
    with house.database.reading() as db:
        again = suggesting.proposals(db, leader, view.id, "zh")
    assert not again.own
    taken = first(house, leader, world).content.items
    assert {one.way for one in taken if one.facts.level == 1} == {Way.SELF_STUDY}
    assert {one.way for one in taken if one.facts.level != 1} == {Way.FACE_TO_FACE}


def test_a_title_across_the_sheet_over_the_heading_is_passed_over(house: Instance) -> None:
    found, wrong = read("2027年培训内容清单\t\t\n学时\t内容单元\t学会什么\n2\t现金流还原\t看懂流水\n")
    assert [(one.name, one.hours) for one in found] == [("现金流还原", 2.0)] and not wrong


def test_a_competency_that_a_project_names_twice_is_proposed_once(house: Instance, leader: Actor, world: Ripe) -> None:
    view = first(house, leader, world)
    alias = next(one.facts.aliases[0] for one in seeds("zh") if one.facts.name == "资产配置")
    with house.database.writing() as db:
        project = projects.find(db, leader, view.id)
        projects.change(db, leader, view.id, project.row.version or 0, draft(project, competencies=("资产配置", alias)))
    with house.database.reading() as db:
        names = [one.name for one in suggesting.proposals(db, leader, view.id, "zh").own]
    assert names and len(names) == len(set(names)), names


def test_courses_that_serve_the_project_come_first_and_bring_their_hours(house: Instance, leader: Actor, world: Ripe) -> None:
    view = first(house, leader, world)
    with house.database.writing() as db:
        ability = content.abilities(db).ids(["资产配置"])[0]
        serving = (Serving(ability, 2, 3),)
        courses.save(db, leader, None, CourseFacts("财务报表入门", "X1", hours=4.0))
        courses.save(db, leader, None, CourseFacts("家庭资产检视实战", "X2", CourseForm.PRACTICE, hours=14.0, servings=serving))
    with house.database.reading() as db:
        found = suggesting.proposals(db, leader, view.id, "zh").courses
    assert [(one.facts.name, one.fits) for one in found] == [("家庭资产检视实战", True), ("财务报表入门", False)]
    with house.database.writing() as db:
        suggesting.take(db, leader, view.id, view.content.version, [found[0].facts])
    [item] = first(house, leader, world).content.items
    assert (item.facts.hours, item.facts.level, item.facts.competency, item.way) == (14.0, 3, "资产配置", Way.FACE_TO_FACE)


def test_what_is_taken_back_does_without_a_course_that_has_gone(house: Instance, leader: Actor, world: Ripe) -> None:
    view = first(house, leader, world)
    with house.database.writing() as db:
        course = courses.save(db, leader, None, CourseFacts("家庭资产检视实战", hours=14.0))
        suggesting.take(db, leader, view.id, 0, [ItemFacts("家庭资产检视实战", course_id=course, origin=Origin.COURSE)])
    with house.database.writing() as db:
        content.save_items(db, leader, view.id, first(house, leader, world).content.version, [])
    with house.database.writing() as db:
        db.delete(db.get_one(CourseRow, course))
    with house.database.writing() as db:
        content.undo(db, leader, view.id)
    [item] = first(house, leader, world).content.items
    assert item.facts.course_id is None and item.facts.name == "家庭资产检视实战"


def test_rows_of_a_sheet_come_in_with_their_heading_and_wrong_ones_say_why(house: Instance) -> None:
    pasted = "学时\t内容\t等级\t怎么用\n2学时\t红线学习\tL1\t\n\tx\t\t\nabc\t坏行\t\t\n7\t异议演练\t9\t每天"
    found, refused = read(pasted)
    assert [(one.name, one.hours, one.level, one.origin) for one in found] == [("红线学习", 2.0, 1, Origin.PASTED)]
    missing, letters, beyond = refused
    assert (missing.line, letters.line, beyond.line) == (3, 4, 5)
    assert "没有填" in str(missing.why) and "不是数字" in str(letters.why) and "L1 到 L5" in str(beyond.why)
    plain, _ = read("红线学习\t说出红线\t1.5")
    assert (plain[0].learnt, plain[0].hours) == ("说出红线", 1.5)


def test_a_pattern_is_laid_out_and_taken_back(house: Instance, leader: Actor, manager: Actor, world: Ripe) -> None:
    view = first(house, leader, world)
    how = (Pattern.VIDEO_PRACTICE, Tier.BASIC, Rhythm.IMMERSIVE, "zh")
    with pytest.raises(BadInput, match="内容单元"), house.database.writing() as db:
        designing.begin(db, leader, view.id, 0, *how)
    with house.database.writing() as db:
        content.save_items(db, leader, view.id, 0, [Entered(0, ItemFacts("制度要点")), Entered(0, ItemFacts("异议处理演练", hours=7.0))])
    view = first(house, leader, world)
    with pytest.raises(NotAllowed), house.database.writing() as db:
        designing.begin(db, manager, view.id, view.content.version, *how)
    with house.database.writing() as db:
        designing.begin(db, leader, view.id, view.content.version, *how)
    with house.database.reading() as db:
        design = designing.design(db, leader, view.id)
    assert design.pattern is Pattern.VIDEO_PRACTICE and Method.PRACTICE in {one.method for one in design.view.content.activities}
    with house.database.writing() as db:
        content.undo(db, leader, view.id)
    after = first(house, leader, world).content
    assert not after.activities and after.settings.pattern is None and len(after.items) == 2


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as running:
        yield running


def test_a_models_triage_is_labelled_and_what_it_says_nothing_of_stays_with_the_rule(
    house: Instance, leader: Actor, world: Ripe, endpoint: Endpoint
) -> None:
    view = first(house, leader, world)
    with house.database.writing() as db:
        content.save_items(db, leader, view.id, 0, [Entered(0, ItemFacts("制度要点")), Entered(0, ItemFacts("异议处理演练"))])
    view = first(house, leader, world)
    answer = {"items": [{"number": "1", "way": "face_to_face", "reason": "要当面<b>问答</b>"}, {"number": "7", "way": "x", "reason": ""}]}
    endpoint.script(says(json.dumps(answer, ensure_ascii=False)))
    model = Model(Settings(model_url=endpoint.url, model_name="stub-model", model_timeout_seconds=5))
    said = triage_model.ask(model, view.content.items, view.project.name, "zh")
    assert said.silent == 1 and "triage" in said.made_by and "stub-model" in said.made_by
    assert "制度要点" in endpoint.requests[-1].prompt
    with house.database.writing() as db:
        triage_model.take_over(db, leader, view.id, view.content.version, said)
    one, other = first(house, leader, world).content.items
    assert (one.way, one.triage.author) == (Way.FACE_TO_FACE, Author.MODEL) and other.triage.author is Author.RULE
    endpoint.script(says('{"items": []}'))
    with pytest.raises(Unavailable):
        triage_model.ask(model, view.content.items, view.project.name, "zh")
