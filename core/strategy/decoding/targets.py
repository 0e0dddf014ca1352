"""Quantified targets in sentences: a metric, how it binds, a value, a unit, a deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.documents.tables import DocumentKind
from core.patterns import lazily
from core.strategy.decoding import english
from core.strategy.decoding.achieved import is_achieved, looks_back, speaks_of_aims
from core.strategy.decoding.belonging import topic_of
from core.strategy.decoding.clauses import Clause, Sentence, clauses
from core.strategy.decoding.dates import Moment
from core.strategy.decoding.deadlines import moments
from core.strategy.decoding.figures import Figure, figures, supposes
from core.strategy.decoding.governing import EACH_TIME, deadline_of, governing_dates, spoken_of, standing_day, year_above
from core.strategy.decoding.in_turn import bound_alike, dates_alike, dates_in_turn, in_series, names_in_turn, of_which, with_shared_unit
from core.strategy.decoding.metrics import is_unnamed, name, subject
from core.strategy.decoding.operators import Binding, binding, is_level
from core.strategy.decoding.perspectives import of_metric, of_target
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.profile import Profile
from core.strategy.decoding.quantities import Quantity, Sort
from core.strategy.findings import Finding, FindingKind, Measure, Perspective, SetAside

_HAN, _WORDS, _SEVERAL = lazily(r"[\u4e00-\u9fff]"), lazily(r"\b[a-z]{2,}\b"), 3
_ARTICLE = lazily(r"^第[一二三四五六七八九十百\d]+条\s*")
_CASE = lazily(r"^[^，。]{2,24}的，(?=奖|罚|按|由|予以|给予|扣|不|暂停|取消|下调|上调|应)")
_END = lazily(r"(?<=[。！？；.])")
# Units in which a regulation sets thresholds and not levels to be reached.
_NO_LEVELS = ("年", "岁", "分", "元", "万元", "亿元", "天", "日", "个月", "小时", "人", "名", "位")
# What a regulation promises as service or performance is a level to be kept.
_SERVICE = lazily(
    r"(?:等[候待]|办理|响应|处理|审批|放款|答复)[^，。]{0,4}(?:时间|时长)|平均[^，。]{0,6}时[间长]|(?:流失|投诉|差错|不良|逾期)率$"
)
_MONEY_SCALES = ("万", "亿", "万亿", "千万", "百万")
_BESIDE_AN_AIM, _SHORT = 1.0, 4
# 现在是2.9%，要回到2.4%: where something stands, and where it is to be.
_STANDS = lazily(r"^(?:全行|全辖|现有|共有?)[^，\d]{0,4}\d|是|现在|目前|眼下|当前|今天|只有|才|为(?!主)|fell|rose|stands|is now|currently")
_WANTED = lazily(r"要|力争|争取|必须|务必|希望|降[到至]|[到至]\s?[\d.]|回到|至少|want|will|should|must|aim|target|goal|hold")
# 提高到95%，目前是71%; 不超过20户（基线：52户）: where it stands, said afterwards.
_STOOD = lazily(
    r"(?:^|[（(])\s*(?:(?:目前|眼下|现在|现|当前|如今|今天|去年|上年|最近[一二两三]年|20\d\d年?[末底]?(?:实际)?)(?:仅|只|已|平均)*(?:为|是|有|[:：])|(?:基线|基期|现状)(?:为|[:：])?|"
    r"(?:目前|现在|今天)\s?)\s*$"
)
# 现行内规1,286项: how many there are.
_THERE_ARE = lazily(r"^(?:现有|现行|共有)(?!的)|(?:现有|现行|现存)$")
# 占比不到三成: how little there is.
# 超目标640亿元: by how much an aim was passed.
_BEYOND = lazily(r"(?:超出?|高于|低于|好于|优于)(?:年初|年度|既定|规划|预期|序时)?(?:目标|计划|预算|进度)(?:进度|要求)?\s*$")
_SO_LITTLE = lazily(r"(?:不到|不足|只有|仅有?|(?<!人)才)\s*$")
# An item of an English list that begins with a verb: Answer 85% of calls within a minute.
_IMPERATIVE = lazily(r"(?!(?:The|A|An|It|This|That|Our|There|We|In|At|By|From|If)\b)[A-Z][a-z]+\b")
_SO_MANY = lazily(r"(?!(?:In|At|By|From|About|Around|Over|Only|Some|Nearly|Almost)\b)[A-Z][a-z]+ \d")
_BRACKETS = lazily(r"（[^（）]*）")
_SPENDING = lazily(
    r"(?:安排|列支|投入|设立|提取|划拨|追加|预算)[\u4e00-\u9fff]{0,8}(?:费用|经费|资金|预算)|(?:费用|经费|"
    r"预算)[\u4e00-\u9fff]{0,2}(?:安排|列支|为)"
)
_CONFIDENCE = {"target_bound": 0.9, "target_verb": 0.75}


# A figure as a finding, the clause and the dates that it stands under, and whether it is a condition of a rule.
Found = tuple[Finding, str, tuple[Moment, ...], bool]


@dataclass(frozen=True)
class Read:
    """What one sentence holds: targets, and figures that are none, with the rule that says so."""

    targets: tuple[Finding, ...]
    aside: tuple[SetAside, ...]


def read(sentence: Sentence, profile: Profile, *, ordered: bool) -> Read:
    """The targets of a sentence. `ordered`: it also orders something to be done, which its figures then belong to."""
    plan = profile.plan
    if sentence.block == "heading":
        return Read((), ())
    if is_english(sentence.text, profile.language):
        return _sorted(_with_baselines(english.figures_of(sentence, plan)), sentence, profile, ordered=ordered)
    dates = moments(sentence.text, plan, year_above(sentence, plan) or plan.base)
    found: list[Found] = []
    parts = clauses(sentence.text)
    # Figures that are nothing by themselves, but may be where another one starts from.
    idle: list[Finding] = []
    last, topic = "", topic_of(sentence.text)
    # What was measured last in each unit: 理财经理312人，占比不到四成，2029年末要达到500人.
    counted: dict[str, str] = {}
    bounds: dict[str, Binding] = {}
    for at, clause in enumerate(parts):
        first, joined = True, None
        listed = with_shared_unit(list(figures(clause, dates)))
        days, names = dates_in_turn(clause, dates, listed, plan), names_in_turn(clause, listed)
        for figure in listed:
            bound = bound_alike(binding(_without_date(figure.before, plan), figure.after), joined, figure)
            bound = in_series(bound, bounds.get(figure.quantity.unit), figure, plan)
            bound = of_which(bound, bounds.get(figure.quantity.unit), figure)
            bounds[figure.quantity.unit] = bound
            joined = None if figure.condition else bound
            before = counted.get(figure.quantity.unit, last) if is_unnamed(bound.before) else last
            if not before and not any(subject(part.text) for part in parts[:at]):
                before = _named_before(sentence, profile)
            metric = name(bound, figure.quantity, figure.after, [part.text for part in parts[:at]], before, first=first, topic=topic)
            metric = names.pop(0) if names else metric
            if _is_doubling(figure, parts[at + 1 :]):
                last = metric
                continue
            if not metric or _is_baseline(figure, found, parts[at - 1].text if at else ""):
                continue
            last, first = (last if figure.condition else metric), False
            counted[figure.quantity.unit] = last
            governing = days.pop(0) if days else governing_dates(sentence, clause, figure, dates, plan)
            finding = _finding(sentence, clause, figure, bound, metric, governing, plan)
            condition = (
                figure.condition
                or _defines(sentence)
                or _scores(sentence, figure.quantity)
                or any(supposes(part.text) for part in parts[:at])
            )
            found.extend((_due(finding, day), clause.text, (day,), condition) for day in dates_alike(clause, dates, listed))
            found.append((finding, clause.text, spoken_of(sentence, clause, dates, plan) or governing, condition))
            if _is_no_figure_of_aim(bound, figure):
                idle.append(finding)
    aims = [one for one in _with_baselines(found) if one[0] not in idle]
    return _sorted(aims, sentence, profile, ordered=ordered)


def is_english(text: str, language: str) -> bool:
    """Whether a sentence is read as English: in a document in English what has no Chinese, in others what has English words too."""
    return not _HAN.search(text) and (language == "en" or len(_WORDS.findall(text)) >= _SEVERAL)


def _is_baseline(figure: Figure, found: list[Found], clause_before: str) -> bool:
    """Whether a figure says where the one before it stands today; that one then begins there."""
    before = figure.before if figure.before.strip() else f"{clause_before}："
    aim = found[-1][0].measure if found else None
    if aim is None or aim.baseline is not None or not _STOOD.search(before):
        return False
    value, unit = _unit(figure.quantity, aim.metric)
    if unit != aim.unit:
        return False
    found[-1] = (replace(found[-1][0], measure=replace(aim, baseline=value)), *found[-1][1:])
    return True


def _due(finding: Finding, day: Moment) -> Finding:
    return replace(finding, measure=finding.measure and replace(finding.measure, deadline=day.day))


def _named_before(sentence: Sentence, profile: Profile) -> str:
    """What was measured last before a semicolon, which parts what belongs together: 到6月末压降4亿元；到年末累计压降9亿元."""
    if not sentence.lead.rstrip().endswith(("；", ";")):
        return ""
    before = [part for part in _END.split(sentence.lead) if part.strip()][-1]
    made = read(replace(sentence, text=before, lead=""), profile, ordered=False)
    found = sorted([*made.targets, *(one.candidate for one in made.aside)], key=lambda finding: finding.start)
    return found[-1].metric if found else ""


def _with_baselines(found: list[Found]) -> list[Found]:
    """Two figures of the same thing, where it stands and where it is to be, as one with a baseline."""
    kept: list[Found] = []
    for one in found:
        # 现有312人，占比不到四成，要达到500人: another figure may stand between.
        at, joined = next(((at, both) for at in (-1, -2) if len(kept) >= -at and (both := _joined(kept[at], one))), (0, one))
        if at:
            kept[at] = joined
        else:
            kept.append(one)
    return kept


def _joined(before: Found, one: Found) -> Found | None:
    stood, aim = before[0].measure, one[0].measure
    assert stood is not None and aim is not None
    same = stood.unit == aim.unit and (aim.metric == stood.metric or len(aim.metric) <= _SHORT) and aim.baseline is None
    apart = before[1] != one[1] and (one[0].rule != "target_figure" or re.search(r"目标|target|goal", one[1]))
    if not (same and apart and _STANDS.search(before[1]) and _WANTED.search(one[1])):
        return None
    return (replace(one[0], measure=replace(aim, metric=stood.metric, baseline=stood.value)), *one[1:])


def _sorted(found: list[Found], sentence: Sentence, profile: Profile, *, ordered: bool) -> Read:
    """The figures of a sentence as targets, and those that are set aside with the rule that says why."""
    targets: list[Finding] = []
    aside: list[SetAside] = []
    regulation = profile.regulation and is_regulation(sentence)
    for finding, words, governing, condition in found:
        before = sentence.text[: max(0, sentence.text.find(words))]
        # 接通率保持93%，响应率100%: what stands beside an aim is one too, if nothing says otherwise.
        bias = (-0.5 if ordered else 0.0) - (_BESIDE_AN_AIM if targets else 0.0)
        done, cues = is_achieved(sentence, words, governing, profile, before, bias)
        measure = finding.measure
        assert measure is not None
        service = measure.operator == "<=" and _SERVICE.search(measure.metric)
        level = service or (
            measure.operator == ">="
            and (
                measure.unit not in _NO_LEVELS
                or bool(EACH_TIME.search(measure.metric))
                or measure.deadline[:2] == "20"
                or "满意度" in measure.metric
            )
        )
        if regulation and not condition:
            level = level or _is_ordered(finding, words, governing, beside=bool(targets))
        if condition or (regulation and not level):
            aside.append(SetAside(finding, "standing_rule", ()))
        elif done:
            aside.append(SetAside(finding, "achieved", cues))
        elif finding.rule != "target_figure" or ordered or targets or _is_aim(finding, words, governing, sentence, profile):
            targets.append(finding)
        else:
            aside.append(SetAside(finding, "no_aim", cues))
    return Read(tuple(targets), tuple(aside))


def _is_ordered(finding: Finding, words: str, governing: tuple[Moment, ...], *, beside: bool) -> bool:
    """Whether a regulation orders a figure itself: it calls it an aim, sets it for a day, or names a rate beside one that it orders."""
    measure = finding.measure
    assert measure is not None
    called = re.search(r"目标(?:值|任务)?(?:定)?为", words)
    dated = (measure.operator == "+" or beside) and any(moment.year and not moment.past for moment in governing)
    rate = measure.unit == "%" and measure.metric.endswith("率") and (beside or re.search(r"控制在|[降压][到至]", words))
    reached = finding.rule == "target_verb" and measure.deadline[:2] == "20" and re.search(r"[到至]", words)
    return bool(called or dated or rate or reached)


def _is_all(finding: Finding, words: str, profile: Profile) -> bool:
    """种子持证率百分之九十: in a plan a clause that is nothing but a name and a figure states an aim."""
    measure = finding.measure
    rest = words.replace(measure.metric, "").replace(finding.cues[-1], "") if measure else words
    return profile.kind in (DocumentKind.HQ, DocumentKind.APPRAISAL) and len(rest.strip(" ，。；、：")) <= 1


def is_regulation(sentence: Sentence) -> bool:
    """Whether a sentence stands in an article of a regulation."""
    return bool(_ARTICLE.match(sentence.text) or _ARTICLE.match(sentence.lead))


def _is_aim(finding: Finding, words: str, governing: tuple[Moment, ...], sentence: Sentence, profile: Profile) -> bool:
    """Whether a bare figure is an aim: only where a word, a date of its own, its section or its form says so."""
    dated = any(not moment.past and moment.year is not None for moment in governing)
    if speaks_of_aims(words) or dated or looks_back(sentence, profile.plan) is False or _SPENDING.search(words):
        return True
    if profile.language == "en" and (_IMPERATIVE if sentence.block == "list" else _SO_MANY).match(sentence.text):
        return True
    return _is_all(finding, words, profile) or _is_all(finding, _BRACKETS.sub("", sentence.text), profile)


def _without_date(before: str, plan: Plan) -> str:
    """The words before a figure without the date between it and its verb: 提高到2028年末的40%."""
    for moment in moments(before, plan)[-1:]:
        rest = before[moment.end :].strip("前内底末的， ")
        head = before[: moment.start]
        if not rest and re.search(r"[到至]$", head):
            # 上收率到6月末78%: that leads to the date alone.
            return head if is_level(head) else head[:-1]
    return before


def _defines(sentence: Sentence) -> bool:
    """Whether a sentence defines a term or says what follows in a case: 全面完成合约的，按…给予奖励."""
    return bool(
        _CASE.match(sentence.text)
        or (sentence.path and re.search(r"口径|释义|定义|名词解释|(?:参赛|参评|考核|适用)对象", sentence.path[-1]))
    )


def _scores(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure stands where scores are explained: 基础分100分 under 计分办法."""
    scoring = sentence.path and re.search(r"计分|评分|扣分|奖惩", sentence.path[-1])
    return bool(scoring) and quantity.sort in (Sort.SCORE, Sort.SHARE)


