"""What can be told from a name, a phone and an address: street, house, and what is missing."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core.privacy import mask_address, normal_phone

_HOUSE = re.compile(r"(\d+)\s*号|(\d+)")
SHORTEST = 8


def area_of(address: str) -> str:
    """Return the street an address lies in: what the mask leaves, so it names no house."""
    return mask_address(address).rstrip("*").strip()


def house_of(address: str) -> int:
    """Return the house number for sorting, 0 when there is none."""
    found = _HOUSE.search(address or "")
    return int((found[1] or found[2])[:8]) if found else 0


def gaps_of(name: str, phone: str, address: str) -> list[str]:
    """Return what is missing to deliver: name, phone, address, house (DEL-03)."""
    found = []
    if not (name or "").strip():
        found.append("name")
    if not normal_phone(phone or ""):
        found.append("phone")
    if len((address or "").strip()) < SHORTEST:
        found.append("address")
    elif not house_of(address):
        found.append("house")
    return found


def recipient_gaps(parcel: Any) -> list[str]:
    """Return what is missing of a parcel's recipient."""
    return gaps_of(parcel.recipient_name, parcel.recipient_phone, parcel.recipient_address)


def gap_words(gaps: list[str]) -> list[str]:
    """Say in words what is missing."""
    words = {
        "name": _("Name missing"),
        "phone": _("Phone number missing or not possible"),
        "address": _("Address too short"),
        "house": _("House number missing"),
    }
    return [words[gap] for gap in gaps]
