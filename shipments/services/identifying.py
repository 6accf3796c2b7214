"""Numbers of identity documents: what is plausible for its kind, and the mask that is kept."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from stdnum.cn import ric, uscc

from courierqa.core.errors import DomainError
from courierqa.core.privacy import mask_id
from shipments import enums

# Shown at an earlier check or settled by contract: no document, so no number.
WITHOUT_NUMBER = frozenset({enums.IdentityKind.KNOWN, enums.IdentityKind.AGREEMENT})
# Passports have 7 to 9 signs, permits to cross a border 8 to 11, residence permits 15 or 18.
_TRAVEL = re.compile(r"[A-Z]{0,3}[0-9]{6,18}[A-Z0-9]?")
# A program that masks by itself leaves the length and at most three signs before, four after.
_MASKED = re.compile(r"[A-Z0-9]{0,3}\*{3,}[A-Z0-9]{0,4}")
_EIGHTEEN = frozenset({enums.IdentityKind.ID_CARD, enums.IdentityKind.BUSINESS})


def plain_number(number: str) -> str:
    """Return a number as it is compared: without spaces and hyphens, letters in capitals."""
    return re.sub(r"[\s\-]", "", number).upper()


def check_number(kind: str, number: str, *, may_be_masked: bool = False) -> None:
    """Refuse what cannot be the number of this kind of document, and say why (ACC-02)."""
    plain = plain_number(number)
    if kind in WITHOUT_NUMBER:
        return
    if not plain:
        raise _wrong(_("Enter the number; only its mask is kept"), "required")
    is_masked = may_be_masked and "*" in plain
    why = _mask_problem(kind, plain) if is_masked else _problem(kind, plain)
    if why:
        raise _wrong(why, "bad_number")


def _problem(kind: str, plain: str) -> str:
    if kind == enums.IdentityKind.ID_CARD:
        return _card_problem(plain)
    if kind == enums.IdentityKind.BUSINESS:
        if uscc.is_valid(plain):
            return ""
        return _("A credit code has 18 characters; these do not fit together. Read it again")
    # 00000000 has the shape of a passport and is none.
    if _TRAVEL.fullmatch(plain) and 7 <= len(plain) <= 18 and len(set(plain)) > 2:
        return ""
    return _("A passport or permit has 7 to 18 characters, at most three letters, then digits")


def _card_problem(plain: str) -> str:
    """Say what is wrong with the number of a resident identity card (GB 11643)."""
    if len(plain) != 18:
        text = _("The number of an identity card has 18 characters; this one has %(count)d")
        return text % {"count": len(plain)}
    if ric.is_valid(plain):
        return ""
    return _("Birthday or check digit of this identity card do not fit. Read the number again")


def _mask_problem(kind: str, plain: str) -> str:
    fits = _MASKED.fullmatch(plain) and 7 <= len(plain) <= 18
    if fits and (len(plain) == 18 or kind not in _EIGHTEEN):
        return ""
    return _("A masked number keeps its length, at most three signs before and four after")


def _wrong(why: str, code: str) -> DomainError:
    return DomainError(why, code=code, field="identity_number", status=400)


def masked_number(number: str) -> str:
    """Return the mask of a document number; a short number keeps its last two signs."""
    plain = plain_number(number)
    if "*" in plain:
        return plain
    if len(plain) >= 12 or not plain:
        return mask_id(plain)
    return "*" * (len(plain) - 2) + plain[-2:] if len(plain) > 4 else "*" * len(plain)
