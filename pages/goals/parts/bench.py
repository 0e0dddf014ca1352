"""The goal that somebody is writing: what is stored, what the fields began with, and what has been typed since.

While something is typed and not saved, a colleague's change in the meantime neither empties the fields nor is overwritten: the version of
the beginning goes to the service, which compares it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.goals.draft import Draft
from core.goals.service import GoalView
from pages.shared import state


@dataclass(frozen=True)
class Bench:
    """`version` and `stored` are what the reader saw; `begun` fills the fields, whose keys end in `stamp`."""

    project: int
    version: int
    stored: Draft
    begun: Draft
    stamp: int = 0

    def key(self, field: str) -> str:
        """The key of a field."""
        return f"goal_{self.project}_{self.version}_{self.stamp}_{field}"

    @property
    def touched(self) -> bool:
        """Whether a field holds something else than it was filled with: what was typed just now, before this run has read it."""
        begun = {
            "pain": self.begun.pain_point,
            "behaviour": self.begun.behaviour,
            "heads": self.begun.headcount,
            "days": self.begun.due_days,
        }
        edited = state.get(self.key("indicators")) or {}
        return any(edited.values()) or any(state.get(self.key(field), value) != value for field, value in begun.items())

    def lay_out(self, draft: Draft) -> None:
        """Begin anew with `draft`, which is not saved by that."""
        state.put(_held(self.project), replace(self, begun=draft, stamp=self.stamp + 1))
        state.put(_typed(self.project), draft)

    def go_on_over(self, view: GoalView, draft: Draft) -> None:
        """Go on with `draft` over what is stored now, which its writer has seen; it is not saved by that."""
        state.put(_held(self.project), Bench(self.project, view.version, view.draft, draft, self.stamp + 1))
        state.put(_typed(self.project), draft)

    def typed(self, draft: Draft) -> None:
        """Remember what the fields hold now."""
        state.put(_typed(self.project), draft)

    def handed_over(self) -> None:
        """What was typed is on its way into the database: the next run begins with what is stored."""
        state.put(_handed(self.project), True)

    def refused(self) -> None:
        """It was not written: go on with what was typed."""
        state.drop(_handed(self.project))

    def clear(self) -> None:
        """Forget what was typed."""
        state.drop(_held(self.project), _typed(self.project))


def bench(view: GoalView) -> Bench:
    """What the fields of a project's goal begin with."""
    project = view.project.id
    held: Bench | None = None if state.take(_handed(project)) else state.get(_held(project))
    if held is not None and (held.version == view.version or held.touched or state.get(_typed(project), held.stored) != held.stored):
        return held
    fresh = Bench(project, view.version, view.draft, view.draft)
    state.put(_held(project), fresh)
    state.drop(_typed(project))
    return fresh


def _held(project: int) -> str:
    return f"goal_bench_{project}"


def _typed(project: int) -> str:
    return f"goal_typed_{project}"


def _handed(project: int) -> str:
    return f"goal_handed_{project}"
