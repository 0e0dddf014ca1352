"""Results from files, from learning platforms and by themselves; their sums; the way back. On both databases."""

from __future__ import annotations

import json
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import select

from core.access.actor import Actor
from core.delivery.attendance import service as attendance
from core.delivery.attendance.tables import SessionFeedback
from core.delivery.attendance.terms import Presence
from core.errors import BadInput, Conflict, NotAllowed
from core.goals import service as goals
from core.goals.draft import of_goal
from core.goals.goal import KirkpatrickLevel
from core.instance import Instance
from core.people.tables import Employee, Unit
from core.projects.tables import Project
from core.review.results import following, importing, service
from core.review.results.found import Given
from core.review.results.measuring import MeasureDraft
from core.review.results.tables import Result, ResultSum
from core.review.results.terms import ALL_UNITS, Aggregation, Moment, ResultKind, SourceKind
from core.sheets.reading import folded
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import sessions
from tests.core.goals.worked import WORKED
from tests.core.review.world import Review, a_year, named, review, take

DAY = date(2027, 11, 1)
pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def made(house: Instance, leader: Actor) -> Review:
    return review(house, leader)


def actual(house: Instance, actor: Actor, made: Review, name: str) -> service.Actual:
    measure = named(house, actor, made, name)
    with house.database.reading() as db:
        return service.actuals(db, actor, made.plan)[measure.id]


def test_what_sums_up_others_is_left_out_and_told(house: Instance, leader: Actor, made: Review) -> None:
    near, far = made.near[:6], made.far[:6]
    rows = [
        ("序号", "工号", "姓名", "新增有效客户"),
        *((at, no, f"张{at}", 3) for at, no in enumerate(near)),
        ("", "", "望海支行小计", 18),
        *((at, no, f"李{at}", 3) for at, no in enumerate(far)),
        ("", "", "合 计", 36),
        ("", "", "平均", 3),
    ]
    done = take(house, leader, made, ResultKind.PERFORMANCE, rows, Given(made.project, on=DAY))
    assert actual(house, leader, made, "新增有效客户").value == 36 and not done.incoming.reading.problems
    told = " ".join(str(one) for one in done.incoming.reading.notes)
    assert "第 8、15 行是合计或小计" in told and "第 16 行是合计、平均" in told
    nameless = [("姓名", "话术得分"), *((f"张{at}", 80 + at) for at in range(10)), ("平均", 99)]
    take(house, leader, made, ResultKind.TEST, nameless, Given(made.project, on=DAY))
    assert actual(house, leader, made, "话术得分").value == 84.5


def test_the_branch_beside_its_units_counts_once(house: Instance, leader: Actor, made: Review) -> None:
    with house.database.writing() as db:
        top, away = Unit(name="滨海分行"), Unit(name="城东网点")
        db.add_all([top, away])
        db.flush()
        for unit in db.exec(select(Unit).where(Unit.name != "滨海分行")):
            unit.parent_id = top.id
        away.parent_id = made.world.branch.units["望海支行"]

    def value(kind: ResultKind, name: str, *rows: tuple[object, ...]) -> tuple[float | None, list[str], list[int]]:
        done = take(house, leader, made, kind, [("机构", "工号", name), *rows], Given(made.project, on=DAY))
        found = actual(house, leader, made, name).value
        with house.database.writing() as db:
            importing.undo(db, leader, done.import_id or 0)
        said = [str(one) for one in done.incoming.reading.notes if "免得重复计算" in str(one)]
        return found, said, [one.row for one in done.incoming.reading.problems]

    won, two = "新增有效客户", (("望海支行", "", 30), ("云岭支行", "", 20))
    for whole in (("滨海分行", "", 50), ("滨海分行", "", 48), ("全行", "", 50), ("全辖", "", 50)):
        found, said, wrong = value(ResultKind.PERFORMANCE, won, *two, whole)
        assert found == 50 and "第 4 行" in said[0] and not wrong
    found, said, _wrong = value(ResultKind.PERFORMANCE, won, ("滨海分行", "", 48))
    assert found == 48 and not said
    people = tuple(("望海支行", no, 3) for no in made.near[:6])
    assert value(ResultKind.PERFORMANCE, won, *people, ("望海支行", "", 18))[0] == 18
    assert value(ResultKind.PERFORMANCE, won, *people, ("云岭支行", "", 18))[0] == 36
    # More than the people listed: it may be all of them, and it may be the unit's own; less: it is the unit's own.
    assert value(ResultKind.PERFORMANCE, won, *people, ("望海支行", "", 40))[::2] == (18, [8])
    assert value(ResultKind.PERFORMANCE, won, ("望海支行", "", 9), ("城东网点", "", 21))[0] == 30
    assert value(ResultKind.PERFORMANCE, won, ("滨海分行", "", 30), ("望海支行", "", 21), ("城东网点", "", 21))[0] == 21
    # Rates are no sums: that of the whole lies among those of its parts.
    rates = (("望海支行", "", "60%"), ("云岭支行", "", "80%"), ("滨海分行", "", "71%"))
    assert value(ResultKind.BEHAVIOUR, "上门拜访覆盖率", *rates)[0] == pytest.approx(70)


