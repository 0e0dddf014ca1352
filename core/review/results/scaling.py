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
_FIVE, _TEN, _LIKED = 5.0, 10.0, 4.0


@dataclass
class Column:
    """A column of a file that holds figures of a measure. `view` None: the measure is new. `problems` and `notes` grow as it is read."""

    name: str
    kind: ResultKind
    view: MeasureView | None
    way: Aggregation
    unit: str
    mark: float | None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)

    def read(self, some: Sequence[Said]) -> list[Found]:
        """The figures as the measure counts them; what cannot be one of its figures is a problem."""
        if self.way is Aggregation.SHARE:
            return self._shares(some)
        fitting = [one for one in some if self._fits(*one, some)]
        times = self._times(fitting)
        if times > 1:
            full = round(100 / times)
            self.notes.append(Message("“{column}”是 {full} 分制，已按 ×{times} 换算成百分制。", column=self.name, full=full, times=times))
        return [replace(one, value=one.value * (1 if said.percent else times) * self._in_unit(said)) for one, said in fitting]

    def _fits(self, one: Found, said: Figure, some: Sequence[Said]) -> bool:
        message = None
        if said.percent and self.way is Aggregation.SUM:
            message = Message("这个指标是合计数，百分数和“4/5”这样的得分率加不起来。请写数量。")
        elif said.most is not None and self.way is Aggregation.MEAN and self._counts_beyond(said.most, some):
            message = Message("这一列是分数，“通过”“满意”这样的答案换不成分数。请写分数。")
        elif said.money and self.unit and self._money is None:
            message = Message("这里写的是金额，而这个指标的单位是“{unit}”。请核对。", unit=self.unit)
        if message is not None:
            self._problem(one, message)
        return message is None

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
            self._problem(one, Message("这个指标算的是达标占比：请写“通过/未通过”，或填写合格线，由系统按分数判定。"))
            return None
        return 1.0 if one.value >= self.mark else 0.0

    def _problem(self, one: Found, message: Message) -> None:
        self.problems.append(Problem(one.row, self.name, f"{one.value:g}", message))
