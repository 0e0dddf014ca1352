"""The small pages that the server itself shows.

Forms and messages, before anybody is known. Nothing from elsewhere, and no scripts but those of the workshop board and of the year's page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from core.i18n import LANGUAGES, Language, Message, negotiate, translate
from core.web.cookies import LANGUAGE

PRODUCT = Message("策训 Cexun")
# Each language under its own name, whatever the page is in.
_NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}
_TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_SCRIPT = "script-src 'self'; connect-src 'self'"

_templates = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined)


@dataclass(frozen=True)
class Field:
    """One input of a form."""

    name: str
    label: Message
    kind: str = "text"
    value: str = ""
    autocomplete: str = "off"
    hint: Message | None = None
    required: bool = True


@dataclass(frozen=True)
class Link:
    """Where else one can go from a page."""

    address: str
    label: Message | str


@dataclass(frozen=True)
class Form:
    """A page with one form and one button."""

    title: Message
    action: str
    fields: Sequence[Field]
    button: Message
    subtitle: Message | None = None
    note: Message | None = None
    hidden: tuple[tuple[str, str], ...] = ()
    link: Link | None = None


def language_of(request: Request) -> Language:
    """The language that was chosen (`?lang=`, then the cookie), else the browser's first that we speak."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE)):
        for language in LANGUAGES:
            if chosen == language:
                return language
    return negotiate(request.headers.get("accept-language"))


def form_page(request: Request, form: Form, error: Message | None = None, status: int = 200) -> Response:
    """The form as a page, with the sentence that says why it was not accepted."""
    language = language_of(request)
    shown = [
        {
            "name": field.name,
            "label": field.label.render(language),
            "kind": field.kind,
            "value": field.value,
            "autocomplete": field.autocomplete,
            "hint": _in(field.hint, language),
            "required": field.required,
        }
        for field in form.fields
    ]
    return template_page(
        request,
        "form.html",
        status,
        title=form.title.render(language),
        subtitle=_in(form.subtitle, language),
        note=_in(form.note, language),
        error=_in(error, language),
        action=form.action,
        hidden=form.hidden,
        fields=shown,
        button=form.button.render(language),
        link=_link(form.link, language),
    )


def message_page(request: Request, title: Message, text: Message, status: int, link: Link | None = None) -> Response:
    """A page that only says something."""
    language = language_of(request)
    return template_page(
        request,
        "message.html",
        status,
        title=title.render(language),
        subtitle=text.render(language),
        link=_link(link, language),
    )


def template_page(request: Request, template: str, status: int, *, script: bool = False, **values: object) -> Response:
    """A page of `templates/`, in the reader's language; `_` in it translates. `script`: it runs a script of ours, which asks our server."""
    language = language_of(request)
    other: Language = "en" if language == "zh" else "zh"
    kept = [pair for pair in parse_qsl(request.url.query) if pair[0] != "lang"]
    html = _templates.get_template(template).render(
        _=lambda text, **named: translate(text, language, **named),
        product=translate(PRODUCT.text, language),
        language_tag=_TAGS[language],
        other_language_address=f"{request.url.path}?{urlencode([*kept, ('lang', other)])}",
        other_language_tag=_TAGS[other],
        other_language_name=_NAMES[other],
        **values,
    )
    policy = f"{_POLICY}; {_SCRIPT}" if script else _POLICY
    return HTMLResponse(html, status, {"Content-Security-Policy": policy, "Cache-Control": "no-store"})


def _in(message: Message | None, language: Language) -> str:
    return message.render(language) if message else ""


def _link(link: Link | None, language: Language) -> dict[str, str] | None:
    if link is None:
        return None
    label = link.label.render(language) if isinstance(link.label, Message) else link.label
    return {"address": link.address, "label": label}