def test_grades_of_which_nobody_can_tell_who_passed_are_asked_about(house: Instance, leader: Actor, made: Review) -> None:
    for words in (("A", "B", "C"), ("甲", "乙", "丙"), ("称职", "基本称职", "不称职")):
        rows = [("工号", "授信考试"), *((no, words[at % 3]) for at, no in enumerate(made.near))]
        with pytest.raises(BadInput, match=r"“授信考试”.*从哪一级起算通过"):
            take(house, leader, made, ResultKind.TEST, rows, Given(made.project, on=DAY))
    rows = [("工号", "话术通关率"), *((no, ("合格", "基本合格")[at % 2]) for at, no in enumerate(made.near))]
    done = take(house, leader, made, ResultKind.TEST, rows, Given(made.project, on=DAY))
    assert "从哪一级起算通过" in str(done.incoming.reading.problems[0].message)


def test_tests_side_by_side_before_and_after_are_each_their_own(house: Instance, leader: Actor, made: Review) -> None:
    people = made.near[:6]
    joined = [("工号", "授信测评训前", "授信测评训后", "面谈测评（前测）", "面谈测评（后测）"), *((no, 60, 70, 50, 65) for no in people)]
    stacked = [
        ("工号", "授信测评", "", "面谈测评", ""),
        ("", "训前", "训后", "训前", "训后"),
        *((no, 61, 71, 51, 66) for no in people),
    ]
    for rows, added in ((joined, 0), (stacked, 1)):
        done = take(house, leader, made, ResultKind.TEST, rows, Given(made.project, on=DAY))
        assert not done.incoming.reading.problems
        told = {(one.measure, one.moment): one.value for one in done.incoming.reading.results}
        assert told == {
            ("授信测评", Moment.BEFORE): 60 + added,
            ("授信测评", Moment.AFTER): 70 + added,
            ("面谈测评", Moment.BEFORE): 50 + added,
            ("面谈测评", Moment.AFTER): 65 + added,
        }
    assert actual(house, leader, made, "面谈测评").value == 66


def test_a_single_pair_of_columns_is_of_the_measure_that_somebody_names(house: Instance, leader: Actor, made: Review) -> None:
    rows = [("工号", "结业测评训前", "结业测评训后"), *((no, 60, 70) for no in made.near[:6])]
    with pytest.raises(BadInput, match="哪个指标"):
        take(house, leader, made, ResultKind.TEST, rows, Given(made.project, on=DAY))
    long = [("工号", "成绩"), *((no, 75) for no in made.near[:6])]
    take(house, leader, made, ResultKind.TEST, long, Given(made.project, measure="结业测评", on=DAY))
    done = take(house, leader, made, ResultKind.TEST, rows, Given(made.project, on=date(2027, 11, 2)))
    assert {one.measure for one in done.incoming.reading.results} == {"结业测评"}


def test_a_submitted_goals_indicators_are_measures_and_follow_it(house: Instance, leader: Actor, made: Review) -> None:
    visits, won = named(house, leader, made, "上门拜访覆盖率"), named(house, leader, made, "新增有效客户")
    assert (visits.level, visits.kind, visits.aggregation) == (KirkpatrickLevel.BEHAVIOUR, SourceKind.BEHAVIOUR, Aggregation.SHARE)
    assert (won.level, won.kind, won.aggregation, won.reach) == (KirkpatrickLevel.RESULTS, SourceKind.PERFORMANCE, Aggregation.SUM, 60)
    with house.database.writing() as db:
        view = goals.find(db, leader, made.project)
        draft = of_goal(WORKED)
        lines = tuple(line for line in draft.lines if line.indicator.name != "首次沟通有效率")
        goals.save(db, leader, made.project, view.version, type(draft)(draft.pain_point, draft.behaviour, lines, 30, 90))
        goals.submit(db, leader, made.project, goals.find(db, leader, made.project).version, "改")
    with house.database.writing() as db:
        assert following.behind(db, leader, made.plan).anything
        following.follow(db, leader, made.plan)
        assert not following.behind(db, leader, made.plan).anything
    with house.database.reading() as db:
        names = {one.name for one in service.measures(db, leader, made.plan) if one.project_id == made.project}
    assert "首次沟通有效率" not in names and "新增有效客户" in names
    later = named(house, leader, made, "新增有效客户")
    assert later.id == won.id and later.due and won.due and (later.due - won.due).days == 30


