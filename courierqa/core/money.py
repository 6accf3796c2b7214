"""Money is a whole number of fen; text only at the edge."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError

MAX_FEN = 10**13
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.(\d{1,2}))?", re.ASCII)


class BadAmount(DomainError):
    """The text is not an amount of money."""

    code = "bad_amount"
    status = 400


def yuan(fen: int) -> str:
    """Return ¥1,234.50."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}¥{whole:,}.{rest:02}"


def parse_yuan(text: str) -> int:
    """Read "1,234.5", "¥88" or "８８.50元" as fen; more than two decimals are refused."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("元").strip()
    found = _AMOUNT.fullmatch(plain)
    fen = 0
    if found:
        fen = int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
    if not found or fen > MAX_FEN:
        raise BadAmount(_("Enter an amount such as 88.50"))
    return fen
