"""Tables in words: rows that say what is to be done until when, and what is asked for in a phrase and not in a bare number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.documents.parsed import Cell, ParsedDocument, Table
from core.patterns import lazily
from core.strategy.decoding import targets
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.columns import CELL, words
from core.strategy.decoding.deadlines import moments
from core.strategy.decoding.perspectives import of_action, of_target
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.profile import Profile
from core.strategy.decoding.tasks import verb_of
from core.strategy.findings import Finding, FindingKind, Perspective

_ACTION = lazily(
    r"^(?:重点|主要|具体|关键|牵头|督办|年度)*(?:工作)?(?:工作|任务|举措|措施|行动|事项|项目|(?:主要|具体|工作)内容|改进措施|行动项)(?:内容|名称)?$|"
    r"^(?:要?[做干办]什么|要[做干办]的事)$|^(?:action|initiative|task)s?$"
)
_ASKED = lazily(
    r"^(?:量化|具体|工作|完成|进度|年度|目标|主要|整改|改进|验收|交付|出口|结项|预期|预计)*(?:要求|目标|标准|成果|成效|结果|标志|产出)$|^[做达干办]到(?:什么|何种|哪种|啥)(?:程度|标准|地步|效果)$|^(?:target|requirement|deliverable|output)s?$"
)
_DUE = lazily(r"时限|时间|期限|节点|进度|截止|起止|^(?:什么|啥)时候|^何时|deadline|due|when|by$")
_DOTTED = lazily(r"(20\d\d)\.(1[0-2]|0?[1-9])(?!\d)")
# A column that is called no more than 要求 or 目标 asks of what another one names.
_PLAIN = lazily(r"^(?:要求|目标|标准|成果|产出)$")
_SCORES = lazily(r"分值|扣分|加分|得分|权重|评分|计分")
_REPEATED = lazily(r"每|按[月季周]|常态|长期|持续")
# 每家支行, 人均: who each of it is asked of, without what.
_EACH_OF = lazily(r"(?:每|各)[\u4e00-\u9fff]{1,6}|人均|户均")
# A share, a sum or a reach: of what says the row alone.
_OF_WHAT = lazily(r"占|覆盖(?!率)|累计|合计")
# 三期共训143人: how it is arranged says nothing of what it is.
_ARRANGED = lazily(r"(?:[一二三四五六七八九十\d]+[期批轮次场])?(?:共|累计|合计|总共)?[训办开讲练]?")
# 余额 of the row 不良贷款控制 is 不良贷款余额.
_STOCK = lazily(r"余额|规模|总量|存量")
_DONE_TO_IT = lazily(r"(?<=[\u4e00-\u9fff]{3})(?:控制|管控|管理|压降|提升|增长|清收)$")
# 执行率: of what says the row alone.
_RATE = lazily(r"(?:执行|完成|达标|落实|到位|合格|通过|办结|整改|兑现)率")
# 提高中间业务收入占比 asks 由9.6%提升至12%: of what it names, without the verb.
_DOES = lazily(r"^(?:提[升高]|压[缩降减]|降低|减少|扩大|增加|完成|推进|加快|做[大好强]|控制|缩短|优化|严控)(?=[\u4e00-\u9fff]{4})")
_DIGIT = lazily(r"\d")
_SAYS_LITTLE, _SHORTEST = 2, 4
_TOO_FEW = 2


def tasks(parsed: ParsedDocument, table: Table, path: tuple[str, ...], profile: Profile) -> Iterator[Finding]:
    """Rows that say under a column of tasks or measures what is to be done: by a verb, or by a name beside the day that it is due on."""
    named = _columns(parsed, table)
    if not named or any(_SCORES.search(name) for name in named):
        return
    actions = [at for at, name in enumerate(named) if _ACTION.match(name)]
    due = next((at for at, name in enumerate(named) if _DUE.search(name)), None)
    for row in table.rows[table.header_rows :]:
        cells = [words(parsed.text, row[at]) for at in actions]
        ordered = next(((cell, verb) for cell in cells if len(cell) >= _SHORTEST and (verb := verb_of(cell))), None)
        if ordered is None and cells and due is not None and _is_once(words(parsed.text, row[due]), profile.plan):
            ordered = cells[0], cells[0]
        if ordered and ordered[0]:
            yield of_row(parsed, row, path, FindingKind.TASK, ordered[0], of_action(ordered[0]), "task_order", ordered[1], ())


def asked(parsed: ParsedDocument, table: Table, path: tuple[str, ...], profile: Profile) -> Iterator[Finding]:
    """The targets of columns that ask for something in words: 建档行政村不少于160个 under 要求, due when another column says."""
    named = _columns(parsed, table)
    if any(_SCORES.search(name) for name in named) or len(named) <= _TOO_FEW:
        return
    due = next((at for at, name in enumerate(named) if _DUE.search(name)), None)
    label = next((at for at, name in enumerate(named) if _ACTION.match(name)), None)
    for at, name in enumerate(named):
        # What is to be done until a day may hold figures itself: 批处理时间压到4小时以内 under 督办事项.
        asks = due is not None if at == label else _ASKED.match(name) and not (label is None and (due is None or _PLAIN.match(name)))
        if not asks:
            continue
        for row in table.rows[table.header_rows :]:
            # 2033.05—2033.09
            when = _DOTTED.sub(r"\1年\2月", words(parsed.text, row[due])) if due is not None else ""
            named_by = words(parsed.text, row[label]) if label is not None and label != at else ""
            read = _read(parsed, row[at], when, path, profile)
            yield from (_as_row(parsed, row, found, named_by) for found in read)
            if named_by and not (read or _DIGIT.search(named_by)) and not CELL.match(parsed.text[row[at].start : row[at].end]):
                alone = _read(parsed, row[at], when, path, profile, _DOES.sub("", named_by))
                yield from (_as_row(parsed, row, found, "") for found in alone)


def in_words(
    parsed: ParsedDocument, row: tuple[Cell, ...], at: int, when: str, label: str, path: tuple[str, ...], profile: Profile
) -> Iterator[Finding]:
    """The targets of a cell under a date that says in words what is to be reached: 独立解决率72% of the row 智能客服."""
    for found in _read(parsed, row[at], when, path, profile):
        assert found.measure is not None
        metric = found.measure.metric
        named = metric if metric.startswith(label) else f"{label}{metric}"
        yield _as_row(parsed, row, replace(found, measure=replace(found.measure, metric=named)), "")


def of_row(
    parsed: ParsedDocument,
    row: tuple[Cell, ...],
    path: tuple[str, ...],
    kind: FindingKind,
    named: str,
    view: Perspective | None,
    rule: str,
    cue: str,
    names: tuple[str, ...],
) -> Finding:
    """A finding whose words are a row of a table; `named` is what it says there, `names` the abilities."""
    start, end = min(one.start for one in row), max(one.end for one in row)
    first = words(parsed.text, row[0])
    return Finding(
        kind=kind,
        text=named if first == named else f"{first}：{named}",
        quote=parsed.text[start:end],
        page=parsed.page_at(start).number,
        start=start,
        end=end,
        heading=path,
        perspective=view,
        competencies=names,
        measure=None,
        confidence=0.7,
        rule=rule,
        cues=(cue,),
    )


def _columns(parsed: ParsedDocument, table: Table) -> list[str]:
    return [words(parsed.text, cell) for cell in table.rows[0]] if table.header_rows else []


def _is_once(when: str, plan: Plan) -> bool:
    return bool(moments(when, plan, plan.base)) and not _REPEATED.search(when)


def _read(parsed: ParsedDocument, cell: Cell, when: str, path: tuple[str, ...], profile: Profile, named: str = "") -> tuple[Finding, ...]:
    """The targets of a cell that is read as a sentence which its row's date precedes, after what its row names where it names nothing."""
    page = parsed.page_at(cell.start).number if cell.start < cell.end else 0
    text = named + parsed.text[cell.start : cell.end]
    sentence = Sentence(text, cell.start, cell.end, page, "list", 0, path, f"{when}，" if when else "")
    return targets.read(sentence, profile, ordered=True).targets if len(text) > _SHORTEST else ()


