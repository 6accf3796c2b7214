"""Waybill numbers with a check digit: UPU S10, two letters, eight digits and one, a country."""

from __future__ import annotations

import re

_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def check_digit(serial: str) -> int:
    """Return the check digit of eight digits (UPU S10: weighted sum, eleven minus the rest)."""
    rest = 11 - sum(w * int(d) for w, d in zip(_WEIGHTS, serial, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def looks_s10(code: str) -> bool:
    """Say whether a number has the shape of S10."""
    return _S10.fullmatch(code) is not None


def is_s10(code: str) -> bool:
    """Say whether a number is S10 with the right check digit."""
    found = _S10.fullmatch(code)
    return found is not None and check_digit(found.group(1)) == int(found.group(2))
