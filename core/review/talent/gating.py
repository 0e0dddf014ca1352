"""Which job families are shown to those who may not read their people by name. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from core.review.talent.terms import HIDE


def shown_families(strangers: Mapping[str, int], whole: int) -> frozenset[str]:
    """The families of whom a count is shown, given how many `strangers` each has and how many there are in all (`whole`).

    None with fewer than five of them, and so many others hidden beside, the smallest first, that those left over from the total, which the
    relation shows, are none or at least five.
    """
    shown = {name for name, count in strangers.items() if count == 0 or count >= HIDE}
    rest = whole - sum(strangers[name] for name in shown)
    while 0 < rest < HIDE and (there := [name for name in shown if strangers[name]]):
        smallest = min(there, key=lambda name: (strangers[name], name))
        shown.remove(smallest)
        rest += strangers[smallest]
    return frozenset(shown)
