"""Looks at full personal data judged a second time: from the sealed access log."""

from __future__ import annotations

from collections.abc import Iterator

from courierqa.core.models import AuditEntry, PersonalView
from courierqa.core.timeframes import Period
from kpi.verification.fallen import Fallen, said, within


def falls(period: Period) -> Iterator[Fallen]:
    """Yield every look of the log since tasks are recorded with it (X02)."""
    known = {one.record_id: one for one in PersonalView.objects.filter(within(period, "moment"))}
    since = PersonalView.objects.order_by("record_id").values_list("record_id", flat=True).first()
    log = AuditEntry.objects.filter(within(period, "at"), verb="reveal", pk__gte=since or 0)
    for entry in log if since else ():
        view = known.get(entry.pk)
        fell = said(view is not None and view.task != "")
        if entry.object_type == "staff.employee":
            fell = "excluded"
        site = view.site_id if view is not None else None
        yield Fallen("X02", entry.pk, (site or 0, 0), entry.at, fell)