def test_a_wide_survey_of_five_marks_becomes_a_hundred_and_says_so(house: Instance, leader: Actor, made: Review) -> None:
    rows = [("工号", "日期", "讲师讲得清楚", "内容有用"), *((no, DAY, "非常满意", 4) for no in made.near[:6])]
    done = take(house, leader, made, ResultKind.SURVEY, rows)
    assert len(done.incoming.created) == 12 and any("×20" in str(one) for one in done.incoming.reading.notes)
    assert actual(house, leader, made, "讲师讲得清楚").value == 100 and actual(house, leader, made, "内容有用").value == 80
    assert named(house, leader, made, "内容有用").level is KirkpatrickLevel.REACTION


def test_scores_before_and_after_pair_by_person(house: Instance, leader: Actor, made: Review) -> None:
    rows = [
        ("工号", "考试日期", "指标", "训前成绩", "训后成绩"),
        *((no, DAY, "话术得分", 60 + at, 80 + at) for at, no in enumerate(made.near)),
    ]
    take(house, leader, made, ResultKind.TEST, rows)
    measure = named(house, leader, made, "话术得分")
    with house.database.reading() as db:
        pairs = service.pairs(db, leader, measure.id)
    assert len(pairs) == len(made.near) and all(one.pre is not None and one.post == one.pre + 20 for one in pairs)
    assert {one.class_ for one in pairs} != {None}
    # What was taken before the training is no result of it.
    found = actual(house, leader, made, "话术得分")
    assert found.attendances == found.people == len(made.near) and found.value == pytest.approx(80 + (len(made.near) - 1) / 2)


def test_a_pass_rate_counts_those_who_passed_and_asks_for_the_mark(house: Instance, leader: Actor, made: Review) -> None:
    rows = [("工号", "日期", "话术通关率"), *((no, DAY, score) for no, score in zip(made.near, (90, 59, 60, "缺考"), strict=False))]
    with pytest.raises(BadInput):
        take(house, leader, made, ResultKind.TEST, rows)
    done = take(house, leader, made, ResultKind.TEST, rows, Given(made.project, pass_mark=60))
    found = actual(house, leader, made, "话术通关率")
    assert (found.value, found.attendances) == (pytest.approx(200 / 3), 3)
    assert any("缺考" in str(one) for one in done.incoming.reading.notes)


def test_visits_of_a_day_are_added_and_months_across_too(house: Instance, leader: Actor, made: Review) -> None:
    first, second = made.near[:2]
    rows = [("工号", "拜访日期", "拜访次数"), (first, DAY, 1), (first, DAY, 2), (second, DAY, 1)]
    take(house, leader, made, ResultKind.BEHAVIOUR, rows, Given(made.project, measure="拜访量"))
    found = actual(house, leader, made, "拜访量")
    assert (found.value, found.people, found.attendances) == (4, 2, 2)
    rows = [("机构", "指标", "11月", "12月"), ("望海支行", "新增有效客户", 5, 7)]
    take(house, leader, made, ResultKind.PERFORMANCE, rows)
    won = named(house, leader, made, "新增有效客户")
    with house.database.reading() as db:
        points = service.series(db, leader, won.id)
    assert [(one.on, one.value) for one in points] == [(date(2027, 11, 1), 5.0), (date(2027, 12, 1), 7.0)]


