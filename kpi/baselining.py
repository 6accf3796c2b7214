"""Setting the baseline of a chart anew: with a reason, audited, never taken back (ux 3.4)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from kpi.models import Baseline
from staff.models import Site, User


class BaselineRefused(DomainError):
    """The baseline cannot be set like this."""

    code = "baseline_refused"


@transaction.atomic
def set_baseline(
    *, metric: str, site: Site | None, month: date, reason: str, by: User, at: datetime
) -> Baseline:
    """Begin a new baseline with a month: its first 12 months lock the limits from then on.

    Earlier months keep the limits they were judged by. A wrong break is answered by another one.
    """
    first = month.replace(day=1)
    if first > business_day(at):
        raise BaselineRefused(_("Choose a month that has begun"), field="month")
    if not reason.strip():
        raise BaselineRefused(_("Write what changed in the process"), field="reason")
    newest = Baseline.objects.filter(metric=metric, site=site, month__gt=first)
    if newest.exists():
        raise BaselineRefused(_("A later month begins a baseline already"), field="month")
    try:
        with transaction.atomic():
            row = Baseline.objects.create(
                metric=metric, site=site, month=first, reason=reason.strip()[:300], by=by, at=at
            )
    except IntegrityError as error:
        raise BaselineRefused(_("This month begins a baseline already"), field="month") from error
    audit.record("baseline.set", row, actor=by, at=at, reason=reason, seal_now=True)
    return row
