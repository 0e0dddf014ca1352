"""Quantified targets in English sentences: what is before and after a figure decides as in Chinese, but the subject stands first."""

from __future__ import annotations

import re
from dataclasses import replace

from core.patterns import lazily
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.deadlines import Moment, end_of_year, moments
from core.strategy.decoding.perspectives import of_target
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.quantities import Quantity, Sort, quantities
from core.strategy.findings import Finding, FindingKind, Measure, Operator

_LEAST = lazily(
    r"(?:at least|no (?:less|fewer) than|not less than|more than|above|over|exceed(?:s|ing)?|a minimum of|minimum|upwards of|"
    r"past)\s*(?:of|a further)?\s*$",
    re.IGNORECASE,
)
_MOST = lazily(
    r"(?:no more than|no (?:higher|longer|later|greater) than|not (?:to )?exceed(?:ing)?|at most|(?:at or )?below|under|within|"
    r"(?<!no )(?<!not )(?:less|fewer) than|up to|a maximum of|beneath|capped at|"
    r"does not exceed)\s*(?:of)?\s*$",
    re.IGNORECASE,
)
_DOWN = lazily(
    r"\b(?:cut|reduc\w+|lower\w*|shorten\w*|fall\w*|drop\w*|down|bring\w* down|shrink\w*|decreas\w+|halv\w+|trim\w*|come down)\b",
    re.IGNORECASE,
)
_UP = lazily(
    r"\b(?:rais\w+|lift\w*|increas\w+|grow\w*|ris\w+|up|improv\w+|expand\w*|build\w*|bring\w*|reach\w*|double|climb\w*|gain\w*|"
    r"boost\w*|take|move|get|attain\w*|hit)\b",
    re.IGNORECASE,
)
_TO = lazily(r"\bto\s*$|\breach(?:es|ing)?\s*$|\bhit(?:s|ting)?\s*$|\battain\s*$", re.IGNORECASE)
_BY = lazily(
    r"\b(?:up|down|lower|higher|fewer)\s*$|\bby\s*(?:a further|another|around|about)?\s*$|\b(?:grow|rise|increase|add|expand)(?:s|ing)?\s*(?:a further|another|around|"
    r"about)?\s*$",
    re.IGNORECASE,
)
# 'a net increase of 3,000 active customers', 'a 10% cut'.
_CHANGE_OF = lazily(
    r"\b(?:a |an )?(?:net |further |total )*(?:(?P<more>increase|growth|rise|gain|addition|uplift)|reduction|decrease|fall|cut|drop|decline) of\s*$",
    re.IGNORECASE,
)
_AFTER_LEAST = lazily(r"^\s*(?:or (?:more|above|higher|better)|and above|\+)", re.IGNORECASE)
_AFTER_MOST = lazily(r"^\s*(?:or (?:less|fewer|below|lower)|at most)", re.IGNORECASE)
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
_LEAD = lazily(
    r"^(?:(?:by|in|during|from|over|within|before|until|at)\s+(?:the\s+)?(?:end of\s+)?[\w\s]{0,20}(?:20\d\d|year|quarter|years|"
    r"period)\s*,?\s*|"
    r"(?:we|the bank|branches|our \w+|each \w+|they|it|she|he)\s+(?:also\s+)?(?:will|shall|must|should|intend to|plan to|aim to|"
    r"want to|expect to|need to|are to|is to|hope to|propose to|aim for|look for|plan for)\s*(?:also\s+)?|"
    r"(?:will|shall|must|should|to|also|then|and|with|our|the|a|an|its|their|all|some|around|about|another|further|up|of)\s+|"
    r"(?:fill|win|raise|lift|cut|reduce|increase|grow|bring|keep|hold|improve|lower|shorten|expand|maintain|achieve|reach|deliver|"
    r"train|open|"
    r"launch|recruit|hire|retire|convert|close|build|create|add|"
    r"appoint|publish|set up|roll out|invest|spend|certify|complete|equip|move|take|get|have|see|run|offer|provide|double|halve|give|refit|teach|"
    r"coach|place|put|enrol|develop|establish|introduce|migrate)\s+)",
    re.IGNORECASE,
)
_TAIL = lazily(
    r"(?:\s+|^)(?:should|will|must|shall|is|are|to|be|number|stand|stay|total|remains?|grow|rise|fall|reach|increase|decrease|improve[sd]?|"
    r"come|down|up|back|expected|expects?|at|by|not|exceed|no|from|be kept|"
    r"kept|held|hold|spend|have|of|in|for|a|an|the|with|on|than|drop|climb|gets?|takes?|answered|each receives|receives?|completes?|it|them|"
    r"halved|rose|fell|grew|stood|was|were|cut|reduced|raised|lifted|set|have at|and|well|stays?)\s*$",
    re.IGNORECASE,
)
_THING = lazily(
    r"^\s*(?:of (?:our|the|its|all)(?: (?:\d+|two|three|four|five|six|seven|eight|nine|ten))?\b|of|more|new|additional|further)?\s*"
    r"(?P<what>(?:(?!\b(?:in|and|by|to|within|across|during|with|before|at|from|through|over|"
    r"per|on|will|should|must|shall|is|are|"
    r"until|each|for|two|three|four|five|six|seven|eight|nine|ten)\b)[A-Za-z’'\- ]){3,60})"
)
_OF = lazily(
    r"^\s*of\s+(?:all\s+|our\s+|the\s+|[\d,]+\s+)*(?P<what>[A-Za-z’'\- ]{3,40}?)\s+(?:should|will|must|are to|is to|shall|"
    r"are expected to|need to)\s+(?:be\s+|"
    r"have\s+)?(?P<does>[A-Za-z’'\- ]{3,80}?)(?=\s+by\b|\s+in\b|\s+before\b|[,.;]|$)",
    re.IGNORECASE,
)
# '120 of our 210 branches': the whole is no aim.
# Two orders in one sentence: 'Rebuild the journey and cut the time'.
_ORDERS = lazily(r"^[A-Z][a-z]+ (?:the|a|an|our|all|every|each)\b")
# 'of which at least 8,000 with two generations', 'with at least 60% from existing clients': which part of the thing before.
_A_PART = lazily(r"\b(?:of which|of them|of these|of whom|including|with|half of them)\b[\w\s]{0,24}$", re.IGNORECASE)
_WHICH_PART = lazily(r"^\s*(?:goes?\s+|comes?\s+|is\s+)?(?P<which>(?:with|from|in|outside|aged|under|over|for|to)\s(?!20)[A-Za-z][\w’'\- ]{2,40}?)(?=\s+(?:by|in|before)\s|[,.;]|$)")
# 'we will spend GBP 14 million on systems': what it is spent on.
_SPENT = lazily(r"\b(?:spend|invest|commit|allocate|set aside|put)(?:s|ing)?\s*(?:up to|around|about|a further|another)?\s*$", re.IGNORECASE)
_SPENT_ON = lazily(r"^\s*(?:a year\s+)?(?:on|in|into|for|to)\s+(?P<what>[A-Za-z][\w’'\- ]{2,50}?)(?=\s+(?:by|over|in|during|before)\s|[,.;]|$)")
# 'free for members under 18': an age.
_AGED = lazily(r"\b(?:members|customers|people|clients|those|savers|children|staff|colleagues)\s+(?:aged\s+)?(?:under|over|above|below|aged)\s*$", re.IGNORECASE)
# 'down 15% on 2028': a year to compare with.
_COMPARED = lazily(r"\b(?:%|percent|points) (?:on|against|from|versus|over)\s*$|\b(?:compared with|than in|versus)\s*$", re.IGNORECASE)
# 'answered in under 30 seconds', 'Level 4 diploma', 'in 2029 and a further 60': parts of names, and more of the same.
_HOW_SOON = lazily(r"\b(?:answered|resolved|closed|settled|completed|processed|opened|seen|paid|approved)\s+(?:in|within)(?:\s+(?:under|less than))?\s*$", re.IGNORECASE)
_NUMBERED = lazily(r"\b(?:level|stage|tier|phase|step|grade|basel|ifrs|group|section|pillar|type|part)\s*$", re.IGNORECASE)
_MORE_OF_IT = lazily(r"\b(?:and|then) (?:then )?(?:a further|another)\s*$", re.IGNORECASE)
_OF_WHICH = lazily(r",? of which\b", re.IGNORECASE)
_SUPPOSES = lazily(r"\s*(?:if|should rates|assuming|unless|suppose)\b", re.IGNORECASE)
# 'Exit 2,200 dormant relationships', 'Retire four of our systems': fewer of them by so many.
_FEWER = lazily(r"\b(?:exit|retire|decommission|eliminate|remove|shed|scrap|withdraw from|write off|run off)\s*$", re.IGNORECASE)
_NAMED = lazily(r"^-(?:week|month|year|day|hour)|^ (?:days?|a (?:day|week|month))?\s?(?:must|should|will|has to)\b")
# What a rule allows or where it sends what is over a threshold.
_ALLOWS = lazily(r"\bmay\b", re.IGNORECASE)
_GOES = lazily(r"\s*(?:go|goes|need|needs|require|requires)\b")
_SPENDS = lazily(r"\b(?:complete|receive|spend|undertake|attend|get)s?\s*$|\bgive (?:every|each|all) [\w\- ]{3,40}$", re.IGNORECASE)
_DELIVERS = lazily(
    r"\b(?:open|launch|set up|build|create|hire|establish|close|run|appoint|train|recruit|add|retire|publish|roll out)\s*$", re.IGNORECASE
)
_OF_ALL = lazily(r"\b(?:\d[\d,.]*%?|one|two|three|half) (?:in|out )?of (?:our|the|all|its)\s*$|\bper\s*$", re.IGNORECASE)
_PER = lazily(r"^\s*(?P<unit>per [\d,]+ \w+)")

