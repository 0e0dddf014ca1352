"""How figures of English sentences bind and what they measure: the words before and after them."""

from __future__ import annotations

import re

from core.patterns import lazily
from core.strategy.decoding.deadlines import moments
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.quantities import Quantity, Sort
from core.strategy.findings import Operator

_LEAST = lazily(
    r"(?:at least|no (?:less|fewer|lower) than|not less than|more than|above|over|exceed(?:s|ing)?|a minimum of|minimum|upwards of|"
    r"past)\s*(?:of|a further)?\s*$",
    re.IGNORECASE,
)
_MOST = lazily(
    r"(?:no more than|no (?:higher|longer|later|greater) than|not (?:to )?exceed(?:ing)?|at most|(?:at or )?below|under|within|"
    r"(?<!no )(?<!not )(?:less|fewer) than|up to|a maximum of|beneath|capped at|"
    r"does not exceed)\s*(?:of)?\s*$",
    re.IGNORECASE,
)
_NOT_BELOW = lazily(r"\b(?:not|never) (?:to )?(?:fall|drop|slip|go|be) below\s*$", re.IGNORECASE)
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
    r"\b(?:up|down|lower|higher|fewer)\s*$|\bby\s*(?:a further|another|around|about)?\s*$|\b(?:grow|rise|increase|add|expand)(?:s|"
    r"ing)?\s*(?:a further|another|around|"
    r"about)?\s*$",
    re.IGNORECASE,
)
# 'a net increase of 3,000 active customers', 'a 10% cut'.
_CHANGE_OF = lazily(
    r"\b(?:a |an )?(?:net |further |total )*(?:(?P<more>increase|growth|rise|gain|addition|uplift)|reduction|decrease|fall|cut|drop|"
    r"decline) of\s*$",
    re.IGNORECASE,
)
_AFTER_LEAST = lazily(r"^\s*(?:or (?:more|above|higher|better)|and above|\+)", re.IGNORECASE)
_AFTER_MOST = lazily(r"^\s*(?:or (?:less|fewer|below|lower)|at most)", re.IGNORECASE)
_LEAD = lazily(
    r"^(?:(?:our |the )?(?:targets?|goals?|aims?)\s+(?:are|is)\s+|"
    r"(?:first|second|third|fourth|fifth|last)(?:ly)?,\s+|(?:finally|next|also|then),\s+|(?:by|in|during|from|over|within|before|"
    r"until|at)\s+(?:the\s+)?(?:end of\s+)?[\w\s]{0,20}(?:20\d\d|year|quarter|years|"
    r"period)\s*,?\s*|"
    r"(?:we|the bank|branches|our \w+|each \w+|they|it|she|he)\s+(?:also\s+)?(?:will|shall|must|should|intend to|plan to|aim to|"
    r"want to|expect to|need to|are to|is to|hope to|propose to|aim for|look for|plan for)\s*(?:also\s+)?|"
    r"(?:will|shall|must|should|to|also|then|and|with|our|the|a|an|its|their|all|some|around|about|another|further|up|of)\s+|"
    r"(?:fill|win|raise|lift|cut|reduce|increase|grow|bring|keep|hold|improve|lower|shorten|expand|maintain|achieve|reach|deliver|"
    r"train|open|"
    r"launch|recruit|hire|retire|convert|close|build|create|add|"
    r"appoint|publish|set up|roll out|invest|spend|certify|complete|equip|move|take|get|have|see|run|offer|provide|double|halve|give|"
    r"refit|teach|"
    r"coach|place|put|enrol|develop|establish|introduce|migrate)\s+)",
    re.IGNORECASE,
)
_TAIL = lazily(
    r"(?:\s+|^)(?:should|will|must|shall|is|are|to|be|double|triple|number|stand|stay|total|remains?|grow|rise|fall|reach|increase|decrease|improve[sd]?|"
    r"come|down|up|back|expected|expects?|at|by|not|exceed|no|from|be kept|"
    r"kept|held|hold|spend|have|of|in|for|a|an|the|with|on|than|drop|climb|gets?|takes?|answered|each receives|receives?|completes?|"
    r"it|them|"
    r"halved|rose|fell|grew|stood|was|were|cut|reduced|raised|lifted|set|have at|and|well|stays?)\s*$",
    re.IGNORECASE,
)
_THING = lazily(
    r"^\s*(?:of (?:our|the|its|all)(?: (?:\d+|two|three|four|five|six|seven|eight|nine|ten))?\b|of|more|new|additional|further)?\s*"
    r"(?P<what>(?:(?!\b(?:in|and|by|to|within|across|during|with|before|at|from|through|over|"
    r"per|on|will|should|must|shall|is|are|"
    r"until|each|for|a|two|three|four|five|six|seven|eight|nine|ten)\b)[A-Za-z’'\- ]){3,60})"
)
_OF = lazily(
    r"^\s*of\s+(?:all\s+|our\s+|the\s+|[\d,]+\s+)*(?P<what>[A-Za-z’'\- ]{3,40}?)\s+(?:should|will|must|are to|is to|shall|"
    r"are expected to|need to)\s+(?:be\s+|"
    r"have\s+)?(?P<does>[A-Za-z’'\- ]{3,80}?)(?=\s+by\b|\s+in\b|\s+before\b|[,.;]|$)",
    re.IGNORECASE,
)
# 'of which at least 8,000 with two generations', 'with at least 60% from existing clients': which part of the thing before.
_A_PART = lazily(r"\b(?:of which|of them|of these|of whom|including|with|half of them)\b[\w\s]{0,24}$", re.IGNORECASE)
_WHICH_PART = lazily(
    r"^\s*(?:goes?\s+|comes?\s+|is\s+)?(?P<which>(?:with|from|in|outside|aged|under|over|for|"
    r"to)\s(?!20)[A-Za-z][\w’'\- ]{2,40}?)(?=\s+(?:by|in|before)\s|[,.;]|$)"
)
# 'we will spend GBP 14 million on systems': what it is spent on.
_SPENT = lazily(
    r"\b(?:spend|invest|commit|allocate|set aside|put)(?:s|ing)?\s*(?:up to|around|about|a further|another)?\s*$", re.IGNORECASE
)
_SPENT_ON = lazily(
    r"^\s*(?:a year\s+)?(?:on|in|into|for|to)\s+(?P<what>[A-Za-z][\w’'\- ]{2,50}?)(?=\s+(?:by|over|in|during|before)\s|[,.;]|$)"
)
_SHARE_OF = lazily(
    r"\s*of\s+(?:all\s+|our\s+|the\s+)*(?P<what>[A-Za-z][\w’'\- ]{2,40}?)(?=\s+(?:from|internally|externally|in|by|to|with|across|"
    r"on|at|will)\b|[,.;]|$)"
)
_SAYS_NOTHING = lazily(
    r"it|them|this|that|which|of which|up|we|there|in|and|each|from|all|target|goal|aim|.*\b(?:that|which) means", re.IGNORECASE
)
# '45 branches in 2029 and a further 60': more of the same.
_MORE_OF_IT = lazily(r"\b(?:and|then) (?:then )?(?:a further|another)\s*$", re.IGNORECASE)
# 'Exit 2,200 dormant relationships', 'Retire four of our systems': fewer of them by so many.
_FEWER = lazily(r"\b(?:exit|retire|decommission|eliminate|remove|shed|scrap|withdraw from|write off|run off)\s*$", re.IGNORECASE)


