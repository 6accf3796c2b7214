"""Cases as they are really opened: by the service, at a fixed time."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from complaints import services
from complaints.enums import Channel
from complaints.models import Case, Reason

# Wednesday 25 November 2026, 10:41 in Shanghai.
AT = datetime(2026, 11, 25, 2, 41, tzinfo=UTC)
_keys = count(1)


def open_case(*, by: Any = None, at: datetime = AT, reason: str = "lost", **fields: Any) -> Case:
    """Return a case opened through the service."""
    given = {
        "key": f"case-{next(_keys)}",
        "channel": Channel.PHONE,
        "words": "快件没有收到",
        "phone": "13900000042",
        **fields,
    }
    intake = services.Intake(reason=Reason.objects.get(code=reason), **given)
    return services.open_case(intake, by=by, at=at)
