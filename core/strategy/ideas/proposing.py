"""From themes × posts × capabilities to ideas for projects, the most urgent first.

A post takes part in the themes that a person gave it; where nobody did, in those whose findings read like its name. The same material
always gives the same ideas.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.documents.grams import grams, normalise
from core.strategy.findings import FindingKind
from core.strategy.ideas.judging import Judgement, judge, next_due
from core.strategy.ideas.material import Demand, PostGiven, ThemeGiven
from core.strategy.ideas.terms import Match, Source
from core.strategy.themes.likeness import Likeness

RULE = "ideas 2"

# On the sample branch (31 themes, 12 posts) the nearest theme was right from here on for every post, a second one from there on.
_NEAREST, _SECOND = 0.08, 0.15
_HEARD = 3
_MOST_COMPETENCIES = 6
_MOST_CLAUSES = 3
# A purpose says why, so a task speaks for it before a figure does.
_WHY = (FindingKind.TASK, FindingKind.THEME, FindingKind.TARGET, FindingKind.CAPABILITY)


@dataclass(frozen=True)
class Belonging:
    """A post's part in a theme. `likeness` where words decided."""

    post_id: int
    theme_id: int
    match: Match
    likeness: float | None


@dataclass(frozen=True)
class Idea:
    """A project that the material speaks for. `clauses` are the findings that its purpose rests on, the one it names first."""

    theme: ThemeGiven
    post: PostGiven
    belonging: Belonging
    competencies: tuple[str, ...]
    source: Source
    clauses: tuple[Demand, ...]
    judgement: Judgement
    rests_on: tuple[int, ...]


def belongings(themes: Sequence[ThemeGiven], posts: Sequence[PostGiven], neighbours: Sequence[PostGiven] = ()) -> list[Belonging]:
    """Which post takes part in which theme, as people said or as their words suggest. `neighbours` are the plan's other posts."""
    open_ = [post for post in posts if not post.theme_ids]
    likely = likely_themes(themes, open_, [*posts, *neighbours], {post.id for post in open_})
    known = {theme.id for theme in themes}
    found = []
    for post in posts:
        given = [Belonging(post.id, theme_id, Match.ASSIGNED, None) for theme_id in post.theme_ids if theme_id in known]
        found.extend(given or likely.get(post.id, []))
    return found


def propose(
    themes: Sequence[ThemeGiven],
    posts: Sequence[PostGiven],
    year: int,
    elsewhere: Sequence[Demand] = (),
    neighbours: Sequence[PostGiven] = (),
) -> list[Idea]:
    """Ideas for `posts`. `elsewhere` are accepted capabilities in no theme; `neighbours` are the plan's other posts, so that what was
    said of them is not taken for these."""
    heaviest = max((theme.weight for theme in themes), default=0.0)
    by_theme, by_post = {theme.id: theme for theme in themes}, {post.id: post for post in posts}
    names = [*dict.fromkeys(post.post for post in (*posts, *neighbours))]
    everything = [one for theme in themes for one in theme.demands] + list(elsewhere)
    ideas = []
    for one in belongings(themes, posts, neighbours):
        theme, post = by_theme[one.theme_id], by_post[one.post_id]
        required, source = _required(theme, post, everything, names)
        competencies = tuple(dict.fromkeys(name for demand in required for name in demand.competencies))[:_MOST_COMPETENCIES]
        judgement = judge(theme, post, required, heaviest, year)
        clauses = clauses_for(theme, post, competencies, year)
        rests_on = tuple(dict.fromkeys([*(c.id for c in clauses), *(demand.id for demand in required), *judgement.rests_on]))
        ideas.append(Idea(theme, post, one, competencies, source, clauses, judgement, rests_on))
    return sorted(ideas, key=_best_first)


def idea_of(theme: ThemeGiven, post: PostGiven, competencies: Sequence[str], themes: Sequence[ThemeGiven], year: int) -> Idea:
    """The idea of training `post` in `competencies` for a theme that somebody chose, judged and grounded like one of the rules'.

    `themes` are all of the plan's, whose weights it is compared with.
    """
    heaviest = max((one.weight for one in themes), default=0.0)
    asked = [one for one in theme.demands if one.kind is FindingKind.CAPABILITY and set(one.competencies) & set(competencies)]
    judgement = judge(theme, post, asked, heaviest, year)
    clauses = clauses_for(theme, post, competencies, year)
    rests_on = tuple(dict.fromkeys([*(one.id for one in clauses), *judgement.rests_on]))
    belonging = Belonging(post.id, theme.id, Match.PERSON, None)
    return Idea(theme, post, belonging, tuple(competencies), Source.PERSON, clauses, judgement, rests_on)


