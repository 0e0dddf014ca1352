"""The sample branch's people: how many, how well known, how they disagree; they come alone and go without harm to one's own."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest
from sqlmodel import select

from core.access.actor import Actor
from core.demo import service as demo
from core.demo.people import people
from core.demo.peopling import load_people
from core.demo.service import Sample
from core.errors import BadInput, NotAllowed
from core.instance import Instance
from core.people import sample as sample_people
from core.people import service
from core.people.courses.tables import CourseCompetency, CoursePrerequisite, CourseRow
from core.people.importing import service as importing
from core.people.importing.kinds import ImportKind
from core.people.importing.planning import is_known
from core.people.remedies.tables import Enrolment
from core.people.tables import Assessment, CompetencyRow, Employee, Post, PostCompetency, Unit
from core.sheets.finding import Table, find
from core.sheets.opening import open_content
from tests.conftest import BOTH

OWN = "工号,姓名,机构,岗位\nA01,钱一,湖心支行,对公客户经理\nA02,钱二,湖心支行,湖面巡护岗\n"
TABLES = (Unit, Post, Employee, CompetencyRow, PostCompetency, Assessment, CourseRow, CourseCompetency, CoursePrerequisite, Enrolment)


def table(text: str = OWN) -> Table:
    """A file of people."""
    return find(open_content("名单.csv", text.encode()), is_known)


def take_in(house: Instance, actor: Actor) -> bool:
    """Take the sample's people in, as loading the sample does."""
    with house.database.writing() as db:
        return load_people(db, actor)


def bring_own(house: Instance, actor: Actor) -> None:
    """Import one's own people."""
    with house.database.writing() as db:
        mapping = importing.mapping(db, actor, ImportKind.ROSTER, table())
        importing.import_table(db, actor, ImportKind.ROSTER, "名单.csv", table(), mapping, date(2026, 11, 1))


def names(house: Instance) -> dict[str, set[str]]:
    """What there is, by table."""
    with house.database.reading() as db:
        return {one.__name__: {getattr(row, "name", str(row.id)) for row in db.exec(select(one)).all()} for one in TABLES}


def test_its_figures_are_those_of_the_branchs_own_report() -> None:
    made = people()
    assert len(made.people) == 610 and len(made.units) == 14 and len(made.posts) == 20
    families = Counter(one.post.family for one in made.people)
    assert (families["零售客户经理"], families["普惠与县域客户经理"], families["风险合规人员"], families["科技与数据人员"]) == (
        156,
        38,
        84,
        31,
    )
    assert Counter(one.post.name for one in made.people)["对公客户经理"] == 118
    by_unit = Counter(one.unit for one in made.people)
    assert by_unit == {unit.name: sum(count for _, count in unit.people) for unit in made.units}
    assert min(by_unit.values()) >= 7 and max(by_unit.values()) < 170
    assert all(sum(one.weight for one in post.requires) == 100 for post in made.posts)
    assert len({one.number for one in made.people}) == 610 and all(one.number.startswith("0") for one in made.people)
    assert [one.number for one in made.people if not one.manager] == ["001001"]


def test_what_is_missing_and_where_sources_disagree_stays_within_what_is_usual() -> None:
    made = people()
    per_source = Counter(one.source for one in made.scores)
    assert set(per_source) == {"考核系统", "上级评价", "通关测评"}
    # 上级评价 is there for everybody and everything: what lacks of it, beyond those who came later, is missing.
    asked = sum(len(one.post.requires) * ((one.hired <= date(2025, 10, 9)) + (one.hired <= date(2026, 9, 21))) for one in made.people)
    assert 0.10 < 1 - per_source["上级评价"] / asked < 0.15
    last: dict[tuple[str, str], dict[str, tuple[date, float]]] = defaultdict(dict)
    for one in made.scores:
        known = last[one.number, one.code]
        known[one.source] = max(known.get(one.source, (date.min, 0.0)), (one.day, 5 * one.score / one.scale))
    several = [[level for _, level in known.values()] for known in last.values() if len(known) > 1]
    assert 0.2 < sum(max(levels) - min(levels) >= 1 for levels in several) / len(several) < 0.35
    lenient = [known["上级评价"][1] - known["考核系统"][1] for known in last.values() if {"上级评价", "考核系统"} <= known.keys()]
    assert 0.3 < sum(lenient) / len(lenient) < 0.55
    unassessed = {one.number for one in made.people} - {number for number, _ in last}
    assert 0.01 < len(unassessed) / 610 < 0.04