Found = tuple[Finding, str, tuple[Moment, ...], bool]


def figures_of(sentence: Sentence, plan: Plan) -> list[Found]:
    """The figures of a sentence that may be targets: each with the words that it stands in, the dates that it stands under, and whether it
    is a condition of a rule."""
    text = sentence.text
    if text.startswith("No "):
        return []
    dates = moments(text, plan, plan.now)
    found: list[Found] = []
    last = ""
    parts = _parts(text)
    for start, end in parts:
        part = text[start:end]
        measured = [one for one in quantities(part, "en") if not _is_date(part, start, one, dates)]
        if not measured:
            last = _noun(part) or last
        baseline, begun = _baseline(part, measured)
        position = 0
        for at, one in enumerate(measured):
            following = part[one.end : measured[at + 1].start] if at + 1 < len(measured) else ""
            # 'Time to hire: 60 days to 42 days'.
            if re.fullmatch(r"\s*(?:to|→|->)\s*", following) and 0 < len(one.unit) and measured[at + 1].unit == one.unit and not part[: one.start].strip():
                baseline, position = float(one.value), one.end
                continue
            # 'by 12 to 48 hours': the level that is reached counts.
            shares = any(other.sort is Sort.SHARE for other in measured[:at])
            if one.sort is Sort.DURATION and shares and _HOW_SOON.search(part[: one.start]):
                continue
            if _NUMBERED.search(part[: one.start]) or _AGED.search(part[: one.start]) or _is_named(one, part[one.end :]) or part[: one.start].count("(") > part[: one.start].count(")"):
                continue
            if _is_name_of_many(one, part[one.end :]) or _SUPPOSES.match(text):
                continue
            if one in begun or _OF_ALL.search(part[: one.start]) or re.fullmatch(r"(?!.*\band\b)[\w ]{0,20}\bto\s*", following):
                continue
            before = part[position : one.start]
            operator, rule, rest = _binding(before, part[: one.start], part[one.end :])
            metric = _metric(rest, one, part[one.end :], last, rule)
            if (
                not metric
                or (rule == "target_figure" and one.sort is Sort.DURATION and not _SPENDS.search(before))
                or _is_small(one, rule, before)
            ):
                continue
            # 'to five working days by 2030 and to three by 2031': the unit is said once.
            if found and one.sort is Sort.BARE and metric == last and rule == "target_verb" and not _THING.match(part[one.end :]):
                one = replace(one, unit=found[-1][0].measure.unit if found[-1][0].measure else "")
            last, position = metric, one.end
            governing = _governing(sentence, start, end - start, one, dates, plan)
            allowed = bool(_ALLOWS.search(part) or (one.sort is Sort.MONEY and _GOES.match(part[one.end :])))
            condition = (
                allowed or bool(_CONDITION.search(before) and _RULE.search(text)) or bool(_RULE.search(part) and one.sort is Sort.MONEY)
            )
            finding = _finding(sentence, start, part, one, metric, operator, rule, governing, baseline, plan)
            found.append((finding, part, governing, condition))
    return found


