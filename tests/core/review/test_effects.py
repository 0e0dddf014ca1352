"""What an evaluation concludes, by how trainees were chosen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.errors import BadInput
from core.review.effects.evaluating import evaluate
from core.review.effects.evaluation import Evaluation, as_json
from core.review.effects.reading import read_sample
from core.review.effects.sample import Sample, by_person
from core.review.effects.terms import Design, Estimator, Figure, Unit
from core.sheets.grid import Grid, Row
from tests.evals import effects as simulated

RNG = 4


def drawn(design: Design, n: int = 2000) -> Sample:
    """A large study of this design whose true effect is 3."""
    draws = {
        Design.BY_SCORE: simulated._chosen(n, 0.3),
        Design.UNITS: simulated._whole_units(20, 20),
        Design.RANDOM: simulated._drawn(n, 0.5),
        Design.VOLUNTEERS: simulated._volunteers(n, by_pre=False),
        Design.ALL: simulated._all(n),
        Design.NONE: simulated._all(n),
    }
    return draws[design](np.random.default_rng(RNG))


def rules(found: Evaluation) -> set[str]:
    return {one.rule for one in found.warnings}


def figure(found: Evaluation, wanted: Figure) -> float:
    return next(one.value for one in [*([found.effect] if found.effect else []), *found.also] if one.figure is wanted)


def test_of_the_weakest_the_raw_gain_is_twice_the_effect_and_ancova_is_right() -> None:
    found = evaluate(drawn(Design.BY_SCORE), Design.BY_SCORE)
    assert found.estimator is Estimator.ANCOVA and found.causal and found.effect is not None
    assert found.effect.value == pytest.approx(3, abs=1.1)
    assert figure(found, Figure.RAW_GAIN) > 7.5 and figure(found, Figure.DID) > 7
    said = next(one.message for one in found.warnings if one.rule == "regression_to_the_mean")
    assert any(f"+{whole}." in str(said) for whole in (2, 3, 4)) and "no_overlap" in rules(found)


def test_people_whose_scores_say_that_they_were_chosen_otherwise_prove_nothing() -> None:
    found = evaluate(drawn(Design.RANDOM, 300), Design.BY_SCORE)
    assert (
        "not_by_score" in rules(found)
        and "regression_to_the_mean" not in rules(found)
        and not found.causal
        and as_json(found, "", "zh")["causal"] is False
    )
    assert "不能说：这是培训带来的" in str(found.verdict) and "培训使结果" not in str(found.verdict)


def test_the_score_before_one_test_is_never_set_against_that_after_another() -> None:
    head = ("人员", "面谈训后", "授信训前", "授信训后", "面谈训前")
    grid = Grid("表", (Row(1, head), *(Row(at, (f"a{at}", 60, 70, 50, 65)) for at in range(2, 12))))
    with pytest.raises(BadInput, match="不止一项测评"):
        read_sample([grid], Design.NONE)
    one = Grid("表", (Row(1, ("人员", "训前得分(百分制)", "训后考核成绩")), *(Row(at, (f"a{at}", 60, 70)) for at in range(2, 12))))
    assert read_sample([one], Design.NONE).post.mean() == 70


def test_of_whole_units_the_gains_are_compared_and_ancova_stands_beside_them() -> None:
    found = evaluate(drawn(Design.UNITS), Design.UNITS)
    assert found.estimator is Estimator.DID and found.effect is not None
    assert (found.effect.low or 0) < 3 < (found.effect.high or 0) and figure(found, Figure.ANCOVA) < figure(found, Figure.DID)
    assert "clustering" in rules(found)


def test_volunteers_are_a_bracket_and_no_cause() -> None:
    found = evaluate(drawn(Design.VOLUNTEERS), Design.VOLUNTEERS)
    assert found.estimator is Estimator.BRACKET and not found.causal and found.effect is not None
    assert (found.effect.low or 0) <= min(figure(found, Figure.ANCOVA), figure(found, Figure.DID))
    assert "different_start" in rules(found) and "不能说：这是培训带来的" in str(found.verdict)


@pytest.mark.parametrize("design", [Design.ALL, Design.NONE])
def test_without_comparison_a_change_is_described_and_not_explained(design: Design) -> None:
    found = evaluate(drawn(design, 200), design)
    assert found.estimator is Estimator.PAIRED and not found.causal
    assert {one.figure for one in found.also} >= {Figure.D_AV, Figure.D_Z} and "没有对照" in str(found.verdict)


def test_drawn_at_random_the_score_before_makes_the_estimate_sharper() -> None:
    found = evaluate(drawn(Design.RANDOM, 300), Design.RANDOM)
    plain = next(one for one in found.also if one.figure is Figure.DIFFERENCE)
    assert found.effect is not None and found.causal and found.estimator is Estimator.ANCOVA
    assert (found.effect.high or 0) - (found.effect.low or 0) < (plain.high or 0) - (plain.low or 0)


def test_a_design_that_needs_a_comparison_says_so_when_there_is_none() -> None:
    found = evaluate(drawn(Design.ALL, 60), Design.RANDOM)
    assert not found.causal and found.estimator is Estimator.PAIRED and "no_comparison" in rules(found)


def test_somebody_who_came_several_times_is_one_person() -> None:
    once = drawn(Design.RANDOM, 40)
    rows = [*range(40), 0, 0, 1]
    again = replace(once, persons=[once.persons[at] for at in rows], trained=once.trained[rows], pre=once.pre[rows], post=once.post[rows])
    one, other = evaluate(once, Design.RANDOM), evaluate(again, Design.RANDOM)
    assert (other.n.people, other.n.attendances) == (40, 43) and other.effect == one.effect and "repeated_persons" in rules(other)


def test_passes_are_counted_in_percentage_points() -> None:
    made = Sample(
        [str(number) for number in range(200)],
        np.arange(200) < 100,
        np.full(200, np.nan),
        np.r_[np.ones(89), np.zeros(11), np.ones(67), np.zeros(33)],
    )
    found = evaluate(made, Design.RANDOM)
    assert found.effect is not None and found.effect.unit is Unit.POINTS and found.effect.value == pytest.approx(22)
    assert (round(found.effect.low or 0), round(found.effect.high or 0)) == (11, 33) and "22.0 个百分点" in str(found.verdict)
    same = evaluate(replace(made, post=np.full(200, np.nan), binary=made.post), Design.RANDOM)
    assert same.effect == found.effect
    assert not evaluate(made, Design.VOLUNTEERS).causal


def test_an_interval_of_percentages_that_go_beyond_a_hundred_holds_its_figure() -> None:
    """How far a sales target was met may be 300 %: such a change is no share's, and its interval ends where it ends."""
    rng = np.random.default_rng(RNG)
    trained = np.arange(80) % 2 == 0
    pre = rng.normal(80, 15, 80)
    met = Sample([str(at) for at in range(80)], trained, pre, pre + 5 + 190 * trained + rng.normal(0, 20, 80), percent=True)
    for design in (Design.RANDOM, Design.VOLUNTEERS, Design.NONE):
        found = evaluate(met, design)
        for one in (found.effect, *found.also):
            assert one is not None and one.low is not None and one.high is not None and one.low < one.value < one.high
    share = replace(met, pre=np.full(80, 4.0), post=np.where(trained, 96.0, 5.0) + rng.normal(0, 2, 80), unit=["甲", "乙", "丙", "丁"] * 20)
    among = evaluate(replace(share, trained=np.array([one in "甲丙" for one in share.unit or []])), Design.UNITS)
    assert among.effect is not None and among.effect.high is not None and among.effect.high <= 100


