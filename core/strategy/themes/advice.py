"""What a model advises on themes: a name, a place for findings that are in none, links of cause and effect.

It chooses among numbers; its words must be borne out by the findings. Nothing is written here: a person takes the advice or does not.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, create_model

from core.documents.answers.fence import harmless
from core.llm import Model, prompts
from core.llm.lenient import OrNone, Part, Word, chosen, several
from core.strategy.refining.wording import said
from core.strategy.themes.accepted import Accepted
from core.strategy.themes.causes import Pair, way_back
from core.strategy.themes.grouping import Group, Grouping, Joined, Reason
from core.strategy.themes.service import Overview, ThemeView
from core.strategy.themes.tags import CAUSAL_ORDER

LONGEST_NAME = 20
_LONGEST_WHY = 60
_LONGEST_STAMP = 40
_MOST_CHARACTERS = 4_000
_SHOWN = 8
_SHOWN_BRIEFLY = 2
_LONGEST_SHOWN = 80
# A reason joins the words of two themes by words of its own.
_OWN_WHY = 0.3


@dataclass(frozen=True)
class Name:
    """A name for a theme that is called `now`; `version` is that of the theme which the model saw."""

    theme_id: int
    version: int
    now: str
    name: str


@dataclass(frozen=True)
class Link:
    """A link of cause and effect. `why` in the model's words, "" where the findings do not bear them out."""

    cause: int
    effect: int
    why: str
    model: str
    made_by: str


class _Named(Part):
    theme: str
    name: Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_NAME})] = ""


class _Names(Part):
    names: Annotated[list[_Named], OrNone] = []


class _Placed(Part):
    finding: str
    theme: str


class _Places(Part):
    places: Annotated[list[_Placed], OrNone] = []


class _Linked(Part):
    cause: str
    effect: str
    why: Annotated[Word, Field(json_schema_extra={"maxLength": _LONGEST_WHY})] = ""


class _Links(Part):
    links: Annotated[list[_Linked], OrNone] = []


def advise_names(seen: Overview, model: Model) -> list[Name]:
    """Better names for themes, where the model has any. Raises `Unavailable`."""
    prompt = prompts.load("strategy/name_themes")
    found: dict[int, Name] = {}
    for views in _portions(seen.themes):
        ids = {f"T{view.id}": view for view in views}
        tag = _tag()
        turns = prompt.fill(fence=tag, themes="\n".join(line for view in views for line in _lines(view, _SHOWN)))
        named = create_model("Named", __base__=_Named, theme=(chosen([*ids]), ...))
        answer = model.structured(turns, create_model("Names", __base__=_Names, names=(several(named, len(ids)), [])))
        for one in answer.names:
            view = ids.get(one.theme)
            name = _name(view, one.name) if view else None
            if view and name and name != view.theme.name:
                found.setdefault(view.id, Name(view.id, view.theme.version or 0, view.theme.name, name))
    return list(found.values())


def advise_places(seen: Overview, model: Model) -> Grouping:
    """Themes of the plan for findings that are in none and that nobody took out of theirs. Raises `Unavailable`."""
    prompt = prompts.load("strategy/place_findings")
    themes = {f"T{view.id}": view for view in seen.themes}
    shown = "\n".join(line for view in seen.themes for line in _lines(view, _SHOWN_BRIEFLY))
    placed: dict[int, list[Joined]] = {}
    left = list(seen.new)
    for portion in _few(left):
        ids = {f"F{one.id}": one for one in portion}
        findings = "\n".join(f"{number}: {_short(one.text)}" for number, one in ids.items())
        tag = _tag()
        shape = create_model("Placed", __base__=_Placed, finding=(chosen([*ids]), ...), theme=(chosen([*themes]), ...))
        turns = prompt.fill(fence=tag, themes=shown, findings=findings)
        answer = model.structured(turns, create_model("Places", __base__=_Places, places=(several(shape, len(ids)), [])))
        for one in answer.places:
            finding, view = ids.pop(one.finding, None), themes.get(one.theme)
            if finding is not None and view is not None:
                placed.setdefault(view.id, []).append(Joined(finding.id, Reason.MODEL))
    taken = {one.item_id for members in placed.values() for one in members}
    groups = tuple(
        Group(view.id, view.theme.name, view.theme.perspective, tuple(placed[view.id])) for view in seen.themes if view.id in placed
    )
    return Grouping(groups, tuple(one.id for one in left if one.id not in taken))