def _is_doubling(figure: Figure, following: list[Clause]) -> bool:
    """翻一番，达到8.4万户; 减半，降至11.5%: the figure that follows is the aim."""
    doubles = figure.quantity.unit_written == "番" or (figure.quantity.unit_written == "半" and figure.before.endswith("减"))
    return doubles and any(re.search(r"\d", clause.text) for clause in following[:1])


def _is_no_figure_of_aim(bound: Binding, figure: Figure) -> bool:
    """A bare number without a unit, how long something takes, or how little there is, is no aim unless a bound or a verb says so."""
    quantity = figure.quantity
    if bound.rule == "target_figure" and any(one.search(figure.before) for one in (_SO_LITTLE, _THERE_ARE, _BEYOND)):
        return True
    lasts = quantity.sort is Sort.DURATION and not re.search(r"人均|每人|(?:时长|周期|用时|时效|天数)$|学时", bound.before)
    # 投诉为0 is one.
    none = quantity.value == 0 and re.search(r"(?:为|是|实现|保持)\s*$", figure.before)
    return bound.rule == "target_figure" and (lasts or (quantity.sort is Sort.BARE and not none))


def _unit(quantity: Quantity, metric: str) -> tuple[float, str]:
    """Money keeps the scale that it is written in, also where 元 is left out: 管理资产400亿."""
    if not quantity.unit and quantity.unit_written in _MONEY_SCALES and (_is_money(metric) or _is_sum(quantity, metric)):
        scale = {"万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}[quantity.unit_written]
        return float(quantity.value / scale), quantity.unit_written
    return float(quantity.value), quantity.unit


def _is_sum(quantity: Quantity, metric: str) -> bool:
    """小企业不少于8亿: hundreds of millions that count nobody are money."""
    return quantity.unit_written in ("亿", "万亿") and not re.search(r"户|客|人|笔|次|调用|用户|量$", metric)


def _is_money(metric: str) -> bool:
    """Whether a number without a unit counts money in what it measures: 管理资产, 签约房抵循环贷, 人均放款."""
    return of_metric(metric) is Perspective.FINANCIAL or bool(re.search(r"[贷款费额资]$|放款|投放", metric))


def _finding(
    sentence: Sentence, clause: Clause, figure: Figure, bound: Binding, metric: str, governing: tuple[Moment, ...], plan: Plan
) -> Finding:
    value, unit = _unit(figure.quantity, metric)
    # 去年末只占18.2%，要升至25%: where it stood says nothing of when, which is said above.
    above = deadline_of(sentence, plan) if bound.rule != "target_figure" and governing and all(moment.past for moment in governing) else ()
    day = next((moment.day for moment in (*governing, *above) if not moment.past), "") or standing_day(plan)
    # Where a figure starts from is counted in the same unit.
    scale = value / float(figure.quantity.value) if figure.quantity.value else 1.0
    baseline = None if figure.baseline is None else round(figure.baseline * scale, 6)
    # 1至2个: at least the lower.
    operator = ">=" if figure.quantity.up_to is not None and bound.operator == "=" else bound.operator
    # 318秒→260秒: what comes down from where it started.
    if bound.rule == "target_verb" and operator == ">=" and baseline is not None and value < baseline:
        operator = "<="
    measure = Measure(metric, operator, value, unit, figure.quantity.unit_written, day, baseline)
    start = sentence.start + clause.start
    quote = clause.text.rstrip()
    shift = len(quote) - len(quote.lstrip())
    written = clause.text[figure.quantity.start : figure.quantity.end]
    return Finding(
        kind=FindingKind.TARGET,
        text=" ".join(quote.split()),
        quote=quote.lstrip(),
        page=sentence.page,
        start=start + shift,
        end=start + len(quote),
        heading=sentence.path,
        perspective=of_target(metric, unit, sentence.text),
        competencies=(),
        measure=measure,
        confidence=_CONFIDENCE.get(bound.rule, 0.5),
        rule=bound.rule,
        cues=tuple(part for part in (figure.before.removeprefix(bound.before).strip(), written) if part),
    )
