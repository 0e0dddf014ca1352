"""The indicator library: what comes with the product is sound, and a bank makes it its own without losing the original."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.i18n import LANGUAGES
from core.instance import Instance
from core.strategy.environment import service as environment
from core.strategy.environment.indicators import Facts, Frequency, Indicator, matching, seeds
from core.strategy.findings import Perspective
from tests.conftest import BOTH
from tests.texts import HAN

both = pytest.mark.parametrize("house", BOTH, indirect=True)
OWN = Facts("名单客户拜访率", Perspective.PROCESS, "%", True, 3, Frequency.MONTHLY, "CRM", "已拜访 ÷ 名单", ("沟通",), 0, 100)


def library(house: Instance, actor: Actor) -> list[Indicator]:
    with house.database.reading() as db:
        return environment.indicators(db, actor, "zh")


def find(house: Instance, actor: Actor, name: str) -> Indicator:
    return next(one for one in library(house, actor) if one.facts.name == name)


def test_the_library_covers_every_perspective_and_level_in_both_languages() -> None:
    chinese, english = (seeds(language) for language in LANGUAGES)
    assert len(chinese) >= 60 and len({one.code for one in chinese}) == len({one.facts.name for one in chinese}) == len(chinese)
    assert {one.facts.perspective for one in chinese} == set(Perspective)
    assert {one.facts.level for one in chinese} == {1, 2, 3, 4}
    assert not [one for one in english if HAN.search("".join((one.facts.name, one.facts.definition, one.facts.unit, one.facts.source)))]
    assert all(one.facts.definition and one.facts.source and one.facts.competencies for one in chinese)


def test_a_share_stays_within_what_arithmetic_allows() -> None:
    for one in seeds("zh"):
        low, high = one.facts.low, one.facts.high
        assert low is None or high is None or low < high
        assert high is None or one.facts.unit in ("%", "分")


def test_the_library_holds_what_the_method_names() -> None:
    named = {
        "客户数字化率",
        "线上交易占比",
        "系统响应速度",
        "员工数字化能力",
        "零售AUM",
        "新增有效客户",
        "授信客户占比",
        "不良率",
        "话术通关率",
        "拜访覆盖率",
    }
    assert named <= {one.facts.name for one in seeds("zh")}


def test_a_search_needs_all_its_words_and_filters_narrow_it() -> None:
    found = matching(seeds("zh"), "拜访 CRM")
    assert [one.facts.name for one in found] == ["拜访覆盖率"]
    assert all(one.facts.level == 2 for one in matching(seeds("zh"), levels=[2]))
    assert len(matching(seeds("zh"), perspectives=[Perspective.CUSTOMER])) < len(seeds("zh"))
    assert matching(seeds("zh"), "没有这样的字") == []


@both
def test_an_indicator_of_the_product_is_changed_and_restored(house: Instance, leader: Actor) -> None:
    seed = find(house, leader, "不良率")
    with house.database.writing() as db:
        environment.save_indicator(db, leader, seed, replace(seed.facts, definition="本行口径"))
    changed = find(house, leader, "不良率")
    assert changed.facts.definition == "本行口径" and changed.version and changed.key == seed.key
    assert len(library(house, leader)) == len(seeds("zh"))
    with pytest.raises(Conflict), house.database.writing() as db:
        environment.save_indicator(db, leader, seed, seed.facts)
    with house.database.writing() as db:
        environment.restore_indicator(db, leader, changed)
    assert find(house, leader, "不良率") == seed
    with pytest.raises(NotFound), house.database.writing() as db:
        environment.restore_indicator(db, leader, seed)


@both
def test_a_bank_adds_its_own_and_puts_away_what_it_does_not_use(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        environment.save_indicator(db, leader, None, OWN)
        environment.archive_indicator(db, leader, find(house, leader, "净推荐值"), archived=True)
    own, away = find(house, leader, OWN.name), find(house, leader, "净推荐值")
    assert own.facts == OWN and not own.code and own.key == f"own-{own.row_id}"
    assert away.archived
    with house.database.writing() as db:
        environment.archive_indicator(db, leader, away, archived=False)
    assert not find(house, leader, "净推荐值").archived


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "指" * 61}, {"level": 5}, {"low": 5.0, "high": 1.0}])
def test_an_indicator_that_cannot_be_is_refused(house: Instance, leader: Actor, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput), house.database.writing() as db:
        environment.save_indicator(db, leader, None, replace(OWN, **wrong))  # type: ignore[arg-type]


def test_executives_read_and_only_human_resources_change(house: Instance, leader: Actor, executive: Actor, administrator: Actor) -> None:
    assert len(library(house, executive)) == len(seeds("zh"))
    seed = find(house, leader, "不良率")
    with house.database.writing() as db:
        for act in (
            lambda: environment.save_indicator(db, executive, None, OWN),
            lambda: environment.archive_indicator(db, executive, seed, archived=True),
            lambda: environment.restore_indicator(db, executive, seed),
            lambda: environment.indicators(db, administrator, "zh"),
        ):
            with pytest.raises(NotAllowed):
                act()
