"""How charts look: one meaning per colour, on white and on dark, and the type they are set in."""

from __future__ import annotations

from dataclasses import dataclass

SCREEN_FONT = "'Latin marks','PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',sans-serif"
PRINT_FONT = "Noto Sans SC"
# The text of an SVG is set where it is opened: there, too, it shall find a Chinese type.
SVG_FONT = f"'{PRINT_FONT}',{SCREEN_FONT}"


@dataclass(frozen=True)
class Look:
    """`ink` is for what must be read, `quiet` for what may be; `brand` marks the subject, `attention` the one thing to look at."""

    paper: str
    panel: str
    card: str
    line: str
    ink: str
    quiet: str
    brand: str
    attention: str
    font: str = SCREEN_FONT


LIGHT = Look(
    paper="#FFFFFF", panel="#F5F6F4", card="#FFFFFF", line="#CBD1D6", ink="#22282E", quiet="#66707A", brand="#1F4E79", attention="#C8553D"
)
DARK = Look(
    paper="#14181C", panel="#1C2227", card="#262D33", line="#46515A", ink="#E4E8EB", quiet="#98A3AC", brand="#7FAED6", attention="#E08A75"
)


def mixed(colour: str, other: str) -> str:
    """The colour halfway between two (#RRGGBB): the weaker form of one on the paper of the other."""
    halves = [(int(colour[at : at + 2], 16) + int(other[at : at + 2], 16)) // 2 for at in (1, 3, 5)]
    return "#" + "".join(f"{half:02X}" for half in halves)
