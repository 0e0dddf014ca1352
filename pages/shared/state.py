"""The only file that touches `st.session_state` and `st.query_params`: what one browser tab remembers between reruns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.access.present import Present
from core.documents.answers.plain import plain
from core.i18n import Language, negotiate

_LANGUAGE, _TOASTS, _REFUSALS = "cexun_language", "cexun_toasts", "cexun_refusals"
_GUEST, _SPOKEN = "cexun_guest", "cexun_guest_language"
_WRITTEN, _ACTS = "cexun_written", "cexun_acts"


def greet(person: Present | None) -> Language:
    """Settle the language of this run: the person's choice, else this tab guest's, the cookie of the sign-in page, the browser's."""
    chosen = person.language if person and person.language else None
    chosen = chosen or st.session_state.get(_SPOKEN) or st.context.cookies.get(_LANGUAGE) or st.context.locale
    st.session_state[_LANGUAGE] = negotiate(chosen)
    return language()


def language() -> Language:
    """The language that this tab is shown in."""
    spoken: Language = st.session_state.get(_LANGUAGE, "zh")
    return spoken


def speak(chosen: Language) -> None:
    """A guest of a shared link reads in this language, in this tab."""
    st.session_state[_SPOKEN] = chosen


def as_guest(link: int | None) -> None:
    """By which shared link this run's page is read; None: it is not the page of one."""
    st.session_state[_GUEST] = link


def guest_link() -> int | None:
    """The number of the shared link by which this tab's page is read."""
    link: int | None = st.session_state.get(_GUEST)
    return link


def is_guest() -> bool:
    """Whether this tab shows the page of a shared link: nothing on it can be changed, and it leads nowhere else."""
    return guest_link() is not None


def present() -> Present:
    """The person of this page, asked of the database at each call. Nothing more is shown when they are no longer signed in, or when the
    link that they came by opens nothing any more."""
    from pages.shared import identity

    person = identity.present_as_guest() if is_guest() else identity.present()
    if person is None:
        (identity.link_gone if is_guest() else identity.signed_out)()
        st.stop()
    return person


def say_next(text: str) -> None:
    """Show `text`, letter by letter, as a toast on the next rerun."""
    st.session_state.setdefault(_TOASTS, []).append(text)


def refuse_next(text: str) -> None:
    """Show `text`, letter by letter, as an error on the next rerun."""
    st.session_state.setdefault(_REFUSALS, []).append(text)


def show_said() -> None:
    """Show what `say_next` and `refuse_next` left."""
    for text in st.session_state.pop(_TOASTS, []):
        st.toast(plain(text), icon=":material/check:")
    for text in st.session_state.pop(_REFUSALS, []):
        st.error(plain(text))


def get(name: str, default: Any = None) -> Any:
    """A value that a page keeps for this tab."""
    return st.session_state.get(name, default)


def put(name: str, value: Any) -> None:
    """Keep a value for this tab."""
    st.session_state[name] = value


def drop(*names: str) -> None:
    """Forget values of this tab."""
    for name in names:
        st.session_state.pop(name, None)


def take(name: str) -> Any:
    """A value of this tab, which is forgotten by reading it."""
    return st.session_state.pop(name, None)


def follow(kind: str, number: int) -> None:
    """Remember from now on which version this tab gives to a row when it writes it."""
    st.session_state.setdefault(_WRITTEN, {}).setdefault((kind, number), None)


def wrote(rows: Mapping[tuple[str, int], int]) -> None:
    """An action of this tab has come into the database; the versions of the rows that it follows are remembered."""
    st.session_state[_ACTS] = acts() + 1
    followed = st.session_state.get(_WRITTEN, {})
    followed.update({row: version for row, version in rows.items() if row in followed})


def acts() -> int:
    """How many actions of this tab have come into the database."""
    done: int = st.session_state.get(_ACTS, 0)
    return done


def wrote_version(kind: str, number: int) -> int | None:
    """The version that this tab gave last to a row that it follows."""
    version: int | None = st.session_state.get(_WRITTEN, {}).get((kind, number))
    return version


def ask(**parameters: object) -> None:
    """Put parameters into the page's address in place of what is there; those that are None are left out."""
    st.query_params.from_dict({name: str(value) for name, value in parameters.items() if value is not None})


def asked(name: str) -> str | None:
    """A parameter of the page's address."""
    return st.query_params.get(name)


def asked_number(name: str) -> int | None:
    """A parameter of the page's address, if it is a whole number."""
    return whole_number(st.query_params.get(name, ""))


def whole_number(value: str) -> int | None:
    """The number that is written in an address, None for anything else."""
    return int(value) if value.isdecimal() and len(value) < 16 else None
