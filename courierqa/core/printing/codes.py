"""Bar codes and matrix codes as plain geometry: the same for a page's SVG and for a PDF."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Bar = tuple[int, int]
# Light modules around a code that a reader needs.
QUIET_BARS, QUIET_MODULES = 10, 4


@lru_cache(maxsize=512)
def code128(text: str) -> tuple[tuple[Bar, ...], int]:
    """Return the bars of a Code 128 as (start, width) in modules, and the width of all of it."""
    from reportlab.graphics.barcode.code128 import Code128  # noqa: PLC0415 -- slow import

    drawn = Code128(text, quiet=False)
    drawn.validate()
    drawn.encode()
    bars, place = [], 0
    # Letters are widths, A is one module; capitals are bars, small letters the gaps between.
    for sign in drawn.decompose():
        width = ord(sign.upper()) - ord("A") + 1
        if sign.isupper():
            bars.append((place, width))
        place += width
    return tuple(bars), place


@lru_cache(maxsize=512)
def qr(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of a QR code, True where it is dark; medium error correction."""
    from reportlab.graphics.barcode.qrencoder import (  # noqa: PLC0415 -- slow
        QRCode,
        QRErrorCorrectLevel,
    )

    made = QRCode(None, QRErrorCorrectLevel.M)
    made.addData(text)
    made.make()
    size = made.getModuleCount()
    return tuple(tuple(bool(made.isDark(y, x)) for x in range(size)) for y in range(size))


def code128_svg(text: str) -> SafeString:
    """Draw a Code 128 for a page."""
    bars, width = code128(text)
    path = "".join(f"M{QUIET_BARS + x} 0h{w}v40h-{w}z" for x, w in bars)
    return format_html(
        '<svg class="bars" viewBox="0 0 {} 40" preserveAspectRatio="none" role="img" '
        'aria-label="{}" shape-rendering="crispEdges"><path d="{}"/></svg>',
        width + 2 * QUIET_BARS, _("Bar code of %(text)s") % {"text": text}, path,
    )  # fmt: skip


def qr_svg(text: str) -> SafeString:
    """Draw a QR code for a page."""
    rows = qr(text)
    size = len(rows) + 2 * QUIET_MODULES
    path = "".join(
        f"M{QUIET_MODULES + x} {QUIET_MODULES + y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}" '
        'shape-rendering="crispEdges"><path d="{}"/></svg>',
        size, size, _("Square code of %(text)s") % {"text": text}, path,
    )  # fmt: skip
