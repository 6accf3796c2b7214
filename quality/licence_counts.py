"""Licences as the figure of valid ones counts them (F04): needed from their registration on."""

from __future__ import annotations

from datetime import datetime

from courierqa.core.calendars import business_day
from courierqa.core.evenings import Thing
from quality.models import Licence
from shipments.validity import Need, keep


def refresh_licence(row: Licence, *, at: datetime) -> None:
    """Make the spans of a licence anew: valid from issue to end by its papers alone.

    It counts where its vehicle or holder was when the term was written down. A renewal that was
    applied for is none.
    """
    terms = list(row.terms.order_by("at", "pk"))
    needs = [Need(business_day(one.at), one.site_id) for one in terms]
    if row.retired_on is not None:
        needs.append(Need(row.retired_on, None, is_needed=False))
    label = f"{row.name} {row.number}"
    papers = [(one.issued_on, one.expires_on) for one in terms]
    keep(Thing("F04", row.pk, label), needs, papers, at=at)


def renew(*, at: datetime) -> None:
    """Make the spans of every licence anew, after an upgrade."""
    for row in Licence.objects.order_by("pk"):
        refresh_licence(row, at=at)
