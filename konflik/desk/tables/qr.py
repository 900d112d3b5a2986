"""The QR in the corner of a printed sheet."""

import segno


def qr_svg(address: str) -> str:
    """The address as an SVG to stand inside a page: black on white, no size of its own."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(omitsize=True, border=2, dark="#000", light="#fff", svgclass="qr", lineclass=None)
