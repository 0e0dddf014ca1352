"""What was practised of a scenario as an Excel file: the talks with their scores, and every key point with its reason."""

from __future__ import annotations

from datetime import tzinfo

from core.delivery.practice.service import AttemptView, Practised, ScenarioView
from core.delivery.practice.terms import Verdict
from core.exports.workbook import Cell, Sheet, of_sheets
from core.i18n import Language, Message

_TALKS = (Message("工号"), Message("姓名"), Message("机构"), Message("记录时间"), Message("得分"), Message("结果"), Message("打分的依据"))
_POINTS = (Message("工号"), Message("姓名"), Message("环节"), Message("要点"), Message("结果"), Message("理由"), Message("人工"))
_VERDICTS = {Verdict.MET: Message("说到了"), Verdict.EARLY: Message("说早了"), Verdict.MISSED: Message("没说到")}


def practice_workbook(one: ScenarioView, found: Practised, language: Language, zone: tzinfo) -> bytes:
    """Two sheets, in the reader's time. A talk that waits for a person shows no score yet."""
    scored = [each for each in found.attempts if not each.waits]
    mark = Message("合格线 {mark} 分，且没有碰红线。", mark=one.facts.pass_mark)
    talks = Sheet(
        Message("陪练记录").render(language),
        _said(_TALKS, language),
        [_talk(each, language, zone) for each in found.attempts],
        (one.facts.title, mark.render(language)),
    )
    points = [row for each in scored for row in _points(each, language)]
    return of_sheets([talks, Sheet(Message("逐条评分和理由").render(language), _said(_POINTS, language), points)])


def _said(headings: tuple[Message, ...], language: Language) -> list[str]:
    return [one.render(language) for one in headings]


def _talk(one: AttemptView, language: Language, zone: tzinfo) -> list[Cell]:
    verdict = Message("等人复核") if one.waits else Message("合格") if one.scoring.passed else Message("不合格")
    total = None if one.waits else one.scoring.total
    return [one.employee_no, one.name, one.unit, one.at.astimezone(zone).replace(tzinfo=None), total, verdict.render(language), one.made_by]


def _points(one: AttemptView, language: Language) -> list[list[Cell]]:
    heard = one.checked or (None,) * len(one.scoring.judged)
    told = {True: Message("说到了").render(language), False: Message("没说到").render(language), None: ""}
    return [
        [
            one.employee_no,
            one.name,
            each.point.stage,
            each.point.text,
            _VERDICTS[each.verdict].render(language),
            each.why.render(language),
            told[said],
        ]
        for each, said in zip(one.scoring.judged, heard, strict=True)
    ]
