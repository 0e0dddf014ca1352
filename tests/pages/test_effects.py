"""The pages of effects and of retention: how people were chosen comes first, then the figure with what it says and does not say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from core.access.actor import Actor
from core.instance import Instance
from core.people.tables import Employee
from core.review.effects import service as effects
from core.review.results import repository
from core.review.results.terms import Moment, SourceKind
from tests.core.review.test_effect_service import SAID, measure, write
from tests.core.review.world import Review, review
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE, KEPT = "review/effects.py", "review/retention.py"


@pytest.fixture
def made(house: Instance, leader: Actor) -> Review:
    """Two measures of everybody before and after, one of them taken again later, and visits of half of the trained."""
    found = review(house, leader)
    works_on(house, leader, found.plan)
    with house.database.writing() as db:
        everybody, classes = list(db.exec(select(Employee))), repository.cohorts_of(db, found.project)
        for name in ("产品知识测验", "话术演练"):
            rows = []
            for at, one in enumerate(everybody):
                number, pre = one.id or 0, 60.0 + at * 7 % 23
                post = pre + 2 + at * 5 % 4 + (6 if number in classes else 0)
                rows += [
                    (number, one.unit_id, date(2027, 3, 1), Moment.BEFORE, pre),
                    (number, one.unit_id, date(2027, 9, 1), Moment.AFTER, post),
                ]
                rows += [
                    (number, one.unit_id, date(2027, 9, 1) + timedelta(days=30 * months), Moment.LATER, post * (1 - 0.04 * months))
                    for months in (1, 2, 3)
                ]
            write(db, found, measure(db, found, name, 2, SourceKind.TEST), rows)
        visits = [(one, None, date(2027, 12, 20), Moment.AFTER, 0.0) for one in classes]
        visits += [(one, None, date(2027, 11, 20), Moment.AFTER, 1.0) for one in list(classes)[::2]]
        write(db, found, measure(db, found, "名单制拜访", 3, SourceKind.BEHAVIOUR, "次"), visits)
    return found


def test_how_people_were_chosen_is_asked_first_and_kept(house: Instance, leader: Actor, made: Review, visit: Visit) -> None:
    at = visit(leader, PAGE, project=made.project)
    assert not at.exception and "同样的数，选人方式不同" in words(at) and not at.metric
    at.radio[0].set_value(SAID.design)
    at.text_input[0].set_value(SAID.reason)
    press(at, "保存")
    assert not at.exception and 4.5 < float(at.metric[0].value.split()[0]) < 7.5
    said = words(at)
    assert "可以说" in said and "不能说" in said and SAID.reason in said and "95% 区间" in said and "人次" in said
    assert "校正" in said or at.dataframe


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_executive_reads_the_effect_and_no_form(
    house: Instance, leader: Actor, executive: Actor, made: Review, visit: Visit, language: str
) -> None:
    with house.database.writing() as db:
        effects.choose(db, leader, made.plan, made.project, SAID)
        names = [one.name for one in db.exec(select(Employee))]
    works_on(house, executive, made.plan)
    at = visit(executive, PAGE, language, project=made.project)
    assert not at.exception and at.metric and not at.radio and not [name for name in names if name in words(at)]


def test_a_file_of_ones_own_needs_no_project(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    assert "去写项目目标" in labels(at, "button")
    next(one for one in at.get("button_group") if one.label == "数据来自").set_value("file").run()
    lines = "\n".join(f"P{one},{'trained' if one % 2 else 'comparison'},{60 + one % 9},{64 + one % 7 + 5 * (one % 2)}" for one in range(40))
    at.file_uploader(key="effects_file").upload("a.csv", f"person,group,pre,post\n{lines}".encode(), "text/csv").run()
    assert "请先在上面选参训者是怎样选出来的" in words(at) and not at.metric
    at.selectbox(key="effects_file_design").set_value("random").run()
    assert not at.exception and at.metric and "不能说" in words(at)
    at.file_uploader(key="effects_file").upload("b.csv", b"person,group,pre,post\nA,x,1,2\n", "text/csv").run()
    assert not at.exception and "第 2 行" in at.error[0].value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_stays_and_when_it_is_used(house: Instance, leader: Actor, made: Review, visit: Visit, language: str) -> None:
    at = visit(leader, KEPT, language, project=made.project)
    assert not at.exception
    said = words(at)
    # The classes end in 2027: until then nobody could have used anything, and no figure is given.
    assert ("还留住 88%" in said and "首次使用" in said) if language == "zh" else ("88% were still there" in said and "First use" in said)


def test_an_effect_is_taken_over_into_the_returns_and_linked_both_ways(house: Instance, leader: Actor, made: Review, visit: Visit) -> None:
    with house.database.writing() as db:
        effects.choose(db, leader, made.plan, made.project, SAID)
    for language, label in (("zh", "带入投入回报"), ("en", "Take over into returns")):
        at = visit(leader, PAGE, language, project=made.project)  # type: ignore[arg-type]
        assert not at.exception and label in labels(at, "button")
    at = visit(leader, PAGE, project=made.project)
    press(at, "带入投入回报")
    assert "单位价值的出处和确认人" in words(at)
    for one, text in zip(at.text_input[-4:], ("财务部测算", "王会计", "对照组已扣除大势", "李经理"), strict=True):
        one.set_value(text)
    press(at, "带入投入回报")
    assert not at.exception and "带入投入回报" not in labels(at, "button")
    at = visit(leader, "review/returns.py")
    assert not at.exception and "收益取自的效果（1 项）" in [one.label for one in at.expander]
