"""The counter at the public door: so many knocks a minute per address, exact in parallel."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from complaints.models import RateHit
from courierqa.core.errors import DomainError

PER_MINUTE = 5
KEPT = timedelta(hours=1)


class TooMany(DomainError):
    """Too many tries from one address; the minute after is free again."""

    code = "too_many"
    status = 429


def count_knock(scope: str, address: str, *, at: datetime, limit: int = PER_MINUTE) -> None:
    """Count one try, in a transaction of its own; beyond the limit it is refused.

    Only a keyed fingerprint of the address is kept, for an hour.
    """
    minute = at.replace(second=0, microsecond=0)
    visitor = salted_hmac("complaints.limits", address).hexdigest()
    named = {"scope": scope, "visitor": visitor, "minute": minute}
    with transaction.atomic():
        RateHit.objects.bulk_create([RateHit(**named)], ignore_conflicts=True)
        RateHit.objects.filter(**named).update(count=F("count") + 1)
        count = RateHit.objects.values_list("count", flat=True).get(**named)
        if count == 1:
            RateHit.objects.filter(minute__lt=at - KEPT).delete()
    if count > limit:
        raise TooMany(_("Too many tries. Wait a minute, then send again. What you typed is kept"))