def test_passes_of_the_same_people_before_and_after() -> None:
    pre = np.r_[np.ones(67), np.zeros(33)]
    post = np.r_[np.ones(60), np.zeros(7), np.ones(29), np.zeros(4)]
    found = evaluate(Sample([str(n) for n in range(100)], np.ones(100, dtype=bool), pre, post), Design.ALL)
    assert found.effect is not None and found.effect.value == pytest.approx(22) and found.p == pytest.approx(0.00031, abs=5e-6)


def _file(*rows: tuple[object, ...]) -> list[Grid]:
    return [Grid("表", tuple(Row(number, row) for number, row in enumerate(rows, 1)))]  # type: ignore[arg-type]


def test_rows_that_sum_up_others_are_nobody_and_are_told() -> None:
    people = [(f"员工{at}", 60 + at % 7, 70 + at % 9) for at in range(20)]
    plain = evaluate(read_sample(_file(("姓名", "训前", "训后"), *people), Design.NONE), Design.NONE)
    summed = [*people[:10], ("城东支行小计", 630, 740), *people[10:], ("合 计", 1260, 1480), ("平均分", 63, 74), ("最高分", 69, 79)]
    found = evaluate(read_sample(_file(("姓名", "训前", "训后"), *summed), Design.NONE), Design.NONE)
    assert (found.effect, found.n) == (plain.effect, plain.n)
    assert "12、23、24、25" in next(str(one.message) for one in found.warnings if one.rule == "summary_rows")
    grouped = [("姓名", "组别", "训前", "训后"), *((name, "参训", pre, post) for name, pre, post in people), ("平均", None, 63, 74)]
    assert read_sample(_file(*grouped), Design.RANDOM).summaries == [22]


