"""The independent double-entry check that stands before a frozen month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from courierqa.core.errors import DomainError
from courierqa.core.timeframes import Period
from kpi import services
from kpi.models import Verification, Watermark
from kpi.snapshots import quality


class Different(DomainError):
    """The stored figures and the recount of raw scans do not agree."""

    code = "figures_differ"


def check(period: Period, *, now: datetime) -> dict[str, Any]:
    """Return the result of the check of the figures as they are, running it when none covers them.

    The nightly check usually does, so that nobody waits.
    """
    last = quality.last_check(period)
    if last is None or not _covers(last, period):
        last = services.verify_period(period, now=now)
    if last.differences:
        raise _different(len(last.differences))
    return quality.result(last)


def _covers(last: Verification, period: Period) -> bool:
    """Say whether no figure of the month was counted anew since this check."""
    name = f"cells.{period.key}"
    return not Watermark.objects.filter(name=name, through__gt=last.started_at).exists()


def _different(count: int) -> Different:
    text = ngettext(
        "The double-entry check found %(n)s difference between the stored figures and the raw"
        " scans. The month is not frozen; the difference is listed by verify_figures",
        "The double-entry check found %(n)s differences between the stored figures and the raw"
        " scans. The month is not frozen; the differences are listed by verify_figures",
        count,
    )
    return Different(text % {"n": f"{count:,}"}, field="period")
