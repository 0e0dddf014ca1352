"""The gettext catalogs, read with Babel straight from the `.po` file, so that there is nothing to compile."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDER = Path(__file__).parent


@cache
def _catalog(language: Language) -> NullTranslations:
    path = _FOLDER / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        catalog = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    translations: NullTranslations = Translations(fp=compiled)
    return translations


def translate(text: str, language: Language, /, **values: object) -> str:
    """`text`, which is Chinese, in `language`, with its `{named}` values filled in.

    A text that the catalog lacks stays Chinese (tests/core/i18n keeps the catalog complete).
    """
    count = values.get("n")
    catalog = _catalog(language)
    found = catalog.ngettext(text, text, count) if isinstance(count, int) else catalog.gettext(text)
    return found.format(**values) if values else found


def negotiate(accept_language: str | None) -> Language:
    """The first language of an `Accept-Language` header that the product speaks; Chinese when there is none."""
    for part in (accept_language or "").split(","):
        tag = part.split(";")[0].strip().lower()
        for language in LANGUAGES:
            if tag == language or tag.startswith(f"{language}-"):
                return language
    return "zh"
