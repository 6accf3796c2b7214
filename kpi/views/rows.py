"""One line of a records list, as cells that a page and a file print alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models import Reason
from courierqa.core import formats
from kpi import selectors
from kpi.metrics import Metric
from shipments.enums import State
from shipments.models import Product
from staff.models import Employee, Site

PARCEL_COLUMNS = [
    ("waybill", _("Waybill")),
    ("site", _("Site")),
    ("courier", _("Courier")),
    ("product", _("Product")),
    ("state", _("State")),
    ("due", _("Due")),
    ("attempt", _("First valid attempt")),
    ("done", pgettext_lazy("moment", "Done")),
    ("result", _("Late by")),
    ("cause", _("First link over its limit")),
]
# Figures that hold a parcel against another limit than its promise.
OWN_LIMITS = frozenset({"hours_at", "total_at", "week_at"})
CASE_COLUMNS = [
    ("number", _("Case")),
    ("site", _("Site")),
    ("reason", _("Reason")),
    ("received", _("Received")),
    ("legal_due", _("Legal limit")),
    ("answered", _("Answered")),
    ("told", _("Customer told")),
]


def _cell(text: str, *, plain: Any = None, url: str = "", number: bool = False) -> dict[str, Any]:
    return {"text": text, "plain": text if plain is None else plain, "url": url, "number": number}


def _moment(at: datetime | None) -> dict[str, Any]:
    return _cell(formats.moment(at), plain=at or "", number=True)


def _link(name: str, key: str | int) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def parcel_rows(metric: Metric, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield the lines of parcels; names are read once for the page."""
    sites = Site.objects.in_bulk({row.site_id for row in rows} | _ids(rows, "cause_site_id"))
    people = Employee.objects.in_bulk(_ids(rows, "courier_id"))
    products = Product.objects.in_bulk({row.product_id for row in rows})
    limit = metric.tally.moment if metric.tally.moment in OWN_LIMITS else "due_at"
    for row in rows:
        due = getattr(row, limit)
        late = row.done_at - due if row.done_at and due and row.done_at > due else None
        cells = [
            _cell(
                formats.grouped(row.waybill),
                plain=row.waybill,
                url=_link("shipments:parcel", row.waybill),
            ),
            _cell(str(sites.get(row.site_id, "—"))),
            _cell(str(people.get(row.courier_id, "—"))),
            _cell(str(products.get(row.product_id, "—"))),
            _cell(_state(row.state)),
            _moment(due),
            _moment(row.attempt_at),
            _moment(row.done_at),
            _cell(formats.duration(late) if late else "—", number=True),
            _cell(_cause(row, sites)),
        ]
        yield {"cells": cells, "url": cells[0]["url"]}


def _ids(rows: Sequence[Any], name: str) -> set[int]:
    return {getattr(row, name) for row in rows if getattr(row, name)}


def _state(state: str) -> str:
    return str(State(state).label) if state in State.values else state


def _cause(row: Any, sites: dict[int, Site]) -> str:
    if not row.cause_leg:
        return "—"
    site = sites.get(row.cause_site_id)
    name = selectors.link_name(row.cause_leg)
    return f"{name} · {site}" if site else name


def case_rows(rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield the lines of complaints."""
    sites = Site.objects.in_bulk(_ids(rows, "site_id"))
    reasons = {one.code: str(one) for one in Reason.objects.all()}
    for row in rows:
        cells = [
            _cell(row.number, url=_link("complaints:case", row.number)),
            _cell(str(sites.get(row.site_id, "—"))),
            _cell(reasons.get(row.reason_code, row.reason_code)),
            _moment(row.received_at),
            _moment(row.legal_due_at),
            _moment(row.answered_at),
            _moment(row.told_at),
        ]
        yield {"cells": cells, "url": cells[0]["url"]}
