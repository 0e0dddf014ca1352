"""The words of effects: how trainees were chosen, what was estimated, in which unit."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Design(StrEnum):
    """How those who were trained were chosen: the question that comes before every figure."""

    ALL = "all"
    BY_SCORE = "by-score"
    UNITS = "units"
    RANDOM = "random"
    VOLUNTEERS = "volunteers"
    NONE = "none"


DESIGN_NAMES = {
    Design.ALL: Message("全员参训，没有人不参训"),
    Design.BY_SCORE: Message("按训前分数挑选（如末位、达标线以下）"),
    Design.UNITS: Message("整个机构参训，另一些机构不参训"),
    Design.RANDOM: Message("抽签或随机分组"),
    Design.VOLUNTEERS: Message("自愿报名或领导推荐"),
    Design.NONE: Message("没有对照组，只有参训的人"),
}

COMPARED = (Design.BY_SCORE, Design.UNITS, Design.RANDOM, Design.VOLUNTEERS)
"""The designs that need a comparison group."""


class Estimator(StrEnum):
    """How the effect was estimated."""

    ANCOVA = "ancova"
    DID = "did"
    BRACKET = "bracket"
    DIFFERENCE = "difference"
    PAIRED = "paired"
    SEGMENTED = "segmented"
    NONE = "none"


class Unit(StrEnum):
    """What an effect is counted in. Percentage points are never called per cent."""

    SCORE = "score"
    POINTS = "percentage_points"
    DEVIATIONS = "standard_deviations"


class Figure(StrEnum):
    """What a figure of an evaluation is."""

    ANCOVA = "ancova"
    DID = "difference_in_differences"
    BRACKET = "bracket"
    DIFFERENCE = "difference"
    RAW_GAIN = "raw_gain"
    GAIN = "paired_gain"
    D_AV = "d_av"
    D_Z = "d_z"
    HODGES_LEHMANN = "hodges_lehmann"
    PASS_RATE = "difference_of_pass_rates"


FIGURE_NAMES = {
    Figure.ANCOVA: Message("训前分数相同的人相比（ANCOVA）"),
    Figure.DID: Message("两组提升之差（双重差分）"),
    Figure.BRACKET: Message("两种估计合起来的范围"),
    Figure.DIFFERENCE: Message("两组训后之差"),
    Figure.RAW_GAIN: Message("参训者训前训后之差（未扣除任何影响）"),
    Figure.GAIN: Message("训前训后之差"),
    Figure.D_AV: Message("标准化差 d_av（除以前后平均标准差）"),
    Figure.D_Z: Message("标准化差 d_z（除以差值的标准差）"),
    Figure.HODGES_LEHMANN: Message("典型提升（Hodges–Lehmann，不受极端值影响）"),
    Figure.PASS_RATE: Message("两组通过率之差"),
}
