"""Text as it may be stored: one Unicode form, no control and no direction-changing characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError

# Controls but tab and line ends, lone surrogates, bidirectional overrides and isolates,
# zero-width characters that hide in names.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


class BadText(DomainError):
    """The text holds characters that cannot be stored or would mislead a reader."""

    code = "bad_text"
    status = 400


def clean_text(raw: str, *, max_length: int, field: str = "", lines: bool = False) -> str:
    """Return the text in NFC without outer blanks; rare Han characters stay exactly.

    `lines` allows line ends; a name with a line end is refused.
    """
    if len(raw) > max_length * 4:
        raise BadText(_too_long(max_length), code="too_long", field=field)
    text = unicodedata.normalize("NFC", raw).strip()
    # A line end counts as one character, as it does where the text is typed.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _FORBIDDEN.search(text) or (not lines and re.search(r"[\t\n\u2028\u2029]", text)):
        raise BadText(_("Remove invisible characters"), field=field)
    if len(text) > max_length:
        raise BadText(_too_long(max_length), code="too_long", field=field)
    return text


def clean_code(raw: str) -> str:
    """Return a number people type (waybill, phone): full-width digits and blanks are mended."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", raw)).upper()


def _too_long(max_length: int) -> str:
    return _("At most %(count)s characters") % {"count": max_length}


@dataclass(frozen=True)
class Block:
    """A part of a plain text: "heading", "list" or "paragraph", with its lines."""

    kind: str
    lines: list[str]


def blocks(text: str) -> list[Block]:
    """Return a plain text as blocks: "## " begins a heading, "- " a line of a list.

    People write such texts in a form; nothing in them is ever markup.
    """
    found: list[Block] = []
    for line in text.splitlines():
        kind, words = _kind(line.strip())
        if kind == "gap":
            found.append(Block("gap", []))
        elif found and found[-1].kind == kind == "list":
            found[-1].lines.append(words)
        else:
            found.append(Block(kind, [words]))
    return [block for block in found if block.kind != "gap"]


def _kind(line: str) -> tuple[str, str]:
    if not line:
        return "gap", ""
    for sign, kind in (("## ", "heading"), ("- ", "list")):
        if line.startswith(sign):
            return kind, line.removeprefix(sign).strip()
    return "paragraph", line
