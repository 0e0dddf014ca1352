"""What a reader has picked in a table."""

from __future__ import annotations

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.arrow import DataframeState


def picked_rows(event: DataframeState | DeltaGenerator) -> Sequence[int]:
    """The places of the rows that are picked in a table, given what `st.dataframe` returned; none where it lets nobody pick."""
    return event.selection.rows if isinstance(event, DataframeState) else ()