def _is_named(one: Quantity, after: str) -> bool:
    """A figure in a name: 'a 10-week lab', 'arrears over 90 days must', 'half a day'."""
    return bool(_NAMED.match(after)) or (one.sort is Sort.SHARE and re.match(r"\s+a (?:day|week|month)\b", after) is not None)


def _is_name_of_many(one: Quantity, after: str) -> bool:
    """'clients with three or more products', 'a model to one built on advice': parts of a name."""
    one_alone = one.numeral and one.value == 1 and one.sort is Sort.BARE
    many = one.sort is Sort.BARE and re.match(r" or (?:more|fewer) [a-z]+.*\d", after)
    return bool(many or (one_alone and re.match(r" (?:[a-z]+(?:ed|t|ing)\b|that|which|of|in|at|for)", after)))


def _is_small(one: Quantity, rule: str, before: str) -> bool:
    """'four priorities' are counted, 'open nine hubs' is to be done."""
    return one.numeral and rule == "target_figure" and not _DELIVERS.search(before)


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


def _binding(before: str, whole: str, after: str) -> tuple[Operator, str, str]:
    bounds: tuple[tuple[re.Pattern[str], Operator], ...] = ((_MOST, "<="), (_LEAST, ">="))
    for pattern, operator in bounds:
        if match := pattern.search(before):
            return operator, "target_bound", before[: match.start()]
    if match := _CHANGE_OF.search(before):
        return ("+" if match["more"] else "-"), "target_verb", before[: match.start()]
    if _AFTER_LEAST.match(after):
        return ">=", "target_bound", before
    if _AFTER_MOST.match(after):
        return "<=", "target_bound", before
    down = _DOWN.search(whole) is not None
    if match := _TO.search(before):
        return ("<=" if down else ">="), "target_verb", before[: match.start()]
    if (match := _BY.search(before)) and (down or _UP.search(whole) or re.search(r"\badd", whole)):
        return ("-" if down else "+"), "target_verb", before[: match.start()]
    if match := _FEWER.search(before):
        return "-", "target_verb", before[: match.start()]
    return "=", "target_figure", before


