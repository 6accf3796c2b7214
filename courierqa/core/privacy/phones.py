"""Phone numbers: one form, and a keyed fingerprint that finds them without storing them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

import phonenumbers
from django.conf import settings


# A number is asked for several times in a row and then not again: a handful is kept, no more.
@lru_cache(maxsize=4)
def normal_phone(raw: str, *, region: str = "CN") -> str:
    """Return the number as +8613…, or "" when it is not a possible number."""
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _blind(kind: str, text: str) -> str:
    key = base64.b64decode(settings.INDEX_KEY)
    digest = hmac.new(key, f"{kind}|{text}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def phone_index(raw: str) -> str:
    """Return the blind index of a phone number; "" for no usable number."""
    number = normal_phone(raw)
    return _blind("phone", number) if number else ""


def tail_index(raw: str, *, site_id: int) -> str:
    """Return the blind index of the last four digits at one site."""
    digits = "".join(c for c in normal_phone(raw) or raw if c.isdigit())
    return _blind("tail", f"{digits[-4:]}|{site_id}") if len(digits) >= 4 else ""
