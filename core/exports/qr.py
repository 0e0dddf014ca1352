"""QR codes of addresses, drawn as pictures that stay sharp on a projector and on paper."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str) -> str:
    """An SVG of the QR code of `text`, dark on white with the quiet zone that the standard asks for, 6 units a module."""
    written = io.BytesIO()
    segno.make(text, error="m", micro=False).save(written, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False)
    return written.getvalue().decode("utf-8")