def _metric(before: str, quantity: Quantity, after: str, last: str, rule: str) -> str:
    if last and _MORE_OF_IT.search(before):
        return last
    if last and _A_PART.search(before) and (part := _WHICH_PART.match(after)):
        return f"{last} {part['which']}"
    if quantity.sort is Sort.MONEY and _SPENT.search(before):
        return str(spent["what"]) if (spent := _SPENT_ON.match(after)) else "spend"
    of = _OF.match(after)
    if of and quantity.sort in (Sort.SHARE, Sort.BARE):
        return f"{of['what'].strip()} {of['does'].strip()}"
    subject = _noun(before)
    share = re.match(
        r"\s*of\s+(?:all\s+|our\s+|the\s+)*(?P<what>[A-Za-z][\w’'\- ]{2,40}?)(?=\s+(?:from|internally|externally|in|by|to|with|across|on|at|will)\b|[,.;]|$)", after
    )
    if share and quantity.sort is Sort.SHARE and len(subject.split()) <= 1:
        return str(share["what"])
    thing = _THING.match(after)
    what = " ".join(thing["what"].split()) if thing else ""
    if quantity.sort is Sort.BARE and len(what) >= 3 and not re.search(r"\b(?:should|will|are|is|a)\b", what):
        return what if len(subject) < 3 or rule == "target_figure" else subject
    if quantity.sort is Sort.DURATION and re.match(r"\s*(?:of|a week|a month|a year|a day)\b", after):
        activity = re.sub(r"^\s*(?:of\s+|a (?:week|month|year|day)(?:\s+|[.]?$))*", "", re.split(r"[,.;]| and ", after)[0]).strip()
        if activity:
            return f"{subject} {activity}".strip() if subject and not activity.startswith("each") else activity
    if len(subject) >= 3 and not re.fullmatch(
        r"(?:it|them|this|that|which|of which|up|we|there|in|and|each|from|all|target|goal|aim)", subject, re.IGNORECASE
    ):
        return subject
    return last or what


