"""The capability model: what comes with the product, what the branch makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict
from core.i18n import LANGUAGES
from core.instance import Instance
from core.people import service
from core.people.competencies import Competency, Facts, certificates, matching, seeds
from core.people.terms import Dimension, TalentClass
from core.strategy.environment.indicators import seeds as indicators
from tests.conftest import BOTH
from tests.texts import HAN

both = pytest.mark.parametrize("house", BOTH, indirect=True)
OWN = Facts(
    "县域客群经营", Dimension.PROFESSIONAL, TalentClass.BUSINESS, "经营县域客户", ("县域经营",), ("知道", "会做", "分析", "创新", "带人")
)


def library(house: Instance, actor: Actor, language: str = "zh") -> list[Competency]:
    with house.database.reading() as db:
        return service.competencies(db, actor, language)  # type: ignore[arg-type]


def find(house: Instance, actor: Actor, name: str) -> Competency:
    return next(one for one in library(house, actor) if one.facts.name == name)


def test_the_starter_library_describes_every_level_in_both_languages() -> None:
    chinese, english = (seeds(language) for language in LANGUAGES)
    assert len(chinese) >= 60 and len({one.code for one in chinese}) == len({one.facts.name for one in chinese}) == len(chinese)
    assert {one.facts.dimension for one in chinese} == set(Dimension)
    assert all(len(one.facts.levels) == len(one.facts.assessed_by) == 5 and all(one.facts.levels) for one in chinese)
    assert not [one.code for one in english if HAN.search("".join((one.facts.name, one.facts.definition, *one.facts.levels)))]
    known = {one.code for one in indicators("zh")}
    assert not [(one.code, code) for one in chinese for code in one.facts.indicators if code not in known]


def test_certificates_prove_levels_of_competencies_that_exist() -> None:
    codes = {one.code for one in seeds("zh")}
    assert {code for one in certificates("zh") for code in one.grants} <= codes
    [advisor] = [one for one in certificates("zh") if one.name == "AFP 金融理财师"]
    assert advisor.grants["asset_allocation"] == 2
    assert any("HCIA" in one.name for one in certificates("en"))


def test_a_search_goes_through_names_aliases_and_behaviours() -> None:
    assert [one.code for one in matching(seeds("zh"), "顾问式销售")] == ["needs_discovery"]
    assert all(one.facts.dimension is Dimension.CORE for one in matching(seeds("zh"), dimensions=[Dimension.CORE]))
    assert any(one.facts.talent_class is None for one in matching(seeds("zh"), classes=[TalentClass.TECHNICAL]))


@both
def test_the_library_is_taken_in_once_and_read_in_either_language(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        assert service.take_in(db, leader, ["asset_allocation"]) == 1
        assert service.take_in(db, leader) == len(seeds("zh")) - 1
        assert service.take_in(db, leader) == 0
    assert all(one.taken for one in library(house, leader))
    assert "Asset allocation" in {one.facts.name for one in library(house, leader, "en")}


@both
def test_a_change_makes_an_edition_and_two_editors_do_not_overwrite_each_other(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        service.take_in(db, leader, ["asset_allocation"])
    seen = find(house, leader, "资产配置")
    with house.database.writing() as db:
        service.save_competency(db, leader, seen, replace(seen.facts, definition="本行口径"))
    changed = find(house, leader, "资产配置")
    assert (changed.facts.definition, changed.edition) == ("本行口径", 2)
    with house.database.reading() as db:
        assert [(one.number, one.facts.definition) for one in service.histories(db, leader)[changed.row_id or 0].editions] == [
            (1, seen.facts.definition)
        ]
    with pytest.raises(Conflict), house.database.writing() as db:
        service.save_competency(db, leader, seen, seen.facts)


@both
def test_an_earlier_edition_comes_back_as_a_new_one_and_that_is_undone(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        service.take_in(db, leader, ["asset_allocation"])
    first = find(house, leader, "资产配置")
    with house.database.writing() as db:
        service.save_competency(db, leader, first, replace(first.facts, definition="本行口径"))
    seen = find(house, leader, "资产配置")
    with house.database.writing() as db:
        service.restore_competency(db, leader, seen, 1)
    back = find(house, leader, "资产配置")
    assert (back.facts, back.edition) == (first.facts, 3)
    with pytest.raises(Conflict), house.database.writing() as db:
        service.restore_competency(db, leader, seen, 1)
    with pytest.raises(BadInput, match="第 1 版和现在的内容一样"), house.database.writing() as db:
        service.restore_competency(db, leader, back, 1)
    for definition, edition in (("本行口径", 2), (first.facts.definition, 1)):
        with house.database.writing() as db:
            service.undo_change(db, leader, find(house, leader, "资产配置"))
        undone = find(house, leader, "资产配置")
        assert (undone.facts.definition, undone.edition) == (definition, edition)
    with pytest.raises(BadInput, match="没有可以撤销的改动"), house.database.writing() as db:
        service.undo_change(db, leader, undone)


@both
def test_a_branch_adds_its_own_and_puts_away_what_it_does_not_use(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        service.save_competency(db, leader, None, OWN)
    own = find(house, leader, OWN.name)
    assert replace(own.facts, assessed_by=OWN.assessed_by) == OWN and own.edition == 1
    with house.database.writing() as db:
        service.archive_competency(db, leader, own, archived=True)
    assert find(house, leader, OWN.name).archived
    with pytest.raises(BadInput, match="已有“县域客群经营”"), house.database.writing() as db:
        service.save_competency(db, leader, None, replace(OWN, name="县域经营"))


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "能" * 81}, {"definition": "长" * 501}])
def test_a_competency_that_cannot_be_is_refused(house: Instance, leader: Actor, wrong: dict[str, str]) -> None:
    with pytest.raises(BadInput), house.database.writing() as db:
        service.save_competency(db, leader, None, replace(OWN, **wrong))  # type: ignore[arg-type]