def test_the_pattern_is_the_one_that_the_documents_speak_of() -> None:
    made = people()
    required = {(one.number, each.code): each.level for one in made.people for each in one.post.requires}
    who = {one.number: one for one in made.people}

    def gap(code: str, year: int, **chosen: str) -> float:
        found = [
            max(0.0, required[one.number, code] - 5 * one.score / one.scale)
            for one in made.scores
            if one.code == code and one.day.year == year and one.source != "上级评价"
            if all(value in (who[one.number].unit, who[one.number].post.family) for value in chosen.values())
        ]
        return sum(found) / len(found)

    retail = {code: gap(code, 2026, family="零售客户经理") for code in ("needs_discovery", "digital_marketing", "suitability")}
    assert min(retail["needs_discovery"], retail["digital_marketing"]) > 2 * retail["suitability"]
    # One county was drilled between the two years, the others were not.
    better = {unit: gap("list_contact", 2025, unit=unit) - gap("list_contact", 2026, unit=unit) for unit in ("望海县支行", "云岭县支行")}
    assert better["望海县支行"] > 0.25 and better["云岭县支行"] < 0.25


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_they_come_in_once_marked_as_sample_and_leave_nothing_behind(house: Instance, leader: Actor) -> None:
    assert take_in(house, leader)
    assert take_in(house, leader)
    with house.database.reading() as db:
        seen = service.standing(db, leader)
        assert sample_people.there(db) and not sample_people.own(db)
        assert all(row.sample for kind in (Unit, Post, Employee, CompetencyRow) for row in db.exec(select(kind)).all())
    assert (seen.employees, seen.units, seen.posts, seen.without_unit, seen.without_post, seen.without_manager) == (610, 14, 20, 0, 0, 1)
    assert seen.assessments == len(people().scores) and seen.posts_without_requirement == 0
    with house.database.writing() as db:
        course = db.exec(select(CourseRow)).first()
        person = db.exec(select(Employee)).first()
        assert course is not None and course.sample and person is not None
        db.add(Enrolment(employee_id=person.id or 0, course_id=course.id or 0, batch="1"))
    assert len(names(house)["CourseRow"]) == 42
    with house.database.writing() as db:
        assert demo.clear_people(db, leader) == 610
    assert names(house) == {one.__name__: set() for one in TABLES}
    with pytest.raises(BadInput), house.database.writing() as db:
        demo.clear_people(db, leader)


def test_they_stay_out_of_a_house_that_has_people_of_its_own(house: Instance, leader: Actor, sample: Sample) -> None:
    bring_own(house, leader)
    before = names(house)
    with house.database.writing() as db:
        assert not demo.load(db, house.settings, leader, sample).people
    assert names(house) == before
    with house.database.writing() as db:
        demo.clear(db, house.settings, leader)
    assert names(house) == before


def test_no_file_of_people_comes_in_beside_them(house: Instance, leader: Actor) -> None:
    take_in(house, leader)
    with pytest.raises(BadInput, match="示例人员"):
        bring_own(house, leader)
    with house.database.writing() as db:
        demo.clear_people(db, leader)
    bring_own(house, leader)
    assert names(house)["Employee"] == {"钱一", "钱二"}


def test_what_ones_own_work_hangs_on_stays_when_they_go(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        service.take_in(db, leader, ["negotiation", "coaching"])
    take_in(house, leader)
    with house.database.writing() as db:
        service.take_in(db, leader, ["needs_discovery"])
        known = {one.code: one for one in service.competencies(db, leader, "zh")}
        changed = known["fx_hedging"]
        service.save_competency(db, leader, changed, type(changed.facts)(**{**vars(changed.facts), "definition": "本行的定义"}))
        post = db.exec(select(Post).where(Post.name == "对公客户经理")).one()
        unit = db.exec(select(Unit).where(Unit.name == "公司金融部")).one()
        db.add(Employee(employee_no="Z1", name="钱三", post_id=post.id, unit_id=unit.id))
    with house.database.writing() as db:
        demo.clear_people(db, leader)
        assert not sample_people.there(db)
    left = names(house)
    assert left["Employee"] == {"钱三"} and left["Post"] == {"对公客户经理"} and left["Unit"] == {"公司金融部"}
    kept = {"谈判", "教练辅导", "需求挖掘与产品匹配", "汇率避险服务"}
    assert kept <= left["CompetencyRow"] and "养老规划" not in left["CompetencyRow"]


def test_only_human_resources_take_them_in_and_away(house: Instance, manager: Actor) -> None:
    with pytest.raises(NotAllowed):
        take_in(house, manager)
    with pytest.raises(NotAllowed), house.database.writing() as db:
        demo.clear_people(db, manager)
