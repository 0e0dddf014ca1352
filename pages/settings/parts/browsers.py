"""A browser in a few words."""

from __future__ import annotations

from core.i18n import Message
from pages.shared.text import _

# More special names first: nearly every browser also calls itself Chrome and Safari.
_BROWSERS: tuple[tuple[str, str | Message], ...] = (
    ("MicroMessenger", Message("微信")),
    ("DingTalk", Message("钉钉")),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("QQBrowser", Message("QQ 浏览器")),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("OpenHarmony", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """What a `User-Agent` header says, for people: "Edge · Windows"."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (_(browser) if browser else "", system) if part) or _("未知浏览器")
