"""The signature of a call: HMAC-SHA256 over `timestamp.body`, in one header.

    X-CourierQA-Signature: t=1767225600,v1=5f8c…

The receiver computes the same over the raw body and refuses a timestamp more than
`REPLAY_SECONDS` from its own clock, so that a recorded call cannot be played again later.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

REPLAY_SECONDS = 300


def signature(secret: str, body: bytes, *, at: datetime) -> str:
    """Return the value of the header."""
    stamp = int(at.timestamp())
    return f"t={stamp},v1={_digest(secret, stamp, body)}"


def verify(secret: str, body: bytes, header: str, *, now: datetime) -> bool:
    """Say whether a call is ours and fresh; what a receiver does, in the same few lines."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    try:
        stamp = int(parts.get("t", ""))
    except ValueError:
        return False
    if abs(now.timestamp() - stamp) > REPLAY_SECONDS:
        return False
    return hmac.compare_digest(_digest(secret, stamp, body), parts.get("v1", ""))


def _digest(secret: str, stamp: int, body: bytes) -> str:
    said = f"{stamp}.".encode() + body
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
