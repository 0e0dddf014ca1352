"""Quantified targets in English sentences: what is before and after a figure decides as in Chinese, but the subject stands first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.patterns import lazily
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.dates import Moment, end_of_year
from core.strategy.decoding.deadlines import moments
from core.strategy.decoding.english_words import binding, goes_on, name, noun
from core.strategy.decoding.perspectives import of_target
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.quantities import Quantity, Sort, quantities
from core.strategy.findings import Finding, FindingKind, Measure, Operator

_FROM = lazily(
    r"\b(?:up from|down from|against (?:a |the |our )?(?:target|plan|budget|goal) of|from|against|compared with|versus|currently|"
    r"today's|vs\.?)\s*(?:the current|today's|a|around|about)?\s*$",
    re.IGNORECASE,
)
# Prices, thresholds of rules, ages: none of them an aim.
_CONDITION = lazily(
    r"\b(?:payments?|transactions?|balances?|transfers?|loans?|amounts?|claims?|purchases?|any|every|customers? (?:aged|with)|aged|"
    r"pays?|remains? at|costs?|fee of|priced?|rate of|charges?)\b"
    r"[\w\s]{0,24}(?:above|over|under|below|of|at|up to|exceeding|pays|costs)?\s*$",
    re.IGNORECASE,
)
_RULE = lazily(r"\b(?:requires?|needs? (?:a|dual|second)|pays? \d|carries|attracts?|approval|per application|out of \d)\b", re.IGNORECASE)
_PART = lazily(
    r"(?:,\s+(?:and|but|while|with)\s+|;\s+|,\s+|\s+and\s+(?=(?:\w+\s+){0,5}(?:should|will|must|is to|are to|to \d|the|\d|convert|"
    r"merge|at least|no more|no fewer)\b)|:\s+)",
    re.IGNORECASE,
)
# Two orders in one sentence: 'Rebuild the journey and cut the time'.
_ORDERS = lazily(r"^[A-Z][a-z]+ (?:the|a|an|our|all|every|each)\b")
# 'free for members under 18': an age.
_AGED = lazily(
    r"\b(?:members|customers|people|clients|those|savers|children|staff|colleagues)\s+(?:aged\s+)?(?:under|over|above|below|aged)\s*$",
    re.IGNORECASE,
)
# 'companies with turnover above £20 million': whom it is about.
_WHOSE = lazily(
    r"\b(?:companies|firms|businesses|enterprises|corporates|clients|customers|households|families|borrowers|suppliers|groups|those)\s+"
    r"(?:with|having|whose|holding|of)\s+(?:an?\s+)?(?:[\w\-]+\s+){0,4}?(?:of |is |are |exceeds? |exceeding )?"
    r"(?:at least|above|over|more than|below|under|less than|up to|between|from)\s*$",
    re.IGNORECASE,
)
# 'down 15% on 2028': a year to compare with.
_COMPARED = lazily(r"\b(?:%|percent|points) (?:on|against|from|versus|over)\s*$|\b(?:compared with|than in|versus)\s*$", re.IGNORECASE)
# 'RMB 410 million, after RMB 372 million in 2027', 'compared with 21% in 2026': what was.
_BEFORE_IT = lazily(
    r"\b(?:compared (?:with|to)|after|against|versus|(?:up|down) from)\s(?:(?!\bto\b)[^,;])*\d(?:(?!\bto\b)[^,;])*\s"
    r"(?:in|at the end of|for)\s*$",
    re.IGNORECASE,
)
# 'answered in under 30 seconds', 'Level 4 diploma': parts of names.
_HOW_SOON = lazily(
    r"\b(?:answered|resolved|closed|settled|completed|processed|opened|seen|paid|approved)\s+(?:in|within)(?:\s+(?:under|less than))?\s*$",
    re.IGNORECASE,
)
_NUMBERED = lazily(r"\b(?:level|stage|tier|phase|step|grade|basel|ifrs|group|section|pillar|type|part)\s*$", re.IGNORECASE)
_OF_WHICH = lazily(r",? of which\b|,\s[^,]{2,24}\bof (?:it|them|this|that)\b", re.IGNORECASE)
# '97 per cent (2028: 88 per cent)': a year in brackets with a figure of its own.
_BASE = lazily(r"\($")
_ITS_FIGURE = lazily(r"[:,]?\s?\D{0,12}\d")
# '17% today': where it stands.
_TODAY = lazily(r"\s*(?:today|now|currently|at present|at the moment)\b", re.IGNORECASE)
# '212 outlets will be cut to 165': of how many, and to how many.
_IS_CUT = lazily(
    r"\s[a-z][a-z\- ]{2,30}?\s(?:(?:will|are to|must|should|shall)\s(?:be\s)?|to\sbe\s)?(?:cut|reduced|trimmed|merged|consolidated|"
    r"brought down|raised|expanded|increased|grow|fall|shrink|rise)\s(?:down\s)?(?:in)?to\s*"
)
# '60 days to 42 days', 'by 12 to 48 hours': one figure leads to the next.
_ARROW = lazily(r"\s*(?:to|→|->)\s*")
_LEADS_TO = lazily(r"(?!.*\band\b)[\w ]{0,20}\bto\s*")
_SUPPOSES = lazily(
    r"\s*(?:(?:our |the )?(?:competitors|peers|rivals|market|industry|sector)|if|should rates|assuming|unless|suppose)\b", re.IGNORECASE
)
_NAMED = lazily(r"^-(?:week|month|year|day|hour)|^ (?:days?|a (?:day|week|month))?\s?(?:must|should|will|has to)\b")
# What a rule allows or where it sends what is over a threshold.
_ALLOWS = lazily(r"\bmay\b", re.IGNORECASE)
_GOES = lazily(r"\s*(?:go|goes|need|needs|require|requires)\b")
_SPENDS = lazily(r"\b(?:complete|receive|spend|undertake|attend|get)s?\s*$|\bgive (?:every|each|all) [\w\- ]{3,40}$", re.IGNORECASE)
_DELIVERS = lazily(
    r"\b(?:open|launch|set up|build|create|hire|establish|close|run|appoint|train|recruit|add|retire|publish|roll out)\s*$", re.IGNORECASE
)
# '120 of our 210 branches': the whole is no aim.
_OF_ALL = lazily(
    r"\b(?:\d[\d,.]*%?|one|two|three|half|each|every(?: one)?) (?:in|out )?of (?:our|the|all|its)\s*$|\bper\s*$", re.IGNORECASE
)
_PER = lazily(r"^\s*(?P<unit>per [\d,]+ \w+)")

Found = tuple[Finding, str, tuple[Moment, ...], bool]


def figures_of(sentence: Sentence, plan: Plan) -> list[Found]:
    """The figures of a sentence that may be targets: each with the words that it stands in, the dates that it stands under, and whether it
    is a condition of a rule."""
    text = sentence.text
    if text.startswith("No ") or _SUPPOSES.match(text):
        return []
    dates = moments(text, plan, plan.base)
    to_come = [one for one in dates if not _is_of_a_base(text, one)]
    found: list[Found] = []
    last, stood = "", None
    for start, end in _parts(text):
        part = text[start:end]
        measured = [one for one in quantities(part, "en") if not _is_date(part, start, one, dates)]
        if not measured:
            last = noun(part) or last
        if measured and all(_TODAY.match(part, one.end) for one in measured):
            stood, last = measured[-1], noun(part[: measured[0].start]) or last
            continue
        position = 0
        for figure in _of_a_part(part, measured, stood):
            one = figure.quantity
            if _is_in_a_base(text, start + one.start, dates):
                continue
            before = part[max(position, figure.after) : one.start]
            operator, rule, rest = binding(before, part[: one.start], part[one.end :])
            metric = name(rest, one, part[one.end :], last, rule)
            if not metric or _is_small(one, rule, before):
                continue
            # 'to five working days by 2030 and to three by 2031': the unit is said once.
            if found and one.sort is Sort.BARE and metric == last and rule == "target_verb" and goes_on(part[one.end :]):
                one = replace(one, unit=found[-1][0].measure.unit if found[-1][0].measure else "")
            last, position = metric, one.end
            governing = _governing(sentence, start, end - start, one, to_come, plan)
            finding = _finding(sentence, start, part, one, metric, operator, rule, governing, figure.baseline, plan)
            found.append((finding, part, governing, _is_condition(text, part, before, one)))
    return found


@dataclass(frozen=True)
class _Figure:
    """A quantity that may be an aim, and where it starts from: the figure, and the place in the part `after` it."""

    quantity: Quantity
    after: int
    baseline: float | None


def _of_a_part(part: str, measured: list[Quantity], stood: Quantity | None) -> Iterator[_Figure]:
    """The figures of a part that may be aims; `stood` is what the part before says of today."""
    baseline, begun = _baseline(part, measured)
    if baseline is None and stood is not None and [one.unit for one in measured] == [stood.unit]:
        baseline = float(stood.value)
    after = 0
    for at, one in enumerate(measured):
        following = part[one.end : measured[at + 1].start] if at + 1 < len(measured) else ""
        # 'Time to hire: 60 days to 42 days'.
        if _opens_a_change(part, one, measured[at + 1 :], following):
            baseline, after = float(one.value), one.end
            continue
        # 'by 12 to 48 hours': the level that is reached counts; 'by 6% to £4 billion' are two.
        leads = _LEADS_TO.fullmatch(following) and one.sort in (Sort.BARE, measured[at + 1].sort)
        if one in begun or leads or _is_no_aim(part, one, measured[:at]):
            continue
        # 'from six working days to one'.
        if begun and one.sort is Sort.BARE and begun[0].sort is Sort.DURATION:
            one = replace(one, unit=begun[0].unit, unit_written=begun[0].unit_written)
        yield _Figure(one, after, baseline)


def _is_named(one: Quantity, after: str) -> bool:
    """A figure in a name: 'a 10-week lab', 'arrears over 90 days must', 'half a day'."""
    return bool(_NAMED.match(after)) or (one.sort is Sort.SHARE and re.match(r"\s+a (?:day|week|month)\b", after) is not None)


def _is_name_of_many(one: Quantity, after: str) -> bool:
    """'clients with three or more products', 'a model to one built on advice': parts of a name."""
    one_alone = one.numeral and one.value == 1 and one.sort is Sort.BARE
    many = one.sort is Sort.BARE and re.match(r" or (?:more|fewer) [a-z]+.*\d", after)
    return bool(many or (one_alone and re.match(r" (?:[a-z]+(?:ed|t|ing)\b|that|which|of|in|at|for)", after)))


def _is_small(one: Quantity, rule: str, before: str) -> bool:
    """'four priorities' are counted, 'open nine hubs' is to be done; how long something takes is no aim unless it is to be spent."""
    if rule != "target_figure":
        return False
    return (one.sort is Sort.DURATION and not _SPENDS.search(before)) or (
        one.numeral and not _DELIVERS.search(before) and not _SPENDS.search(before)
    )


def _opens_a_change(part: str, one: Quantity, rest: list[Quantity], following: str) -> bool:
    """Whether a figure that opens its part is where the next one starts from."""
    if not rest or part[: one.start].strip() or rest[0].unit != one.unit:
        return False
    return bool(_ARROW.fullmatch(following) if one.unit else _IS_CUT.fullmatch(following))


def _is_no_aim(part: str, one: Quantity, before: list[Quantity]) -> bool:
    """Whether a figure is part of a name, an age, or a whole of which something is a part."""
    lead, after = part[: one.start], part[one.end :]
    if one.sort is Sort.DURATION and any(other.sort is Sort.SHARE for other in before) and _HOW_SOON.search(lead):
        return True
    if any(pattern.search(lead) for pattern in (_NUMBERED, _AGED, _WHOSE, _OF_ALL)) or lead.count("(") > lead.count(")"):
        return True
    return _is_named(one, after) or _is_name_of_many(one, after)


def _is_condition(text: str, part: str, before: str, one: Quantity) -> bool:
    """Whether a figure says what a rule applies to or what something costs."""
    money = one.sort is Sort.MONEY
    allowed = _ALLOWS.search(part) or (money and _GOES.match(part[one.end :]))
    return bool(allowed or (_CONDITION.search(before) and _RULE.search(text)) or (_RULE.search(part) and money))


def _parts(text: str) -> list[tuple[int, int]]:
    """The stretches of a sentence that have a subject or a figure of their own."""
    found, start = [], 0
    for pause in _PART.finditer(text):
        # 'farms and small firms should grow': what stands before has neither figure nor verb.
        before = text[start : pause.start()]
        joins = bool(re.match(r"\s+and\s", pause.group())) and not _ORDERS.match(text)
        if joins:
            before = re.sub(r"\b20\d\d\b", "", before)
        if (joins or re.fullmatch(r",\s+", pause.group())) and not re.search(r"\d", before):
            # 'By 30 June 2028, …' has a figure that is a date; 'In time, …' has none: both lead up to what follows.
            continue
        found.append((start, pause.start()))
        start = pause.end()
    found.append((start, len(text)))
    return [(one, end) for one, end in found if end > one]


def _is_date(part: str, start: int, quantity: Quantity, dates: list[Moment]) -> bool:
    at = start + quantity.start
    inside = next((moment for moment in dates if moment.start <= at < moment.end), None)
    # 'answered within three working days' is a level; 'within two years' a date.
    level = inside is not None and inside.relative and not re.search(r"year|month", inside.day)
    return inside is not None and not level


def _baseline(part: str, measured: list[Quantity]) -> tuple[float | None, list[Quantity]]:
    """Where the figures of a part start from, and the quantities that say so: 'from 27% to 40%', '52% from 57%', 'up from 0.5 billion'."""
    begun = [one for one in measured if _FROM.search(part[: one.start])]
    return (float(begun[0].value) if begun else None), begun if len(begun) < len(measured) or len(begun) == 1 else []


def _governing(sentence: Sentence, start: int, length: int, quantity: Quantity, dates: list[Moment], plan: Plan) -> tuple[Moment, ...]:
    at = start + quantity.start
    usable = [one for one in dates if not (one.start <= at < one.end) and not (one.relative and one.end < start)]
    own = [one for one in usable if start <= one.start < start + length]
    usable = [one for one in own or usable if not one.since and (own or not one.past)]
    # '$38 million, of which $22 million falls in 2030': the date belongs to the part.
    if not own and (part := _OF_WHICH.search(sentence.text)) and at < part.start():
        usable = [one for one in usable if one.start < part.start()]
    near = [one for one in usable if one.start > at and not one.past][:1] or [one for one in usable if one.start <= at][-1:]
    if near:
        return (near[0],)
    lead = moments(sentence.lead, plan, plan.base)
    if lead and re.search(r"same (?:period|year|date)", sentence.text):
        return (lead[-1],)
    for heading in reversed(sentence.path):
        above = [one for one in moments(heading, plan, plan.base) if not one.past]
        if above:
            return (above[-1],)
    return ()


def _is_in_a_base(text: str, at: int, dates: list[Moment]) -> bool:
    """Whether a figure stands in the brackets of a base year."""
    opened = text.rfind("(", 0, at)
    return text.find(")", opened, at) < 0 <= opened and any(one.start == opened + 1 and one.end <= at for one in dates)


def _is_of_a_base(text: str, moment: Moment) -> bool:
    """Whether a date says when that was which a figure is compared with."""
    before = text[: moment.start]
    if _COMPARED.search(before) or _BEFORE_IT.search(before):
        return True
    return bool(_BASE.search(text[: moment.start]) and _ITS_FIGURE.match(text, moment.end))


def _finding(
    sentence: Sentence,
    start: int,
    part: str,
    quantity: Quantity,
    metric: str,
    operator: Operator,
    rule: str,
    governing: tuple[Moment, ...],
    baseline: float | None,
    plan: Plan,
) -> Finding:
    day = next((moment.day for moment in governing if not moment.past), "")
    if not day and plan.standing and plan.last:
        day = end_of_year(plan.last)
    if rule == "target_verb" and operator == ">=" and baseline is not None and float(quantity.value) < baseline:
        operator = "<="
    per = _PER.match(part[quantity.end :])
    unit = per["unit"] if per and not quantity.unit else quantity.unit
    measure = Measure(metric, operator, float(quantity.value), unit, unit if per else quantity.unit_written, day, baseline)
    quote = part.strip()
    at = sentence.start + start + part.index(quote)
    return Finding(
        kind=FindingKind.TARGET,
        text=" ".join(quote.split()),
        quote=quote,
        page=sentence.page,
        start=at,
        end=at + len(quote),
        heading=sentence.path,
        perspective=of_target(metric, unit, sentence.text),
        competencies=(),
        measure=measure,
        confidence={"target_bound": 0.9, "target_verb": 0.75}.get(rule, 0.5),
        rule=rule,
        cues=(part[quantity.start : quantity.end],),
    )