def test_a_file_again_changes_nothing_a_correction_replaces_and_both_go_back(house: Instance, leader: Actor, made: Review) -> None:
    rows = [("工号", "日期", "话术通关率"), *((no, DAY, "通过") for no in made.near[:5])]
    first = take(house, leader, made, ResultKind.TEST, rows)
    again = take(house, leader, made, ResultKind.TEST, rows)
    assert (len(again.incoming.created), again.incoming.unchanged) == (0, 5)
    second = take(house, leader, made, ResultKind.TEST, [rows[0], (made.near[0], DAY, "未通过")])
    assert len(second.incoming.updated) == 1 and actual(house, leader, made, "话术通关率").value == 80
    with pytest.raises(Conflict), house.database.writing() as db:
        importing.undo(db, leader, first.import_id or 0)
    with house.database.writing() as db:
        assert importing.undo(db, leader, second.import_id or 0) == 1
    assert actual(house, leader, made, "话术通关率").value == 100
    with house.database.writing() as db:
        importing.undo(db, leader, again.import_id or 0)
        importing.undo(db, leader, first.import_id or 0)
        assert not db.exec(sa.select(ResultSum.measure_id)).all()  # type: ignore[call-overload]
    assert actual(house, leader, made, "话术通关率").value is None


def test_rows_with_errors_stay_out_and_say_where(house: Instance, leader: Actor, made: Review) -> None:
    rows = [
        ("工号", "日期", "话术通关率"),
        (made.near[0], DAY, "通过"),
        ("999999", DAY, "通过"),
        (made.near[1], "某天", "通过"),
        (made.near[2], DAY, "好极了"),
    ]
    done = take(house, leader, made, ResultKind.TEST, rows)
    assert [one.row for one in done.incoming.reading.problems] == [3, 4, 5] and len(done.incoming.created) == 1


def test_a_name_that_two_projects_share_means_the_chosen_ones(house: Instance, leader: Actor, made: Review) -> None:
    rows = [("工号", "日期", "话术通关率"), (made.far[0], DAY, "通过")]
    take(house, leader, made, ResultKind.TEST, rows, Given(made.world.projects[1]))
    assert actual(house, leader, made, "话术通关率").value is None
    other = named(house, leader, made, "话术通关率", made.world.projects[1])
    with house.database.reading() as db:
        assert service.actuals(db, leader, made.plan)[other.id].value == 100


def test_two_projects_of_one_name_are_told_apart(house: Instance, leader: Actor, made: Review) -> None:
    """The table of measures knows projects by their names: a change to one's measure once made it the other's."""
    first, second = made.world.projects[:2]
    with house.database.writing() as db:
        for number in (first, second):
            db.get_one(Project, number).name = "客户经理训练营"
    with house.database.reading() as db:
        names = service.projects(db, leader, made.plan)
        assert (names[first], names[second]) == ("客户经理训练营", "客户经理训练营（2）")
        known = importing.by_name(service.measures(db, leader, made.plan), None)
    assert known[folded("客户经理训练营（2）·话术通关率")].project_id == second


def test_statements_of_a_platform_come_in_once(house: Instance, leader: Actor, made: Review) -> None:
    def said(number: int, who: dict[str, object], verb: str, **result: object) -> dict[str, object]:
        return {
            "id": f"s{number}",
            "actor": who,
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
            "object": {"id": "http://lms/a1", "definition": {"name": {"zh-CN": "存款营销"}}},
            "timestamp": "2027-11-01T09:00:00Z",
            "result": result,
        }

    first, second = made.near[:2]
    lines = [
        said(1, {"account": {"name": first}}, "passed", score={"scaled": 0.9}, success=True, duration="PT1H30M"),
        said(2, {"mbox": f"mailto:{second}@bank.cn"}, "failed", score={"raw": 40, "max": 80}),
        said(2, {"mbox": f"mailto:{second}@bank.cn"}, "failed", score={"raw": 40, "max": 80}),
        said(3, {"account": {"name": "nobody"}}, "passed"),
    ]
    content = "\n".join(json.dumps(one) for one in lines).encode()
    for created in (5, 0):
        with house.database.writing() as db:
            prepared = importing.prepare_statements(db, leader, made.plan, content, made.project)
            read = prepared.read({}, Given(made.project))
            if created:
                done = importing.import_reading(db, leader, made.plan, "lms.jsonl", read)
                assert len(done.incoming.created) == created and [one.row for one in read.problems] == [4]
            else:
                assert not read.results
    assert actual(house, leader, made, "存款营销·得分").value == 70 and actual(house, leader, made, "存款营销·通过率").value == 50
    assert actual(house, leader, made, "存款营销·学习时长").value == 1.5


