"""`python -m core.sheets FILE OUT.json`: read one table file and write its sheets as JSON.

Exit code 0: OUT.json is written; 2: refused, with {"text", "values"} on standard output; 1: a fault.
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path

from core.errors import BadInput
from core.i18n import Message
from core.sheets.grid import to_json
from core.sheets.reading import read


def main(arguments: list[str]) -> int:
    """Read the file that `arguments` name, in an address space of so many megabytes; returns the exit code."""
    path, out, megabytes = Path(arguments[0]), Path(arguments[1]), int(arguments[2])
    _limit_address_space(megabytes)
    try:
        written = to_json(read(path))
    except BadInput as refusal:
        return _refuse(refusal.message)
    except MemoryError:
        return _refuse(Message("读取这个文件需要的内存太多，已停止。请拆分成几个小一些的文件再上传。"))
    except (ImportError, SyntaxError):
        raise
    except Exception as error:  # openpyxl raises errors of every type on broken files
        # Where it came up, for the log, without the message, which may quote the file.
        sys.stderr.write("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n")
        return _refuse(Message("文件内容有错误，无法读取。请用原来的软件打开并另存一份，再上传。"))
    out.write_text(written, encoding="utf-8")
    return 0


def _refuse(message: Message) -> int:
    sys.stdout.write(json.dumps({"text": message.text, "values": dict(message.values)}))
    return 2


def _limit_address_space(megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = megabytes << 20
    if hard == resource.RLIM_INFINITY or limit < hard:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        except (ValueError, OSError):  # macOS knows the limit but refuses to set it
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
