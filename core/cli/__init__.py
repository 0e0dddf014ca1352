"""The command line: what the pages do, through the same services, for administrators, scheduled jobs and other programs.

With `--json` exactly one JSON document goes to stdout; progress and messages always go to stderr. Exit status: 0 done, 2 bad input (one
sentence that says what and where), 1 a fault. Whoever runs it is the local administrator of the data directory.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from pathlib import Path

from core import logs
from core.cli.console import Console
from core.cli.grammar import Parser
from core.errors import Broken, CexunError
from core.i18n import Language, Message, negotiate
from core.logs import logger

DONE, FAULT, BAD_INPUT = 0, 1, 2
# Which module knows which commands. Only that of the command at hand is imported: all of them take seconds.
_MODULES = {
    "documents": ("documents",),
    "questions": ("search", "ask"),
    "strategy": ("decode",),
    "people": ("people",),
    "results": ("results",),
    "goals": ("goal",),
    "schedule": ("schedule",),
    "review": ("evaluate",),
    "demo": ("demo",),
    "upkeep": ("backup", "restore", "check"),
    "accounts": ("user",),
    "shares": ("share",),
    "privacy": ("privacy",),
    "papers": ("export",),
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    # An unknown level is refused with a sentence once the settings are read; until then there must be some log.
    level = os.environ.get("CEXUN_LOG_LEVEL", "")
    logs.configure(level if level in logs.LEVELS else "WARNING")
    console = Console(json_only=False, language=_language())
    try:
        options = parser(arguments[0] if arguments else "").parse_args(arguments)
        console = Console(json_only=options.json, language=console.language)
        return int(options.run(options, console))
    except CexunError as failure:
        console.complain(failure.render(console.language))
        return FAULT if isinstance(failure, Broken) else BAD_INPUT
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return FAULT
    except Exception:
        logger(__name__).exception("command_failed", command=next(iter(arguments), ""))
        console.say(Message("出了意外的错误，命令没有做完，原因在上面的记录里。请把它交给系统管理员。"))
        return FAULT


def parser(command: str = "") -> Parser:
    """The grammar of a command; of all of them where there is none of that name."""
    common = Parser(add_help=False)
    common.add_argument("--data", type=Path, default=None, metavar="DIR", help="the data directory (default: CEXUN_DATA, else data/local)")
    common.add_argument("--json", action="store_true", help="print exactly one JSON document")
    top = Parser(prog="python -m core", description="策训 Cexun")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    own = [name for name, known in _MODULES.items() if command in known]
    for name in own or _MODULES:
        importlib.import_module(f"core.cli.{name}").register(commands, common)
    return top


def _language() -> Language:
    spoken = os.environ.get("CEXUN_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return negotiate(spoken.replace("_", "-"))
