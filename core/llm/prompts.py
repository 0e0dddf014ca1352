"""Prompts: files `prompts/<step>/<verb>.md`, read as checked data.

A file begins with a header, `version: 3` and `variables: question, excerpts`, then a line `---`, then the text. The text is parted into
turns by lines `## system` and `## user`, and its `$names` are the variables. `prompts/VERSIONS` lists every version there ever was with
the digest of its text, so that a stored answer's stamp always means one text; a test holds the two together.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal, cast

Role = Literal["system", "user", "assistant"]
Turn = tuple[Role, str]

FOLDER = Path(__file__).parents[2] / "prompts"

_TURN = re.compile(r"^## (system|user|assistant)\n", re.MULTILINE)


@dataclass(frozen=True)
class Prompt:
    """One prompt. `sha` is the SHA-256 of the whole text below the header, in hexadecimal digits."""

    name: str
    version: int
    variables: frozenset[str]
    text: str

    @property
    def sha(self) -> str:
        """The digest that `prompts/VERSIONS` records."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def stamp(self) -> str:
        """What is stored with everything made by this prompt."""
        return f"{self.name} v{self.version}"

    def fill(self, **values: str) -> list[Turn]:
        """The turns with the variables put in. Raises `ValueError` naming what is missing or unknown."""
        if missing := self.variables - values.keys():
            raise ValueError(f"{self.name}: missing {', '.join(sorted(missing))}")
        if unknown := values.keys() - self.variables:
            raise ValueError(f"{self.name}: unknown {', '.join(sorted(unknown))}")
        parts = _TURN.split(self.text)[1:]
        turns = zip(parts[::2], parts[1::2], strict=True)
        return [(cast(Role, role), Template(text.strip()).substitute(values)) for role, text in turns]


def load(name: str, folder: Path = FOLDER) -> Prompt:
    """The prompt `step/verb`. Raises `FileNotFoundError`, and `ValueError` when header and text do not agree."""
    head, _, text = (folder / f"{name}.md").read_text(encoding="utf-8").partition("\n---\n")
    fields = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
    prompt = Prompt(
        name=name,
        version=int(fields["version"]),
        variables=frozenset(filter(None, (variable.strip() for variable in fields["variables"].split(",")))),
        text=text.strip() + "\n",
    )
    if not _TURN.match(prompt.text):
        raise ValueError(f"{name}: the text must begin with a line such as ## system")
    if (used := frozenset(Template(prompt.text).get_identifiers())) != prompt.variables:
        raise ValueError(f"{name}: the header and the text differ in {', '.join(sorted(used ^ prompt.variables))}")
    return prompt