def test_feedback_and_sign_ins_flow_in_and_follow_a_correction(house: Instance, leader: Actor, made: Review) -> None:
    session = next(one for one in sessions(house, leader, made.plan) if one.day is not None and one.project_id == made.project)
    first, second = session.members[:2]
    with house.database.writing() as db:
        attendance.note(db, leader, made.plan, session.id, {first: Presence.PRESENT, second: Presence.ABSENT}, {}, today=date(2027, 12, 31))
        db.add(SessionFeedback(session_id=session.id, employee_id=first, marks={"content": 5, "trainer": 4, "use": 3}))
    with house.database.writing() as db:
        assert following.behind(db, leader, made.plan).flow
        following.follow(db, leader, made.plan)
    assert actual(house, leader, made, "到课率").value == 50 and actual(house, leader, made, "课后满意度").value == 80
    with house.database.writing() as db:
        noted = {one.employee_id: one.version for one in attendance.sheet(db, leader, made.plan, session.id).rows}
        attendance.note(db, leader, made.plan, session.id, {second: Presence.LATE}, noted, today=date(2027, 12, 31))
    with house.database.writing() as db:
        following.keep_up(db)
        assert not following.behind(db, leader, made.plan).flow
    assert actual(house, leader, made, "到课率").value == 100


def test_an_executive_reads_no_figure_of_four_people(house: Instance, leader: Actor, executive: Actor, made: Review) -> None:
    head = ("工号", "日期", "话术通关率")
    take(house, leader, made, ResultKind.TEST, [head, *((no, DAY, "通过") for no in made.near[:4])])
    assert actual(house, leader, made, "话术通关率").people == 4
    hidden = actual(house, executive, made, "话术通关率")
    assert hidden.hidden and hidden.value is None and hidden.people == 0
    take(house, leader, made, ResultKind.TEST, [head, *((no, date(2027, 12, 1), "通过") for no in made.near[4:10])])
    measure = named(house, leader, made, "话术通关率")
    assert actual(house, executive, made, "话术通关率").value == 100
    with house.database.reading() as db:
        assert all(one.hidden for one in service.series(db, executive, measure.id))


def test_a_persons_own_measure_is_kept_and_taken_back(house: Instance, leader: Actor, executive: Actor, made: Review) -> None:
    draft = MeasureDraft("互动参与率", KirkpatrickLevel.REACTION, SourceKind.ACTIVITY, target=85, unit="%", aggregation=Aggregation.SHARE)
    with house.database.writing() as db:
        number = service.save_measure(db, leader, made.plan, draft)
    with house.database.writing() as db:
        with pytest.raises(NotAllowed):
            service.save_measure(db, executive, made.plan, draft)
        change = service.last_change(db, leader, made.plan)
        assert change is not None
        service.undo(db, leader, change.id)
    with house.database.reading() as db:
        assert number not in {one.id for one in service.measures(db, leader, made.plan)}


def test_a_year_is_summed_as_its_rows_say(house: Instance, leader: Actor, made: Review) -> None:
    a_year(house, leader, made)
    assert actual(house, leader, made, "课程满意度").value == 90
    assert actual(house, leader, made, "上门拜访覆盖率").value == pytest.approx(72)
    won = actual(house, leader, made, "新增有效客户")
    assert won.people == len(made.near) and won.value == sum(5 for _no in made.near)
    with house.database.reading() as db:
        rows = db.exec(sa.select(sa.func.count()).select_from(Result).where(Result.moment != Moment.BEFORE))  # type: ignore[call-overload, arg-type]
        every = sa.case((ResultSum.unit_id == ALL_UNITS, ResultSum.attendances), else_=0)  # type: ignore[arg-type]
        counted = db.exec(sa.select(sa.func.sum(every), sa.func.sum(ResultSum.attendances)))  # type: ignore[call-overload]
    # Of each month the units, and all units together.
    number = rows.one()[0]
    assert tuple(counted.one()) == (number, 2 * number)


def test_somebody_who_moves_within_a_month_is_one_person_of_it(house: Instance, leader: Actor, made: Review) -> None:
    head, moved, given = ("工号", "日期", "拜访次数"), made.near[0], Given(made.project, measure="拜访量")
    take(house, leader, made, ResultKind.BEHAVIOUR, [head, (moved, DAY, 3)], given)
    with house.database.writing() as db:
        person = db.exec(select(Employee).where(Employee.employee_no == moved)).one()
        person.unit_id = made.world.branch.units["云岭支行"]
    take(house, leader, made, ResultKind.BEHAVIOUR, [head, (moved, date(2027, 11, 9), 2)], given)
    measure = named(house, leader, made, "拜访量")
    with house.database.reading() as db:
        assert [(one.people, one.attendances, one.value) for one in service.series(db, leader, measure.id)] == [(1, 2, 5)]