def _noun(words: str) -> str:
    """The subject or object before a figure, without dates, verbs and what leads up to it."""
    found = words.strip(" ,;:")
    for moment in reversed(moments(found, Plan())):
        found = (found[: moment.start] + found[moment.end :]).strip(" ,;:")
    found = re.sub(r"^(?:by|in|during|from|over|before)\s*(?:the\s+)?(?:end of\s*)?(?:,\s*|\s{2,})", "", found, flags=re.IGNORECASE)
    found = re.sub(
        r"\s+from\s+(?:(?:RMB|CNY|USD|US\$|HK\$|HKD|EUR|GBP|[$€£¥])?\s?[\d.,%]+|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b).*$",
        "",
        found,
    )
    # 'will increase by 12 to', 'is expected to grow 8% to': only the level that is reached counts.
    found = re.sub(
        r"(?:\s+(?:will|should|must|is expected to|are expected to))?\s+(?:increase|grow|rise|fall|decrease)s?\s+(?:by\s+)?[\d.,]+%?$",
        "",
        found,
    )
    for _ in range(8):
        shorter = _TAIL.sub("", _LEAD.sub("", found, count=1)).strip(" ,;:")
        if shorter == found:
            break
        found = shorter
    return found[:1].lower() + found[1:] if found[1:2].islower() else found


def _governing(sentence: Sentence, start: int, length: int, quantity: Quantity, dates: list[Moment], plan: Plan) -> tuple[Moment, ...]:
    at = start + quantity.start
    dates = [one for one in dates if not _COMPARED.search(sentence.text[: one.start])]
    usable = [one for one in dates if not (one.start <= at < one.end) and not (one.relative and one.end < start)]
    own = [one for one in usable if start <= one.start < start + length]
    usable = [one for one in own or usable if not one.since and (own or not one.past)]
    # '$38 million, of which $22 million falls in 2030': the date belongs to the part.
    if not own and (part := _OF_WHICH.search(sentence.text)) and at < part.start():
        usable = [one for one in usable if one.start < part.start()]
    near = [one for one in usable if one.start > at and not one.past][:1] or [one for one in usable if one.start <= at][-1:]
    if near:
        return (near[0],)
    lead = moments(sentence.lead, plan, plan.now)
    if lead and re.search(r"same (?:period|year|date)", sentence.text):
        return (lead[-1],)
    for heading in reversed(sentence.path):
        above = [one for one in moments(heading, plan, plan.now) if not one.past]
        if above:
            return (above[-1],)
    return ()


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
