"""Reading a page from its picture, with models that are part of the installed package: nothing is downloaded."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from core.documents.parsing.cleaning import clean
from core.documents.parsing.pdf_columns import gutter
from core.documents.parsing.pdf_lines import Line

THREADS = 2
# The longest side of the picture in pixels: 170 dpi for A4, and a bound for pages of any declared size.
_LONGEST_SIDE = 2_000
_BEST_SCALE = 200 / 72


def read_picture(page: Any) -> list[Line]:
    """The lines of a pypdfium2 page, from the top down, in points; pieces on one height are one line."""
    width, height = page.get_size()
    scale = min(_BEST_SCALE, _LONGEST_SIDE / max(width, height, 1))
    picture = page.render(scale=scale, grayscale=False, may_draw_forms=True).to_numpy()
    found = _engine()(picture)
    if found.boxes is None or found.txts is None:
        return []
    pieces = [
        _piece(clean(text).strip(), [(float(x) / scale, float(y) / scale) for x, y in box])
        for box, text in zip(found.boxes, found.txts, strict=True)
    ]
    return _lines([piece for piece in pieces if piece.text])


@cache
def _engine() -> Any:
    """The recogniser with its models named one by one: left to find them itself, it would try to download a missing one."""
    import cv2
    import rapidocr

    cv2.setNumThreads(THREADS)
    models = Path(rapidocr.__file__).parent / "models"
    parameters: dict[str, object] = {
        f"{step}.model_path": str(next(models.glob(f"*_{step.lower()}_*.onnx"))) for step in ("Det", "Cls", "Rec")
    }
    parameters["EngineConfig.onnxruntime.intra_op_num_threads"] = THREADS
    parameters["EngineConfig.onnxruntime.inter_op_num_threads"] = 1
    return rapidocr.RapidOCR(params={"Global.log_level": "error", **parameters})


def _piece(text: str, corners: list[tuple[float, float]]) -> Line:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    # A recognised box is a little higher than the letters in it.
    return Line(text, min(xs), max(xs), min(ys), max(ys), max((max(ys) - min(ys)) * 0.8, 1.0))


def _lines(pieces: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom) / 2):
        middle = (piece.top + piece.bottom) / 2
        if rows and middle < rows[-1][0].top + (rows[-1][0].bottom - rows[-1][0].top) * 0.75:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    edge = gutter(pieces)
    return _even([_merged(sorted(part, key=lambda piece: piece.left)) for row in rows for part in _cut(row, edge)])


def _cut(row: list[Line], edge: float | None) -> list[list[Line]]:
    """A row as it is, or its parts on both sides of the edge between columns where no piece runs across it."""
    if edge is None or any(piece.left < edge < piece.right for piece in row):
        return [row]
    sides = [piece for piece in row if piece.left < edge], [piece for piece in row if piece.left >= edge]
    return [side for side in sides if side]


def _even(lines: list[Line]) -> list[Line]:
    """The lines with the sizes of the running text made equal: a box's height depends on its letters, most of all on few letters."""
    sizes = sorted(size for line in lines for size in [line.size] * len(line.text))
    usual = sizes[len(sizes) // 2] if sizes else 1.0

    def even(line: Line) -> float:
        slack = 1.35 if len(line.text) <= 5 else 1.15
        return usual if line.size <= usual * slack else line.size

    return [replace(line, size=round(even(line))) for line in lines]


def _merged(row: list[Line]) -> Line:
    return Line(
        text=" ".join(piece.text for piece in row),
        left=row[0].left,
        right=max(piece.right for piece in row),
        top=min(piece.top for piece in row),
        bottom=max(piece.bottom for piece in row),
        size=max(piece.size for piece in row),
    )
