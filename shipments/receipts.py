"""The link of a delivery receipt and of a rating: signed, so that no number can be guessed."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

SALT = "shipments.receipt"
# A link is of use for half a year; after that the company is asked.
VALID = timedelta(days=183)


def receipt_token(parcel_id: int) -> str:
    """Return the part of the link that names a parcel."""
    return signing.dumps(parcel_id, salt=SALT)


def parcel_id_of(token: str) -> int | None:
    """Return the parcel a link names, or None when it was not made here or is too old."""
    if len(token) > 200:
        return None
    try:
        named = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    return named if isinstance(named, int) else None
