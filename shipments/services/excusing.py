"""Keeping the facts true when an exemption is approved or revoked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shipments.models import ParcelFacts
from shipments.selectors.exemptions import excuses, exempt_rows


@transaction.atomic
def renew_exempt(*, starts_at: datetime, ends_at: datetime) -> int:
    """Mark anew which parcels promised in this time are exempt; returns how many changed."""
    rows = ParcelFacts.objects.filter(due_at__gte=starts_at, due_at__lte=ends_at)
    covered = exempt_rows(excuses(starts_at, ends_at), "due_at")
    came = rows.filter(covered, exempt=False).update(exempt=True)
    return came + rows.filter(exempt=True).exclude(covered).update(exempt=False)
