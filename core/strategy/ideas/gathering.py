"""What a plan has for ideas to be made of: its themes with their accepted findings, and the posts that people anchored."""

from __future__ import annotations

from dataclasses import dataclass

from core.access.actor import Actor
from core.plans import service as plans
from core.storage import Session
from core.strategy.findings import FindingKind
from core.strategy.focus import service as focus
from core.strategy.focus.priority import rank
from core.strategy.focus.tables import FocusRow
from core.strategy.ideas.material import Demand, PostGiven, ThemeGiven
from core.strategy.ideas.proposing import Belonging, Idea, likely_themes, propose
from core.strategy.themes import localisation
from core.strategy.themes.accepted import Accepted, accepted
from core.strategy.themes.localisation import BRANCH_KINDS, LocalTheme


@dataclass(frozen=True)
class Material:
    """`posts` are the anchored ones. `elsewhere` are accepted capabilities in no theme, `neighbours` all posts of the focus."""

    themes: tuple[ThemeGiven, ...]
    posts: tuple[PostGiven, ...]
    elsewhere: tuple[Demand, ...]
    neighbours: tuple[PostGiven, ...]
    year: int

    def ideas(self) -> list[Idea]:
        """What the rules propose."""
        return propose(self.themes, self.posts, self.year, self.elsewhere, self.neighbours)


def gather(db: Session, actor: Actor, plan_id: int) -> Material:
    """The plan's material, as far as the actor may see it. Raises `NotFound`."""
    year = plans.find(db, actor, plan_id).year
    themes = tuple(theme_given(one) for one in localisation.local_themes(db, actor, plan_id))
    rows = focus.rows(db, actor, plan_id)
    weights, _ = focus.weights(db, actor, plan_id)
    scores = {one.candidate.id: one.score for one in rank([focus.candidate(row) for row in rows], weights)}
    placed = {demand.id for theme in themes for demand in theme.demands}
    loose = [one for one in accepted(db, actor, plan_id) if one.id not in placed and one.kind is FindingKind.CAPABILITY]
    return Material(
        themes=themes,
        posts=tuple(_post(row, scores.get(row.id or 0)) for row in rows if row.anchored_at is not None),
        elsewhere=tuple(_demand(one, "") for one in loose),
        neighbours=tuple(_post(row, None) for row in rows),
        year=year,
    )


def suggested_themes(db: Session, actor: Actor, plan_id: int, row_id: int) -> tuple[Belonging, ...]:
    """The themes that the words suggest for a row of the focus to which nobody has given any. Raises `NotFound`."""
    themes = [theme_given(one) for one in localisation.local_themes(db, actor, plan_id)]
    posts = [_post(row, None) for row in focus.rows(db, actor, plan_id)]
    open_ = [post for post in posts if not post.theme_ids]
    return tuple(likely_themes(themes, open_, posts, {row_id}).get(row_id, ()))


def theme_given(one: LocalTheme) -> ThemeGiven:
    """A theme as ideas are made of it."""
    own = {clause.finding.id: clause.text for clause in one.clauses if clause.lack is None}
    theme = one.view.theme
    demands = tuple(_demand(member.finding, own.get(member.finding.id, "")) for member in one.view.members)
    return ThemeGiven(one.view.id, theme.name, theme.weight, demands)


def _demand(one: Accepted, local: str) -> Demand:
    return Demand(
        id=one.id,
        kind=one.kind,
        text=one.text,
        competencies=one.competencies,
        metric=one.metric,
        deadline=str((one.measure or {}).get("deadline") or ""),
        hq=one.document_kind not in BRANCH_KINDS,
        local=local,
    )


def _post(row: FocusRow, score: float | None) -> PostGiven:
    return PostGiven(row.id or 0, row.line, row.post, row.people, row.gap_estimate, score, tuple(row.theme_ids))