def binding(before: str, whole: str, after: str) -> tuple[Operator, str, str]:
    """How a figure binds, by which rule, and what stands `before` the words that bind. `whole` are all words of its part before it."""
    bounds: tuple[tuple[re.Pattern[str], Operator], ...] = ((_NOT_BELOW, ">="), (_MOST, "<="), (_LEAST, ">="))
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


def name(before: str, quantity: Quantity, after: str, last: str, rule: str) -> str:
    """What a figure measures between `before` and `after`; `last` is what was measured before it. "" when nothing says so."""
    if said := _of_the_last(before, quantity, after, last) or _said_after(before, quantity, after):
        return said
    subject = noun(before)
    share = _SHARE_OF.match(after)
    if share and quantity.sort in (Sort.SHARE, Sort.MONEY) and len(subject.split()) <= 1:
        return str(share["what"])
    thing = _THING.match(after)
    what = " ".join(thing["what"].split()) if thing else ""
    if quantity.sort is Sort.BARE and len(what) >= 3 and not re.search(r"\b(?:should|will|are|is|a)\b", what):
        return what if len(subject) < 3 or rule == "target_figure" or subject.startswith(("each ", "every ")) else subject
    if quantity.sort is Sort.DURATION and re.match(r"\s*(?:of|a week|a month|a year|a day)\b", after):
        activity = re.sub(r"^\s*(?:of\s+|a (?:week|month|year|day)(?:\s+|[.]?$))*", "", re.split(r"[,.;]| and ", after)[0]).strip()
        if activity:
            return f"{subject} {activity}".strip() if subject and not activity.startswith("each") else activity
    return subject if len(subject) >= 3 and not _SAYS_NOTHING.fullmatch(subject) else last or what


def _of_the_last(before: str, quantity: Quantity, after: str, last: str) -> str:
    """More of what was measured last, or a part of it: 'of which 8,000 with a pension', ', with no more than 40% from term accounts'."""
    if last and _MORE_OF_IT.search(before):
        return last
    part = _WHICH_PART.match(after) if last else None
    alone = quantity.sort is Sort.SHARE and not noun(before)
    return f"{last} {part['which']}" if part and (alone or _A_PART.search(before)) else ""


def _said_after(before: str, quantity: Quantity, after: str) -> str:
    """What money is spent on, or of whom so many should do something."""
    if quantity.sort is Sort.MONEY and _SPENT.search(before):
        return str(spent["what"]) if (spent := _SPENT_ON.match(after)) else "spend"
    of = _OF.match(after)
    return f"{of['what'].strip()} {of['does'].strip()}" if of and quantity.sort in (Sort.SHARE, Sort.BARE) else ""


def noun(words: str) -> str:
    """The subject or object before a figure, without dates, verbs and what leads up to it."""
    found = words.strip(" ,;:")
    for moment in reversed(moments(found, Plan())):
        found = (found[: moment.start] + found[moment.end :]).strip(" ,;:")
    found = re.sub(r"^(?:by|in|during|from|over|before)\s*(?:the\s+)?(?:end of\s*)?(?:,\s*|\s{2,})", "", found, flags=re.IGNORECASE)
    found = re.sub(
        r"\s+from\s+(?:(?:RMB|CNY|USD|US\$|HK\$|HKD|EUR|GBP|[$€£¥])?\s?[\d.,%]+|(?:two|three|four|five|six|seven|eight|nine|ten|"
        r"eleven|twelve)\b).*$",
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


def goes_on(after: str) -> bool:
    """Whether nothing that is counted follows a figure."""
    return _THING.match(after) is None