def _best_first(idea: Idea) -> tuple[bool, float, bool, int, int]:
    score = idea.judgement.score
    return score is None, -(score or 0.0), idea.belonging.match is not Match.ASSIGNED, idea.post.id, idea.theme.id


def likely_themes(
    themes: Sequence[ThemeGiven], posts: Sequence[PostGiven], everybody: Sequence[PostGiven], wanted: Collection[int]
) -> dict[int, list[Belonging]]:
    """The themes nearest to each of the `posts` whose numbers are `wanted`, by number; the others are what words are weighed against.

    Half of it is the finding (or the theme's name) that comes nearest, half the three that do: a theme that speaks of a post again and
    again is nearer than one that mentions it in passing. What speaks of 对公客户经理 shares a word with 零售客户经理 too: only a theme
    with a word that posts of other lines lack counts.
    """
    spoken = [[theme.name, *(one.text for one in theme.demands)] for theme in themes]
    called = [f"{post.line} {post.post}" for post in posts]
    likeness = Likeness([*called, *(text for texts in spoken for text in texts)])
    words = [frozenset(gram for text in texts for gram in grams(normalise(text))) for texts in spoken]
    lines = _lines_of_words(everybody)
    found: dict[int, list[Belonging]] = {}
    for n, post in enumerate(posts):
        if post.id not in wanted:
            continue
        at = len(called)
        near = []
        own = {word for word in _words(post) if lines[word] == {post.line}}
        for theme, texts, used in zip(themes, spoken, words, strict=True):
            heard = sorted((likeness.between(n, at + i) for i in range(len(texts))), reverse=True)[:_HEARD]
            at += len(texts)
            if not own or own & used:
                near.append((round((heard[0] + sum(heard) / _HEARD) / 2, 3), theme))
        near.sort(key=lambda pair: (-pair[0], pair[1].id))
        found[post.id] = [
            Belonging(post.id, theme.id, Match.LIKENESS, score)
            for (score, theme), least in zip(near, (_NEAREST, _SECOND), strict=False)
            if score >= least
        ]
    return found


def _lines_of_words(posts: Sequence[PostGiven]) -> dict[str, set[str]]:
    """The lines whose posts have a word in their name or line, by the word."""
    lines: dict[str, set[str]] = {}
    for post in posts:
        for word in _words(post):
            lines.setdefault(word, set()).add(post.line)
    return lines


def _words(post: PostGiven) -> set[str]:
    return {gram for gram in grams(normalise(f"{post.line} {post.post}")) if len(gram) > 1}


def _required(theme: ThemeGiven, post: PostGiven, everything: Sequence[Demand], names: Sequence[str]) -> tuple[list[Demand], Source]:
    """The findings that name the abilities: capabilities of the theme and those said of this very post; else the theme's tasks."""
    named = [one for one in everything if one.kind is FindingKind.CAPABILITY and one.competencies and post.post in _posts_in(one, names)]
    own = [
        one
        for one in theme.demands
        if one.kind is FindingKind.CAPABILITY and one.competencies and one not in named and not _posts_in(one, names)
    ]
    if named or own:
        here = {one.id for one in theme.demands}
        return sorted([*named, *own], key=lambda one: (one not in named, one.id not in here, one.id)), Source.CAPABILITY
    tasks = [one for one in theme.demands if one.kind is FindingKind.TASK and one.competencies]
    return (tasks, Source.TASK) if tasks else ([], Source.NONE)


def _posts_in(one: Demand, names: Sequence[str]) -> set[str]:
    """The posts that a finding names; of 客户经理 and 对公客户经理 the longer one."""
    text = normalise(one.text)
    found = [name for name in names if normalise(name) in text]
    return {name for name in found if not any(name != other and name in other for other in found)}


def clauses_for(theme: ThemeGiven, post: PostGiven, competencies: Sequence[str], year: int) -> tuple[Demand, ...]:
    """What the purpose rests on: what the branch has made its own first, HQ before the branch, what is to be done before how much of it,
    then by likeness; and beside it what is due first."""
    candidates = [one for one in theme.demands if one.kind is not FindingKind.CAPABILITY] or list(theme.demands)
    if not candidates:
        return ()
    likeness = Likeness([" ".join((post.line, post.post, *competencies)), *(one.text for one in candidates)])
    near = {one.id: likeness.between(0, i) for i, one in enumerate(candidates, 1)}
    ranked = sorted(candidates, key=lambda one: (not one.local, not one.hq, _WHY.index(one.kind), -near[one.id], one.id))
    due = next_due(theme.demands, year)
    return tuple(dict.fromkeys([ranked[0], *([due] if due else []), *ranked[1:2]]))[:_MOST_CLAUSES]