def _as_row(parsed: ParsedDocument, row: tuple[Cell, ...], found: Finding, label: str) -> Finding:
    assert found.measure is not None
    start, end = min(one.start for one in row), max(one.end for one in row)
    metric = _joined(label, found.measure.metric)
    return replace(
        found,
        text=f"{label}：{found.text}" if label else found.text,
        quote=parsed.text[start:end],
        start=start,
        end=end,
        perspective=of_target(metric, found.measure.unit, found.text),
        measure=replace(found.measure, metric=metric),
    )


def _joined(label: str, metric: str) -> str:
    """What is measured, with the row's name where it says little without: 信贷员夜校 and 每家支行; 授信建档 and 建档行政村."""
    if _ARRANGED.fullmatch(metric):
        return label
    if _OF_WHAT.match(metric) or _RATE.fullmatch(metric):
        return f"{label}{metric}"
    if _EACH_OF.fullmatch(metric):
        return f"{metric}{label}"
    if len(metric) > _SAYS_LITTLE and label.endswith(metric[:_SAYS_LITTLE]):
        return f"{label}{metric[_SAYS_LITTLE:]}"
    of = _DONE_TO_IT.sub("", label) if _STOCK.fullmatch(metric) else label
    return metric if len(metric) > _SAYS_LITTLE else f"{of}{metric}"
