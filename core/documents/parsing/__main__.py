"""`python -m core.documents.parsing FILE OUT.json`: parse one file and write the document as JSON.

Standard output carries one JSON object a line: {"done", "total"} after pages, {"ocr": page} before a page is read from its picture,
and, when the file cannot be used, {"refused": {"text", "values"}}. Exit code 0: OUT.json is written; 2: refused; 1: a fault.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import threading
import traceback
import zipfile
from collections.abc import Mapping
from pathlib import Path

from core.documents.parsed import ParsedDocument
from core.documents.parsing.filetype import kind_of
from core.documents.parsing.progress import Progress
from core.errors import BadInput
from core.i18n import Message


def main(arguments: list[str]) -> int:
    """Parse as `arguments` say and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m core.documents.parsing")
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--name", help="the file's own name, where it is stored under another one")
    parser.add_argument("--max-pages", type=int, default=2_000)
    parser.add_argument("--address-space-mb", type=int, default=0)
    parser.add_argument("--stop-with-parent", action="store_true", help="end when standard input closes")
    options = parser.parse_args(arguments)
    if options.stop_with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    if options.address_space_mb:
        _limit_address_space(options.address_space_mb)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    for noisy in ("pdfminer", "pypdf", "pdfplumber", "openpyxl"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        document = parse(options.file, options.name or options.file.name, Progress(options.max_pages, _tell))
    except BadInput as refusal:
        return _refuse(refusal.message)
    except MemoryError:
        return _refuse(Message("读取这个文件需要的内存太多，已停止。请拆分成几个小一些的文件再上传。"))
    except (ImportError, SyntaxError):
        raise
    except Exception as error:  # parsers raise errors of every type on broken files
        _note(error)
        return _refuse(Message("文件内容有错误，无法读取。请用原来的软件打开并另存一份，再上传。"))
    options.out.write_text(document.to_json(), encoding="utf-8")
    return 0


def parse(path: Path, name: str, progress: Progress) -> ParsedDocument:
    """The document in the file at `path`, whose own name is `name`, read in this very process without any limits but of pages."""
    kind = kind_of(path, name)
    if kind == "pdf":
        from core.documents.parsing.pdf import read_pdf

        return read_pdf(path, name, progress)
    if kind in ("docx", "pptx", "xlsx"):
        return _parse_office(kind, path, name, progress)
    if kind == "html":
        from core.documents.parsing.webpage import read_page

        return read_page(path, name)
    if kind == "md":
        from core.documents.parsing.markdown import read_markdown

        return read_markdown(path, name)
    from core.documents.parsing.plain import read_csv, read_text

    return read_csv(path, name) if kind == "csv" else read_text(path, name)


def _parse_office(kind: str, path: Path, name: str, progress: Progress) -> ParsedDocument:
    try:
        if kind == "docx":
            from core.documents.parsing.word import read_word

            return read_word(path, name)
        if kind == "pptx":
            from core.documents.parsing.slides import read_slides

            return read_slides(path, name, progress)
        from core.documents.parsing.sheets import read_sheets

        return read_sheets(path, name, progress)
    except (zipfile.BadZipFile, KeyError) as error:
        _note(error)
        raise BadInput(Message("文件已损坏，打不开。请用原来的软件打开并另存一份，再上传。")) from error


def _note(error: Exception) -> None:
    """Where an error came up, for the log, without its message, which may quote the document."""
    sys.stderr.write("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n")


def _tell(event: dict[str, int]) -> None:
    _say(event)


def _refuse(message: Message) -> int:
    _say({"refused": {"text": message.text, "values": dict(message.values)}})
    return 2


def _say(event: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """Standard input ends when the parent is gone, however it went; then nobody waits for this result."""
    while os.read(0, 4096):
        pass
    os._exit(3)


def _limit_address_space(megabytes: int) -> None:
    """A second fence where the system has one; the parent's watch over resident memory is the first."""
    try:
        import resource
    except ImportError:
        return
    limit = megabytes << 20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit < hard:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        except (ValueError, OSError):  # macOS knows the limit but refuses to set it
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
