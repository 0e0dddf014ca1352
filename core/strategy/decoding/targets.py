"""Quantified targets in sentences: a metric, how it binds, a value, a unit, a deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.documents.tables import DocumentKind
from core.strategy.decoding import actions
from core.strategy.decoding.achieved import is_achieved
from core.strategy.decoding.clauses import Clause, Sentence, clauses
from core.strategy.decoding.deadlines import Moment, Plan, moments
from core.strategy.decoding.perspectives import perspective
from core.strategy.decoding.quantities import Quantity, Sort, quantities
from core.strategy.findings import Finding, FindingKind, Measure, Operator, SetAside

# Bounds beside the number decide first, then the verb.
_LEAST = re.compile(
    r"(?:不低于|不能低于|不少于|不小于|不得低于|不得少于|至少|最少|≥|>=|(?<![不得])超过|大于|突破|(?<!不)高于|"
    r"at least|no (?:less|fewer) than|more than|above|"
    r"over)\s*(?:组织|开展|举办|完成|有|达到)?$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"(?:不超过|不高于|不多于|不得超过|不得高于|最多|≤|<=|控制在|(?<![不能得])低于|压在|"
    r"no more than|at most|below|under|within|not exceed(?:ing)?)\s*$",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"(?:→|达到|达|做到|要到|提[升高]到|提[升高]至|增[加长]到|增[加长]至|升至|升到|扩大到|扩大至|站上|"
    r"reach(?:es|ing)?|(?:raise|lift|increase|grow|"
    r"rise)[\w\s%]{0,40} to|to)\s*$",
    re.IGNORECASE,
)
_DOWN_TO = re.compile(
    r"(?:降至|降到|下降到|降低到|压降至|压降到|压缩至|压缩到|减到|减至|精简到|缩短到|缩短至|"
    r"(?:cut|reduce|lower|shorten)[\w\s%]{0,40} to)\s*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:新增|净增|增长|增加|提[升高]|上升|多增|(?:increase|grow|rise|raise|up)[\w\s]{0,30} by|add(?:ing)?)\s*$", re.IGNORECASE
)
_LESS = re.compile(r"(?:下降|减少|压降|压减|降低|压缩|缩短|精简|(?:reduce|cut|fall|lower|down)[\w\s]{0,30} by)\s*$", re.IGNORECASE)
_AFTER_LEAST = re.compile(r"^\s*(?:及?以上|起|or more|or above)|^\+")
_AFTER_MOST = re.compile(r"^\s*(?:及?以内|之内|以下|内(?![容部外控])|or less|or fewer)")
# Who or what a rule applies to, not what is to be reached: 费用在5万元以上的项目, 凡是单户500万元以上.
_CONDITION = re.compile(r"^(?:及?以上|以下|以内|以外)?(?:的(?!水平|目标)|或者|者|新增授信)")
_ANY = re.compile(r"凡|每期|每批|每组|一般|单笔|单户|每次")
_LASTING = re.compile(r"(?:时间|连续|为期|周期|用时|历时|每隔|岗位实战|学习|[每满])$")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百\d]+条\s*")
_ABOUT = re.compile(r"(?:约|左右|大约|近|about|around|some)\s*$")
# Words before a figure that say it is no aim: a baseline, a rank, a thing that is listed.
_FROM = re.compile(r"(?:由|从)[^，。；]{0,20}?$")
_ASPECTS = re.compile(
    r"^(?:大|个)?(?:方面|问题|原则|关系|环节|维度|层次|步骤|板块|领域|阶段|类别|抓手|支撑|要素|专题|主题|字|不|到位|坚持|结合|统一|转变|能力|层级|级(?!以)|角度|条线)"
)
_BASELINE = re.compile(
    r"(?:由|从|from)\s*(?:20\d\d年?[末底]?的?)?\s*([\d.,]+)\s*(%|[\u4e00-\u9fff]{0,3}?)\s*(?:提[升高]|增[加长]|上?升|降|压|扩大|to|缩短|减)"
)
_VERB_BEFORE = re.compile(
    r"(?:力争|确保|争取|实现|达到|新增|净增|培养|新设|新建|建成|组建|引进|选拔|选派|配备|配齐|开展|举办|组织|投放|发放|推出|上线|录制|招聘|储备|其中|"
    r"累计|年均|原则上|合计|总计|至少|同时|分别)+"
)
_LEADING = re.compile(
    r"^(?:力争|确保|争取|努力|实现|完成|保持|推动|促进|使|将|把|要|应当?|须|计划|拟|并|且|其中|各|均|全部|全年|累计|年均|合计|共|今年|明年|先|再|到|从而)"
)
_ENDING = re.compile(r"(?:保持在?|稳定在|维持在|要|应当?|须|必须|原则上|一般|力争|争取|确保|全部|均|平均)$")
_FROM_FIGURE = re.compile(r"(?:由|从)(?:眼下的|目前的|当前的|现在的|20\d\d年末?的?)?\s*[\d.,]+.*$")
_TRIM = re.compile(r"^[\s，、。；：“”\"（()）的在对以和与及]+|[\s，、：“”\"（(的为在约近超是至到]+$")
_DATE_LEAD = re.compile(
    r"^(?:到|至|在|于|截至|力争)?(?:20\d\d年?)?(?:[末底]|上半年|下半年|年末|年底|年内|三年|\d{1,2}月[末底]?)?(?:前|内|起|以前|之前)?[，,]?"
)
_OBJECT = re.compile(r"^(?:左右|以上|以内|以下|及以上|余|多)?(?:的)?(?!以上|以内|以下|左右)([\u4e00-\u9fffA-Za-z]{2,16})")


# Units in which a regulation sets a level to be reached; its other figures are ceilings and thresholds for everybody.
_LEVELS = ("%", "学时", "课时", "户", "次")


@dataclass(frozen=True)
class Read:
    """What one sentence holds: targets, and figures that are none, with the rule that says so."""

    targets: tuple[Finding, ...]
    aside: tuple[SetAside, ...]


def read(sentence: Sentence, plan: Plan, kind: DocumentKind, language: str) -> Read:
    """The targets of a sentence."""
    targets: list[Finding] = []
    aside: list[SetAside] = []
    if sentence.block == "heading":
        return Read((), ())
    dates = moments(sentence.text, plan, plan.now or plan.first)
    regulation = bool(_ARTICLE.match(sentence.text) or _ARTICLE.match(sentence.lead))
    ordered = actions.task(sentence, kind) is not None
    for clause in clauses(sentence.text):
        for quantity in _figures(clause, dates, language):
            finding = _target(sentence, clause, quantity, dates, plan)
            if finding is None:
                continue
            done, cues = is_achieved(sentence, clause.text, dates, plan, kind)
            bound = finding.rule != "target_figure" or ordered
            if regulation and not (finding.measure and finding.measure.operator == ">=" and finding.measure.unit in _LEVELS):
                aside.append(SetAside(finding, "standing_rule", ()))
                continue
            if done:
                aside.append(SetAside(finding, "achieved", cues))
            elif bound or cues:
                targets.append(finding)
            else:
                aside.append(SetAside(finding, "no_aim", cues))
    return Read(tuple(targets), tuple(aside))


def deadline_of(sentence: Sentence, at: int, dates: list[Moment], plan: Plan) -> str:
    """The date that a figure at offset `at` of the sentence belongs to: the last one before it, any other, or one above it."""
    clause = next((one for one in clauses(sentence.text) if one.start <= at < one.end), None)
    dates = [one for one in dates if not one.relative or (clause is not None and clause.start <= one.start < clause.end)]
    before = [moment for moment in dates if moment.start <= at and not moment.past]
    if before:
        return before[-1].day
    later = [moment for moment in dates if not moment.past and moment.start - at < 12]
    if later:
        return later[0].day
    for words in (sentence.lead, *reversed(sentence.path)):
        above = [moment for moment in moments(words, plan) if not moment.past and not moment.relative] if words else []
        if above:
            return above[-1].day
    return f"{plan.last}-12-31" if plan.standing and plan.last else ""


def _figures(clause: Clause, dates: list[Moment], language: str) -> Iterator[Quantity]:
    for quantity in quantities(clause.text, language):
        at = clause.start + quantity.start
        # 压缩到3天以内 is a level, 3天以内完成 a date.
        level = _DOWN_TO.search(clause.text[: quantity.start]) or _MOST.search(clause.text[: quantity.start])
        inside = any(moment.start < at + 1 and at < moment.end and not (moment.relative and level) for moment in dates)
        after = clause.text[quantity.end : quantity.end + 4]
        listed = quantity.sort is Sort.COUNT and _ASPECTS.match(after) is not None
        day_of_month = quantity.unit == "日" and clause.text[: quantity.start].endswith("月")
        if (
            not inside
            and not listed
            and not day_of_month
            and not (quantity.numeral and quantity.sort in (Sort.COUNT, Sort.DURATION, Sort.SCORE) and quantity.value < 3)
        ):
            yield quantity


def _target(sentence: Sentence, clause: Clause, quantity: Quantity, dates: list[Moment], plan: Plan) -> Finding | None:
    before, after = clause.text[: quantity.start], clause.text[quantity.end :]
    if re.match(r"\s*→", after) or (_FROM.search(before) and re.match(r"\s*(?:提|增|上?升|降|压|扩|缩|减)", after)):
        return None
    if _CONDITION.match(after) or _ANY.search(before):
        return None
    operator, rule, rest = _operator(before, after)
    metric = _metric(sentence, clause, quantity, rest)
    if not metric:
        return None
    if rule == "target_figure" and (quantity.sort is Sort.BARE or (quantity.sort is Sort.DURATION and _LASTING.search(before))):
        return None
    baseline = _BASELINE.search(clause.text)
    measure = Measure(
        metric=metric,
        operator=operator,
        value=float(quantity.value),
        unit=quantity.unit,
        unit_written=quantity.unit_written,
        deadline=deadline_of(sentence, clause.start + quantity.start, dates, plan),
        baseline=float(baseline[1].replace(",", "")) if baseline and baseline.start() < quantity.start else None,
    )
    start = sentence.start + clause.start
    quote = clause.text.rstrip()
    return Finding(
        kind=FindingKind.TARGET,
        text=" ".join(quote.split()),
        quote=quote,
        page=sentence.page,
        start=start,
        end=start + len(quote),
        heading=sentence.path,
        perspective=perspective(metric, sentence.text),
        competencies=(),
        measure=measure,
        confidence=0.9 if rule == "target_bound" else 0.75 if rule == "target_verb" else 0.5,
        rule=rule,
        cues=tuple(part for part in (clause.text[len(rest) : quantity.start].strip(), clause.text[quantity.start : quantity.end]) if part),
    )


def _operator(before: str, after: str) -> tuple[Operator, str, str]:
    """How a figure binds, the rule that says so, and what stands before the words that say it."""
    bounds: tuple[tuple[re.Pattern[str], Operator, str], ...] = (
        (_LEAST, ">=", "target_bound"),
        (_MOST, "<=", "target_bound"),
        (_DOWN_TO, "<=", "target_verb"),
        (_UP_TO, ">=", "target_verb"),
    )
    bare = _ABOUT.sub("", before)
    for pattern, operator, rule in bounds:
        found = pattern.search(bare)
        if found:
            return operator, rule, bare[: found.start()]
    more, less = _MORE.search(bare), _LESS.search(bare)
    if _AFTER_LEAST.match(after):
        return ">=", "target_bound", bare
    if _AFTER_MOST.match(after):
        return "<=", "target_bound", bare
    if more:
        return "+", "target_verb", bare[: more.start()]
    if less:
        return "-", "target_verb", bare[: less.start()]
    return "=", "target_figure", bare


def _metric(sentence: Sentence, clause: Clause, quantity: Quantity, before: str) -> str:
    """What is measured: the noun phrase before the figure, else what is counted after it, else the subject before."""
    name = _clean(before)
    if len(name) >= 2:
        return name
    counted = _OBJECT.match(clause.text[quantity.end :])
    if counted:
        return _clean(counted[1]) or counted[1]
    earlier = [part.text for part in clauses(sentence.text) if part.end <= clause.start]
    for part in reversed(earlier):
        figures = quantities(part)
        name = _clean(part[: figures[0].start] if figures else part)
        if len(name) >= 2:
            return name
    return ""


def _clean(words: str) -> str:
    name = _ARTICLE.sub("", words.strip())
    for moment in reversed(moments(name, Plan())):
        name = name[: moment.start] + "，" + name[moment.end :]
    name = _FROM_FIGURE.sub("", name).rpartition("，")[2] or name
    name = _TRIM.sub("", name)
    for _ in range(3):
        verb = _LEADING.match(name) or _ENDING.search(name)
        if verb is None or len(verb.group()) >= len(name):
            break
        name = _TRIM.sub("", name.replace(verb.group(), "", 1) if verb.start() == 0 else name[: verb.start()])
    middle = list(_VERB_BEFORE.finditer(name))
    if middle and len(name) - middle[-1].end() >= 2:
        name = name[middle[-1].end() :]
    elif len(middle) == 1 and middle[0].group() == name:
        return ""
    return _TRIM.sub("", name)[-24:]
