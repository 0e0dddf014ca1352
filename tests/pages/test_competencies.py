"""The page of the capability model: the starter library is taken in, searched, changed, extended."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.access import audit
from core.access.actor import Actor, Role
from core.instance import Instance
from core.people import service as people
from core.people.competencies import seeds
from tests.pages.conftest import Visit
from tests.pages.words import labels, press, words

PAGE = "people/competencies.py"
ALL = len(seeds("zh"))


def choose(at: AppTest, row: int = 0) -> AppTest:
    """Click a row of the table."""
    at.session_state[str(at.dataframe[0].key)] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return at.run()


def model(house: Instance, actor: Actor) -> dict[str, people.Competency]:
    with house.database.reading() as db:
        return {one.facts.name: one for one in people.competencies(db, actor, "zh") if one.taken}


def test_an_empty_model_offers_the_starter_library(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "能力模型还是空的" in words(at) and f"{ALL} / {ALL} 项能力" in words(at)
    press(at, f"采用起始能力库（{ALL} 项）")
    assert len(model(house, leader)) == ALL and "能力模型还是空的" not in words(at)
    english = visit(leader, PAGE, "en")
    assert "Asset allocation" in english.dataframe[0].value.to_string()


def test_one_is_found_read_and_taken_in_alone(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.text_input(key="competency_words").set_value("资产配置").run()
    choose(at)
    assert "L1 认知" in words(at) and "AFP 金融理财师（L2）" in words(at) and "零售AUM" in words(at)
    press(at, "采用这一项")
    assert set(model(house, leader)) == {"资产配置"}


def test_a_competency_is_changed_and_its_earlier_edition_stays(house: Instance, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        people.take_in(db, leader, ["asset_allocation"])
    at = choose(visit(leader, PAGE))
    next(one for one in at.text_area if one.label == "定义").set_value("本行口径")
    press(at, "保存")
    assert model(house, leader)["资产配置"].facts.definition == "本行口径"
    assert "以前的版本（1 个）" in labels(choose(at), "expander")


def test_the_log_says_where_somebody_at_the_server_itself_comes_from(
    house: Instance, leader: Actor, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.ip_address", None)
    press(visit(leader, PAGE), f"采用起始能力库（{ALL} 项）")
    with house.database.reading() as db:
        (entry,) = audit.entries(db, replace(leader, roles=frozenset(Role)), action="competencies_taken").entries
    assert entry.address == "localhost"


def test_an_earlier_edition_is_compared_brought_back_and_that_is_undone(house: Instance, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        people.take_in(db, leader, ["asset_allocation"])
    first = model(house, leader)["资产配置"]
    with house.database.writing() as db:
        people.save_competency(db, leader, first, replace(first.facts, definition="本行口径"))
    at = choose(visit(leader, PAGE))
    assert "从这一版到现在" in words(at) and "定义" in words(at) and ":green-background[本行口径]" in words(at)
    press(at, "恢复第 1 版")
    assert model(house, leader)["资产配置"].facts == first.facts
    press(choose(at), "撤销上次改动")
    assert model(house, leader)["资产配置"].facts.definition == "本行口径"
    english = choose(visit(leader, PAGE, "en"))
    assert "Bring back edition 1" in labels(english, "button")


def test_a_branch_adds_its_own_and_is_told_what_is_missing(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    press(at, "保存")
    assert "请填写能力名称" in at.error[0].value
    next(one for one in at.text_input if one.label == "能力名称").set_value("县域客群经营")
    press(at, "保存")
    assert set(model(house, leader)) == {"县域客群经营"}


def test_indicators_that_show_a_competency_are_read_both_ways_and_changed(house: Instance, leader: Actor, visit: Visit) -> None:
    with house.database.writing() as db:
        people.take_in(db, leader, ["asset_allocation"])
    at = choose(visit(leader, PAGE))
    assert (
        "哪些指标能说明它起了作用" in words(at)
        and "零售AUM" in words(at)
        and any("能力与指标的对应" in one for one in labels(at, "expander"))
    )
    picker = next(one for one in at.multiselect if one.label == "能说明这项能力的指标")
    picker.set_value(["churn"]).run()
    press(at, "保存指标")
    assert model(house, leader)["资产配置"].facts.indicators == ("churn",)
    assert any("Competencies and indicators" in one for one in labels(visit(leader, PAGE, "en"), "expander"))


def test_certificates_are_searched_put_away_and_taken_back(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "证书和它证明的等级（86 张）" in words(at)
    at.text_input(key="certificate_words").set_value("AFP").run()
    table = next(one for one in at.dataframe if "证书" in one.value.columns)
    assert table.value["证书"].tolist() == ["AFP 金融理财师"] and "资产配置" in table.value["证明的能力和等级"][0]
    at.session_state[str(table.key)] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at.run()
    press(at, "归档")
    assert "证书和它证明的等级（85 张）" in words(at)
    assert "Certificates and the levels they prove (85)" in words(visit(leader, PAGE, "en"))


def test_a_certificate_is_added_with_the_levels_that_it_proves(house: Instance, leader: Actor, visit: Visit) -> None:
    at = visit(leader, PAGE)
    key = "certificate_new_0_grants"
    at.session_state[key] = {"edited_rows": {}, "added_rows": [{"competency": "asset_allocation", "level": 2}], "deleted_rows": []}
    next(one for one in at.text_input if one.label == "证书").input("本行理财上岗证")
    next(one for one in at.button if one.label == "保存" and "certificate" in str(one.form_id)).click()
    at.run()
    assert "证书和它证明的等级（87 张）" in words(at)