def test_grades_pass_and_fail_as_they_do_in_an_import_and_letters_are_asked_about() -> None:
    def of(*words: str) -> Sample:
        rows = [(f"员工{at}", words[at % len(words)], words[(at + 1) % len(words)]) for at in range(12)]
        return read_sample(_file(("姓名", "训前", "训后"), *rows), Design.NONE)

    graded = of("优", "良", "及格", "差")
    assert graded.graded and graded.post.tolist() == [1, 1, 0, 1] * 3
    assert "grades" in rules(evaluate(graded, Design.NONE))
    assert not of("合格", "不合格").graded and of("优", "不合格").post.tolist() == [0, 1] * 6
    for words in (("A", "B", "C"), ("甲", "乙", "丙"), ("称职", "基本称职"), ("一等", "二等"), ("优", "基本合格")):
        with pytest.raises(BadInput, match="从哪一级起算通过"):
            of(*words)


def test_an_effect_is_called_one_of_the_training_only_where_its_interval_leaves_out_nought() -> None:
    sample = drawn(Design.RANDOM, 60)
    unclear = evaluate(replace(sample, post=sample.post - 3 * sample.trained), Design.RANDOM)
    assert unclear.causal and unclear.open and "含 0" in str(unclear.standing) and "归因" not in str(unclear.standing)
    clear = evaluate(drawn(Design.RANDOM), Design.RANDOM)
    assert not clear.open and str(clear.standing) == "可以归因于培训"
    assert str(evaluate(drawn(Design.VOLUNTEERS), Design.VOLUNTEERS).standing) == "只能描述"


def test_a_range_of_two_estimates_is_as_sure_as_the_less_sure_of_them() -> None:
    """Where those who came began far higher, people of the same score differ and the gains do not: nobody can tell which is true."""
    rng = np.random.default_rng(RNG)
    trained = np.arange(120) % 2 == 0
    pre = rng.normal(70, 8, 120) + 8 * trained
    found = evaluate(
        Sample([str(at) for at in range(120)], trained, pre, 35 + pre / 2 + 4 * trained + rng.normal(0, 6, 120)), Design.VOLUNTEERS
    )
    one = found.effect
    assert one is not None and one.low is not None and one.high is not None and one.low < 0 < one.high
    assert figure(found, Figure.ANCOVA) > 3 and found.p is not None and found.p > 0.05


def test_somebody_far_from_all_others_is_told_of_in_either_group() -> None:
    sample = drawn(Design.RANDOM, 120)
    assert "outlier" not in rules(evaluate(sample, Design.RANDOM))
    for arm in (True, False):
        post = sample.post.copy()
        post[np.flatnonzero(sample.trained == arm)[0]] = -200
        assert "outlier" in rules(evaluate(replace(sample, post=post), Design.RANDOM))
    passed = replace(sample, pre=np.zeros(120), post=(np.arange(120) != 7).astype(np.float64))
    assert "outlier" not in rules(evaluate(passed, Design.RANDOM))


def test_a_pass_beside_scores_stands_beside_the_effect() -> None:
    made = drawn(Design.BY_SCORE, 400)
    found = evaluate(replace(made, binary=(made.post > 72).astype(float)), Design.BY_SCORE)
    beside = next(one for one in found.also if one.figure is Figure.PASS_RATE)
    assert beside.unit is Unit.POINTS and found.effect is not None and found.effect.unit is Unit.SCORE


def test_a_few_units_are_compared_by_their_means_and_it_is_said() -> None:
    made = simulated._whole_units(3, 3)(np.random.default_rng(RNG))
    found = evaluate(made, Design.UNITS)
    said = next(one.message for one in found.warnings if one.rule == "few_clusters")
    assert "6 个机构" in str(said) and "自由度 4" in str(said)


def test_one_unit_on_each_side_is_no_cause() -> None:
    made = simulated._whole_units(1, 1)(np.random.default_rng(RNG))
    found = evaluate(made, Design.UNITS)
    assert not found.causal and "one_unit_each" in rules(found) and "分不开" in str(found.verdict)


def test_units_that_are_not_told_make_the_interval_too_narrow_and_it_is_said() -> None:
    assert "no_units" in rules(evaluate(replace(drawn(Design.UNITS), unit=None), Design.UNITS))


def test_an_interval_about_nought_says_neither_that_it_works_nor_that_it_does_not() -> None:
    made = drawn(Design.RANDOM, 40)
    flat = replace(made, post=made.post - 3.0 * made.trained)
    assert "也不能说无效" in str(evaluate(flat, Design.RANDOM).verdict)


