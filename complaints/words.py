"""What people type: cleaned the same way at every door, and blanks in templates found."""

from __future__ import annotations

import re
import unicodedata

from courierqa.core.privacy import normal_phone
from courierqa.core.text import BadText, clean_code
from courierqa.core.text import clean_text as clean

__all__ = ["BadText", "blanks_in", "clean_line", "clean_phone", "clean_text", "clean_waybill"]

WORDS_LIMIT = 2000
_BLANK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def clean_text(text: str, *, field: str, limit: int = WORDS_LIMIT) -> str:
    """Return several lines of text in one Unicode form, without control marks."""
    return clean(text, max_length=limit, field=field, lines=True)


def clean_line(text: str, *, field: str, limit: int) -> str:
    """Return one line: line ends become blanks, for sentences typed into larger boxes."""
    return " ".join(clean(text, max_length=limit, field=field, lines=True).split())


def clean_phone(text: str) -> str:
    """Return the number as +8613…, full-width digits included; "" when it is not one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return normal_phone(plain) if plain else ""


def clean_waybill(text: str) -> str:
    """Return a waybill as it is printed: half width, capital letters, no blanks."""
    return "".join(mark for mark in clean_code(text) if mark.isalnum())[:40]


def blanks_in(text: str) -> list[str]:
    """Return the names of blanks nobody has filled."""
    return [match[1] for match in _BLANK.finditer(text)]


def fill_blanks(body: str, known: dict[str, str]) -> str:
    """Fill the blanks we know the answer to; the others stay visible."""
    return _BLANK.sub(lambda match: known.get(match[1]) or match[0], body)
