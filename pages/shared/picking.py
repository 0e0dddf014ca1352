"""What a reader has picked in a table, and what they stay with when others change the table."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.arrow import DataframeState

from pages.shared import state

Key = TypeVar("Key", bound=Hashable)


def picked_rows(event: DataframeState | DeltaGenerator) -> Sequence[int]:
    """The places of the rows that are picked in a table, given what `st.dataframe` returned; none where it lets nobody pick."""
    return event.selection.rows if isinstance(event, DataframeState) else ()


def stay_with(name: str, table: str, ids: Sequence[Key], event: DataframeState | DeltaGenerator, first: Key | None = None) -> Key | None:
    """Which of the `ids`, a row each, is looked at in the table with the key `table`: the picked one, else `first`.

    A row that a colleague adds, deletes or moves makes a table another one, which forgets what was picked, or has another row in that
    place: as long as the reader picks nothing else and does nothing themselves that changes the table, they stay with what they look at.
    """
    places = tuple(place for place in picked_rows(event) if place < len(ids))
    held: tuple[str, tuple[Key, ...], tuple[int, ...], Key | None, int] | None = state.get(f"{name}_stays")
    found = ids[places[0]] if places else first
    # On a page that was left, the table that was there is gone.
    if held is not None and state.get(held[0]) is not None and held[3] in ids:
        another = held[1] != tuple(ids)
        others = another and held[4] == state.acts()
        if (others and places in ((), held[2])) or (not another and places == held[2]):
            found = held[3]
    state.put(f"{name}_stays", (table, tuple(ids), places, found, state.acts()))
    return found