@pytest.mark.parametrize(("trained", "others"), [(4, 4), (4, 40), (40, 4), (0, 0), (0, 30), (3, 0)])
def test_below_five_people_in_a_group_there_is_no_figure_at_all(trained: int, others: int) -> None:
    n = trained + others
    rng = np.random.default_rng(1)
    made = Sample([str(at) for at in range(n)], np.arange(n) < trained, rng.normal(70, 9, n), rng.normal(75, 9, n))
    for design in Design:
        if design in (Design.ALL, Design.NONE) and trained >= 5:
            continue
        said = as_json(evaluate(made, design), "f", "zh")
        assert said["effect"] is None and said["also"] == [] and set(said["n"].values()) == {None} and not said["causal"]
        assert not {char for one in said["warnings"] for char in one["message"] if char.isdigit()} - {"5"}


def test_below_thirty_people_the_interval_stands_without_significance() -> None:
    few, many = evaluate(drawn(Design.RANDOM, 28), Design.RANDOM), evaluate(drawn(Design.RANDOM, 30), Design.RANDOM)
    assert few.p is None and "fewer_than_thirty" in rules(few) and few.effect is not None and few.effect.low is not None
    assert many.p is not None and "fewer_than_thirty" not in rules(many)


def test_people_without_a_figure_are_left_out_and_counted() -> None:
    made = drawn(Design.RANDOM, 100)
    post = made.post.copy()
    post[np.flatnonzero(made.trained)[:20]] = np.nan
    found = evaluate(replace(made, post=post), Design.RANDOM)
    assert found.n.people == 80 and {"missing", "attrition"} <= rules(found)


def test_all_alike_or_all_at_the_top_is_said() -> None:
    made = drawn(Design.RANDOM, 60)
    assert "no_variation" in rules(evaluate(replace(made, post=np.full(60, 80.0)), Design.RANDOM))
    assert "ceiling" in rules(evaluate(replace(made, post=np.minimum(made.post, 72.0)), Design.RANDOM))


def test_where_everybody_changed_alike_nothing_is_said_of_a_change_that_arithmetic_made() -> None:
    """Of the mean of equal figures a remainder of 10⁻¹⁵ is left, which once read as "lowers results by 0.00"."""
    trained = np.arange(40) < 20
    flat = Sample([str(number) for number in range(40)], trained, np.full(40, 70.0), np.full(40, 80.0))
    for design in (Design.RANDOM, Design.UNITS):
        found = evaluate(flat, design)
        assert found.effect is not None and (found.effect.value, found.effect.low, found.effect.high) == (0, 0, 0)
        assert "也不能说无效" in str(found.verdict) and "-0.00" not in str(found.verdict)
    apart = evaluate(replace(flat, post=np.where(trained, 80.0, 70.0)), Design.RANDOM)
    assert apart.effect is not None and apart.effect.value == pytest.approx(10) and "no_spread" in rules(apart)


def test_why_the_scores_before_are_of_no_use_is_said_as_it_is() -> None:
    trained = np.arange(40) < 20
    made = Sample([str(number) for number in range(40)], trained, np.where(trained, 60.0, 70.0), np.linspace(60, 90, 40))
    assert "训前的数都一样" in str(evaluate(made, Design.BY_SCORE).verdict)
    passed = evaluate(replace(made, post=(made.post > 75).astype(float)), Design.UNITS)
    assert "不是同一种数" in str(passed.verdict) and "没有训前的数" not in str(passed.verdict)
    assert "没有训前的数" in str(evaluate(replace(made, pre=np.full(40, np.nan)), Design.BY_SCORE).verdict)


def test_the_means_of_a_person_leave_out_what_is_missing() -> None:
    made = by_person(Sample(["a", "a", "b"], np.array([True, True, False]), np.array([1.0, np.nan, 5]), np.array([4.0, 8, np.nan])))
    assert made.pre.tolist() == [1, 5] and made.post[0] == 6 and np.isnan(made.post[1]) and made.attendances.tolist() == [2, 1]


@pytest.mark.parametrize("name", ["by score, weakest 30%, n=350", "units, 3 and 3", "random, n=30"])
def test_simulated_studies_are_unbiased_and_their_intervals_hold_the_truth(name: str) -> None:
    """A few of the studies of `make evals`, fewer times."""
    study = next(one for one in simulated.studies() if one.name == name)
    found = simulated.simulate(study, 200)
    assert abs(found.bias) < 3 * found.bias_error + 0.02 and 0.9 <= found.coverage <= 0.99
