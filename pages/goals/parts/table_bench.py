"""The table of all goals that somebody is writing in: what they began with, what they typed, and what lies in the table now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.goals.service import GoalView
from core.goals.table import Drafts, Seen, changed, seen
from pages.shared import state


@dataclass(frozen=True)
class TableBench:
    """`seen` is what the reader began with, `begun` fills the rows of the `shown` projects; keys of the editors end in `stamp`."""

    plan: int
    seen: Seen
    begun: Drafts
    shown: tuple[int, ...]
    stamp: int = 0

    def key(self, part: str) -> str:
        """The key of an editor."""
        return f"goals_table_{self.plan}_{part}_{self.stamp}"

    @property
    def touched(self) -> bool:
        """Whether something was edited or pasted just now, before this run has read it."""
        edited = (state.get(self.key(part)) or {} for part in ("texts", "lines"))
        return bool(state.get(self.key("pasted"))) or any(any(one.values()) for one in edited)

    def typed(self, now: Drafts) -> None:
        """Remember what the rows hold now."""
        state.put(_typed(self.plan), dict(now))

    def lay_out(self, now: Drafts, begun: Seen | None = None) -> None:
        """Fill the rows with `now`, which is not saved by that."""
        state.put(_held(self.plan), replace(self, seen=begun or self.seen, begun=dict(now), stamp=self.stamp + 1))
        state.put(_typed(self.plan), dict(now))

    def handed_over(self) -> None:
        """What was typed is on its way into the database: the next run begins with what is stored."""
        state.put(_handed(self.plan), True)

    def refused(self) -> None:
        """It was not written: go on with what was typed."""
        state.drop(_handed(self.plan))

    def clear(self) -> None:
        """Forget what was typed; the next run begins with what is stored."""
        state.put(_handed(self.plan), True)


def table_bench(plan: int, views: Sequence[GoalView], shown: Sequence[int]) -> TableBench:
    """What the rows of the `shown` projects begin with; what was typed stays, also in rows that a filter hides."""
    now = seen(views, state.language())
    held: TableBench | None = state.get(_held(plan))
    stamp = held.stamp if held else 0
    typed: Drafts = state.get(_typed(plan)) or {}
    done = state.take(_handed(plan))
    if held is not None and not done and held.shown == tuple(shown) and held.seen.drafts.keys() == now.drafts.keys() and held.touched:
        return held
    if held is None or done or held.seen.drafts.keys() != now.drafts.keys() or not changed(held.seen, typed):
        if held is not None and held.seen == now and held.shown == tuple(shown) and not done:
            return held
        kept = {} if done or held is None else {one.project_id: one for one in changed(held.seen, typed) if one.project_id in now.drafts}
        versions = {**now.versions, **{project: one.version for project, one in kept.items()}}
        drafts = {**now.drafts, **{project: held.seen.drafts[project] for project in kept if held}}
        begun = {**now.drafts, **{project: one.draft for project, one in kept.items()}}
        held = TableBench(plan, Seen(drafts, versions), begun, tuple(shown), stamp + 1)
    elif held.shown != tuple(shown):
        held = replace(held, begun=dict(typed), shown=tuple(shown), stamp=stamp + 1)
    else:
        return held
    state.put(_held(plan), held)
    state.put(_typed(plan), dict(held.begun))
    return held


def _held(plan: int) -> str:
    return f"goals_table_held_{plan}"


def _typed(plan: int) -> str:
    return f"goals_table_typed_{plan}"


def _handed(plan: int) -> str:
    return f"goals_table_handed_{plan}"
