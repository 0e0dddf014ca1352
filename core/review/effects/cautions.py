"""What whoever reads an effect has to know beside it: how it was counted, what may distort it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.i18n import Message
from core.review.effects import selection
from core.review.effects.clusters import FEW, alike
from core.review.effects.evaluation import LEAST_FOR_P, Caution, Effect
from core.review.effects.paired import skewed, wilcoxon_p
from core.review.effects.sample import Floats, Sample
from core.review.effects.study import Study
from core.review.effects.terms import COMPARED, Design
from core.review.effects.verdict import amount
from core.sheets.summaries import left_out

_TELLING = 0.05
_UNLIKE = 0.25
_CEILING = 0.25
_LEAST_FOR_OUTLIER, _FAR, _MAD = 10, 8.0, 1.4826
"""Somebody is far off who is eight standard deviations from the middle, the deviation told from the median one (× 1.4826)."""


def of_people(sample: Sample, study: Study) -> Iterator[Caution]:
    """How people were counted, and who is missing."""
    if sample.summaries:
        yield Caution("summary_rows", left_out(sample.summaries))
    if sample.graded:
        yield Caution("grades", Message("成绩是等级：优、良、中、及格算通过，差、不及格算未通过。"))
    rows, people = int(study.whole.attendances.sum()), len(study.whole)
    if rows > people:
        said = Message("{rows} 人次是 {people} 人：同一个人多次参训，按人取平均，只算一次。", rows=rows, people=people)
        yield Caution("repeated_persons", said)
    trained = np.asarray(sample.trained, dtype=np.bool_)
    if study.design in COMPARED and trained.all():
        said = Message("文件里没有对照，只能描述参训者自己的前后变化。要说明效果，请补上没有参训的人的数据。")
        yield Caution("no_comparison", said)
    if study.design not in COMPARED and not trained.all():
        said = Message("文件里有对照，但按所选的方式没有用上。请核对参训者是怎样选出来的。")
        yield Caution("comparison_unused", said)
    if not study.has_pre and study.design in COMPARED:
        yield Caution("no_pre", Message("没有训前的数，只能比较训后，看不出两组本来是否一样。"))
    yield from _missing(study)


def _missing(study: Study) -> Iterator[Caution]:
    whole, left = study.whole, study.people
    gone = len(whole) - len(left)
    if not gone:
        return
    yield Caution("missing", Message("{gone} 人缺训前或训后的数，没有计入（共 {people} 人）。", gone=gone, people=len(whole)))
    if whole.trained.all() or not whole.trained.any():
        return
    shares = [1 - int(np.sum(left.trained == arm)) / int(np.sum(whole.trained == arm)) for arm in (True, False)]
    if abs(shares[0] - shares[1]) > _TELLING:
        said = Message(
            "两组缺数据的比例不同（参训 {trained}%，对照 {comparison}%）：如果缺的是特殊的人，结果会有偏差。",
            trained=round(100 * shares[0]),
            comparison=round(100 * shares[1]),
        )
        yield Caution("attrition", said)


def of_figures(study: Study) -> Iterator[Caution]:
    """What the figures themselves may distort."""
    people = study.people
    if len(people) < LEAST_FOR_P:
        said = Message("只有 {people} 人：先看区间，它很宽；不给显著性。", people=len(people))
        yield Caution("fewer_than_thirty", said)
    if study.has_pre and study.same:
        yield from _shape(study)
    if _outlying(study):
        # Neither who it is nor by how much: one person's figure is nobody's business here.
        said = Message("有个别人离本组其余的人特别远，平均数和区间都会被拉动。请核对是不是录错了（漏考记成 0 分、小数点错位）。")
        yield Caution("outlier", said)
    if not float(np.ptp(people.post)) > 0:
        yield Caution("no_variation", Message("训后的数全都一样，分不出人和人的差别。请核对数据。"))
    elif _all_alike(study):
        said = Message("每组里人人的数都一样，区间因此没有宽度，不能当作很准。请核对数据是不是统一填的。")
        yield Caution("no_spread", said)
    elif not study.passes:
        yield from _ceiling(people.post)


def _shape(study: Study) -> Iterator[Caution]:
    change = study.gain[study.trained]
    if study.passes or not skewed(change):
        return
    p = wilcoxon_p(change)
    if p is not None and len(change) >= LEAST_FOR_P:
        said = Message(
            "变化的分布偏向一边，平均数会被少数人拉动；按次序的检验（Wilcoxon）p = {p}。", p=f"{p:.3f}" if p >= 0.001 else "<0.001"
        )
    else:
        said = Message("变化的分布偏向一边，平均数会被少数人拉动，请同时看典型提升。")
    yield Caution("skewed", said)


def _outlying(study: Study) -> bool:
    """Whether somebody lies so far from their own group that no such spread explains it; of passes nobody does."""
    values = study.gain if study.has_pre and study.same else study.people.post
    if study.passes:
        return False
    for arm in (study.trained, ~study.trained):
        if int(arm.sum()) < _LEAST_FOR_OUTLIER:
            continue
        away = np.abs(values[arm] - np.median(values[arm]))
        spread = _MAD * float(np.median(away))
        if spread > 0 and float(away.max()) > _FAR * spread:
            return True
    return False


def _all_alike(study: Study) -> bool:
    """Whether within each group everybody has the same figure, or changed by the same."""
    values = study.gain if study.has_pre and study.same else study.people.post
    return all(not float(np.ptp(values[arm])) > 0 for arm in (study.trained, ~study.trained) if np.any(arm))


def _ceiling(post: Floats) -> Iterator[Caution]:
    if len(post) >= 10 and float(np.mean(post == post.max())) > _CEILING:
        said = Message(
            "{share}% 的人训后都是最高分：测评太容易，更大的进步显不出来。", share=round(100 * float(np.mean(post == post.max())))
        )
        yield Caution("ceiling", said)


def of_clusters(study: Study) -> Iterator[Caution]:
    """People who are alike, and too few of their units or classes."""
    clusters = study.clusters
    if clusters is None:
        if study.design is Design.UNITS:
            yield Caution("no_units", Message("没有写每个人属于哪个机构，区间没有计入同一机构的人彼此相像，会偏窄。请补上“单位”一列。"))
        return
    trained, others = study.units
    compared = study.design in COMPARED and bool(np.any(~study.trained))
    own = np.where(clusters < 0, clusters.max(initial=0) + 1 + np.arange(len(clusters)), clusters)
    found = alike(study.gain if study.has_pre and study.same else study.people.post, own, study.trained if compared else None)
    if found is not None and found.icc > 0.005:
        said = Message(
            "同一机构或班次的人彼此相像（组内相关 {icc}）：设计效应 {effect}，{people} 人约当 {worth} 个互不相干的人；区间已按此放宽。",
            icc=f"{found.icc:.2f}",
            effect=f"{found.effect:.1f}",
            people=len(study.people),
            worth=max(2, round(len(study.people) / found.effect)),
        )
        yield Caution("clustering", said)
    count = trained + others if study.design is Design.UNITS else len(np.unique(clusters[clusters >= 0]))
    if study.design is Design.UNITS and trained == others == 1:
        yield Caution("one_unit_each", Message("两边各只有一个机构：区间只计入了人和人的差别，没有计入机构之间的差别，会偏窄。"))
    elif study.design is Design.UNITS and count < FEW:
        said = Message(
            "只有 {count} 个机构：比较的是各机构的平均数，每个机构算一次，区间按机构数（自由度 {freedom}）计算。",
            count=count,
            freedom=count - 2,
        )
        yield Caution("few_clusters", said)
    elif count < FEW:
        yield Caution("few_clusters", Message("只有 {count} 个班次或机构：区间按很少的几组计算，很宽。", count=count))


def of_design(study: Study) -> Iterator[Caution]:
    """What the way in which people were chosen does to the figures."""
    people = study.people
    if not (study.has_pre and np.any(~people.trained) and np.any(people.trained)):
        return
    if study.design is Design.BY_SCORE:
        yield from _by_score(study)
    elif study.design in (Design.RANDOM, Design.VOLUNTEERS) and (apart := _apart(study)) > _UNLIKE:
        said = Message("两组训前相差 {apart} 个标准差，起点不同；请核对是不是真的随机分组。", apart=f"{apart:.2f}")
        if study.design is Design.VOLUNTEERS:
            said = Message("两组训前相差 {apart} 个标准差，起点不同，所以两种估计会不一样。", apart=f"{apart:.2f}")
        yield Caution("different_start", said)


def _by_score(study: Study) -> Iterator[Caution]:
    people = study.people
    parted = selection.parted(people.pre, people.trained)
    if parted < selection.UNLIKELY:
        # Nobody was taken off the end of the scores, so that nothing of the gain is a return from there.
        yield Caution("not_by_score", Message("两组的训前分数差不多，不像是按分数挑选的。请核对参训者是怎样选出来的。"))
        return
    found = selection.regression(people.pre, people.post, people.trained) if study.same else None
    if found is not None and abs(found.allowance) > 1e-9:
        said = Message(
            "按分数挑选，不培训下次也会往平均靠（回归均值）：原始提升里约有 {allowance} 来自这里（{basis}）。",
            allowance=amount(found.allowance, study.unit, study.called, signed=True),
            basis=Message(
                "标准差 {deviation}，前后稳定性 {r}，挑中 {share}%",
                deviation=f"{found.deviation:.1f}",
                r=f"{found.r:.2f}",
                share=round(100 * found.share),
            ),
        )
        yield Caution("regression_to_the_mean", said)
    if parted > 0.999:
        said = Message("两组的训前分数没有重叠：效果靠直线外推，请在挑选线附近核对前后关系是不是直线。")
        yield Caution("no_overlap", said)


def _apart(study: Study) -> float:
    people = study.people
    spread = float(np.std(people.pre, ddof=1))
    return abs(float(people.pre[people.trained].mean() - people.pre[~people.trained].mean())) / spread if spread > 0 else 0.0


def of_estimates(effect: Effect, others: list[Effect]) -> Iterator[Caution]:
    """Two ways to estimate the same that do not agree."""
    apart = [one for one in others if one.unit is effect.unit and effect.low is not None and effect.high is not None]
    far = [one for one in apart if not (effect.low or 0) <= one.value <= (effect.high or 0)]
    if far:
        said = Message(
            "另一种估计是 {other}，落在区间之外：人是怎样选出来的决定信哪一个，请先核对这一点。",
            other=amount(far[0].value, far[0].unit, far[0].called, signed=True),
        )
        yield Caution("estimates_differ", said)