def advise_links(seen: Overview, known: Sequence[Pair], model: Model) -> list[Link]:
    """Links that run from cause to effect in the scorecard's order, are not in `known` either way and close no circle.

    Raises `Unavailable`.
    """
    prompt = prompts.load("strategy/link_themes")
    themes = {f"T{view.id}": view for view in seen.themes}
    tag = _tag()
    turns = prompt.fill(fence=tag, themes="\n".join(line for view in seen.themes for line in _lines(view, _SHOWN_BRIEFLY)))
    linked = create_model("Linked", __base__=_Linked, cause=(chosen([*themes]), ...), effect=(chosen([*themes]), ...))
    answer = model.structured(turns, create_model("Links", __base__=_Links, links=(several(linked, 2 * len(themes)), [])))
    pairs = set(known)
    stamp = f" · {prompt.stamp}"
    made_by = model.name[: _LONGEST_STAMP - len(stamp)] + stamp
    found = []
    for one in answer.links:
        cause, effect = themes.get(one.cause), themes.get(one.effect)
        if cause is None or effect is None or not _may_carry(cause, effect, pairs):
            continue
        pairs.add((cause.id, effect.id))
        why = said(one.why, f"{_words(cause)}\n{_words(effect)}", own=_OWN_WHY) if one.why else None
        found.append(Link(cause.id, effect.id, why or "", model.name, made_by))
    return found


def _may_carry(cause: ThemeView, effect: ThemeView, pairs: set[Pair]) -> bool:
    rank = {view: place for place, view in enumerate(CAUSAL_ORDER)}
    if cause.id == effect.id or rank[cause.theme.perspective] > rank[effect.theme.perspective]:
        return False
    pair = (cause.id, effect.id)
    return pair not in pairs and not way_back(pairs, *pair)


def _name(view: ThemeView, name: str) -> str | None:
    """The model's name where the theme's own words bear it out and it is short enough for the map."""
    words = said(name, _words(view))
    return words if words is not None and len(words) <= LONGEST_NAME else None


def _words(view: ThemeView) -> str:
    return "\n".join(
        [view.theme.name, *(member.finding.text for member in view.members), *(member.finding.quote for member in view.members)]
    )


def _lines(view: ThemeView, most: int) -> Iterator[str]:
    yield f"T{view.id} ({view.theme.perspective.value}): {_short(view.theme.name)}"
    for member in view.members[:most]:
        yield f"  - {_short(member.finding.text)}"


def _portions(views: Sequence[ThemeView]) -> Iterator[list[ThemeView]]:
    """Themes in portions that a model can read at once."""
    inside: list[ThemeView] = []
    used = 0
    for view in views:
        length = sum(map(len, _lines(view, _SHOWN)))
        if inside and used + length > _MOST_CHARACTERS:
            yield inside
            inside, used = [], 0
        inside.append(view)
        used += length
    if inside:
        yield inside


def _few(findings: Sequence[Accepted]) -> Iterator[Sequence[Accepted]]:
    size = _MOST_CHARACTERS // _LONGEST_SHOWN
    for start in range(0, len(findings), size):
        yield findings[start : start + size]


def _short(text: str) -> str:
    return harmless(text)[:_LONGEST_SHOWN]


def _tag() -> str:
    return f"themes-{secrets.token_hex(8)}"
