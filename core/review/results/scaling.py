"""The figures of a column on the scale of their measure: of five or of a hundred, a share, 万元 or 元. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.i18n import Message
from core.people.importing.plan import Problem
from core.review.results.cells import MONEY, Figure
from core.review.results.found import Found
from core.review.results.service import MeasureView
from core.review.results.terms import Aggregation, ResultKind

Said = tuple[Found, Figure]
_FIVE, _TEN, _LIKED, _HUNDRED = 5.0, 10.0, 4.0, 100.0
_OFTEN = 0.25


@dataclass
class Column:
    """A column of a file that holds figures of a measure. `view` None: the measure is new. `problems` and `notes` grow as it is read.

    `of_a_hundred`: full marks are a hundred.
    """

    name: str
    kind: ResultKind
    view: MeasureView | None
    way: Aggregation
    unit: str
    mark: float | None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    of_a_hundred: bool = True

    def read(self, some: Sequence[Said]) -> list[Found]:
        """The figures as the measure counts them; what cannot be one of its figures is a problem."""
        self.of_a_hundred = self._are_of_a_hundred(some)
        fitting = [one for one in some if self._fits(*one, some)]
        if any(said.grade for _one, said in fitting):
            self.notes.append(Message("“{column}”里的等级：优、良、中、及格算通过，差、不及格算未通过。", column=self.name))
        if self.way is Aggregation.SHARE:
            return self._shares(fitting) if fitting else []
        times = self._times(fitting)
        if times > 1:
            full = round(100 / times)
            self.notes.append(Message("“{column}”是 {full} 分制，已按 ×{times} 换算成百分制。", column=self.name, full=full, times=times))
        return [replace(one, value=one.value * (1 if said.percent else times) * self._in_unit(said)) for one, said in fitting]

    def _fits(self, one: Found, said: Figure, some: Sequence[Said]) -> bool:
        message = self._refused(one, said, some)
        if message is not None:
            self._problem(one, said, message)
        return message is None

    def _refused(self, one: Found, said: Figure, some: Sequence[Said]) -> Message | None:
        if said.grade:
            return self._refused_grade(some)
        if self.way is Aggregation.SHARE:
            return None
        message = None
        if said.percent and self.way is Aggregation.SUM:
            message = Message("这个指标是合计数，百分数和“4/5”这样的得分率加不起来。请写数量。")
        elif said.most is not None and self.way is Aggregation.MEAN and self._counts_beyond(said.most, some):
            message = Message("这一列是分数，“通过”“满意”这样的答案换不成分数。请写分数。")
        elif said.money and self.unit and self._money is None:
            message = Message("这里写的是金额，而这个指标的单位是“{unit}”。请核对。", unit=self.unit)
        elif self._scored and said.most is None:
            message = self._refused_score(one)
        return message

    def _refused_grade(self, some: Sequence[Said]) -> Message | None:
        """A grade says that somebody passed, where that is asked; of how much it is, nobody knows."""
        if self.way is Aggregation.SHARE and self.kind is not ResultKind.SURVEY:
            return None
        if self.kind is ResultKind.TEST and self.way is Aggregation.MEAN and not self._counts_beyond(1.0, some):
            return None
        return Message("“优”“良”这样的等级换不成数。请写分数或数值。")

    @property
    def _scored(self) -> bool:
        """Whether these are marks, which have an end at both sides; results at work may be more than a hundred."""
        return self.unit == "分" and self.way is Aggregation.MEAN and self.kind in (ResultKind.TEST, ResultKind.SURVEY)

    def _refused_score(self, one: Found) -> Message | None:
        if one.value < 0:
            return Message("分数不会是负数。请核对。")
        if one.value <= _HUNDRED or not self.of_a_hundred:
            return None
        return Message("超过了 100 分。请核对；满分不是 100 的，请写成“112/150”，按得分率换算。")

    def _are_of_a_hundred(self, some: Sequence[Said]) -> bool:
        """Whether the marks are of a hundred: those of 150 go beyond it more often than by mistake, and aim beyond it."""
        if self.view is not None and self.view.reach is not None:
            return self.view.reach <= _HUNDRED
        plain = [one.value for one, said in some if said.most is None]
        return sum(value > _HUNDRED for value in plain) < _OFTEN * len(plain)

    def _counts_beyond(self, most: float, some: Sequence[Said]) -> bool:
        """Whether the column holds figures that no such word comes up to, or a score of a hundred is known to be meant."""
        if any(said.most is None and not said.percent and one.value > most for one, said in some):
            return True
        return most <= 1 and self.view is not None and self.view.unit == "分"

    def _times(self, some: Sequence[Said]) -> int:
        """What marks of a survey are to be multiplied by to be of a hundred: of five by 20, of ten by 10."""
        plain = [one.value for one, said in some if not said.percent]
        if self.kind is not ResultKind.SURVEY or self.way is not Aggregation.MEAN or not plain:
            return 1
        known = self.view is not None and self.view.reach is not None and self.view.reach > _TEN
        if max(plain) <= _FIVE and (known or self.view is None or (self.view.reach or 0) > _FIVE):
            # Zeros and ones say whether somebody took part; of a hundred, all ones are the worst mark.
            return 20 if max(plain) > 1 or (known and min(plain) >= 1) else 1
        return 10 if known and max(plain) <= _TEN else 1

    def _in_unit(self, said: Figure) -> float:
        """3万元 is 30,000 of a measure in 元, and 3 of one in 万元."""
        if said.times == 1 and not said.money:
            return 1.0
        return said.times / (self._money or 1.0)

    @property
    def _money(self) -> float | None:
        """The measure's unit in yuan, that of 万元/户 too; None: it is none of money."""
        return MONEY.get(self.unit.partition("/")[0])

    def _shares(self, some: Sequence[Said]) -> list[Found]:
        """Figures of a share as parts of one: passed or not, a score against the pass mark, a unit's rate in per cent."""
        most = max(one.value for one, said in some)
        of_five = self.kind is ResultKind.SURVEY and 1 < most <= _FIVE and not any(said.percent for _one, said in some)
        if of_five:
            self.notes.append(Message("“{column}”是 5 分制：4 分和 5 分算达标，其余不算。", column=self.name))
        elif self.mark is not None and most > 1:
            self.notes.append(Message("“{column}”按合格线 {mark} 分判定通过与否。", column=self.name, mark=f"{self.mark:g}"))
        return [replace(one, value=part) for one, said in some if (part := self._part(one, said, most, of_five)) is not None]

    def _part(self, one: Found, said: Figure, most: float, of_five: bool) -> float | None:
        if of_five or said.most == _FIVE:
            return 1.0 if one.value >= _LIKED else 0.0
        if said.most is not None:
            return one.value
        if one.employee_id is None or most <= 1 or said.percent:
            return one.value / 100 if said.percent or most > 1 else one.value
        if self.mark is None:
            self._problem(one, said, Message("这个指标算的是达标占比：请写“通过/未通过”，或填写合格线，由系统按分数判定。"))
            return None
        return 1.0 if one.value >= self.mark else 0.0

    def _problem(self, one: Found, said: Figure, message: Message) -> None:
        self.problems.append(Problem(one.row, self.name, said.written, message))
