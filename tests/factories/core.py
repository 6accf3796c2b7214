"""Users with roles, for tests of the ground floor; the smallest valid rows."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model

from courierqa.core.models import Approval

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
_numbers = count(1)


def person(role: str = "", *, site_id: int | None = None, name: str = "") -> Any:
    """Return a user who holds one role, everywhere or at one site."""
    number = next(_numbers)
    user = get_user_model().objects.create_user(
        username=f"core{number}", display_name=name or f"某人{number}"
    )
    if role:
        user.grants.create(role=role, site_id=site_id, valid_from=LONG_AGO)
    return user


def approval(**fields: Any) -> Approval:
    """Return a waiting request, made directly."""
    wanted = {
        "kind": "test",
        "object_type": "staff.user",
        "object_id": next(_numbers),
        "fingerprint": "f" * 64,
        "needs_role": "lead",
        "title": "赔付 ¥88.00",
        "requested_at": LONG_AGO,
    }
    if "requested_by" not in fields:
        fields["requested_by"] = person("agent")
    return Approval.objects.create(**{**wanted, **fields})
