"""Which list shows a figure's records: its columns, its lines, and who may read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from courierqa.core import formats
from kpi.metrics import CASES, HANDOVERS, LOOP, PARCELS, PEOPLE, SCANS, STEPS, TROUBLES, Metric
from kpi.views.rows import (
    CASE_COLUMNS,
    PARCEL_COLUMNS,
    _cell,
    _ids,
    _link,
    _moment,
    case_rows,
    parcel_rows,
)
from shipments.enums import DeliveryWay
from shipments.models import Product
from shipments.selectors.exemptions import excuses
from staff.models import Employee, Site

HANDOVER_COLUMNS = [
    ("waybill", gettext_lazy("Waybill")),
    ("site", gettext_lazy("Site")),
    ("courier", gettext_lazy("Courier")),
    ("product", gettext_lazy("Product")),
    ("way", gettext_lazy("How")),
    ("made", gettext_lazy("Handed over")),
    ("agreed", gettext_lazy("Consent before")),
    ("told", gettext_lazy("Recipient told")),
    ("proof", gettext_lazy("Evidence complete")),
    ("fetched", gettext_lazy("Fetched")),
    ("denied", gettext_lazy("Proven not received")),
]
COUNTED_COLUMNS = [
    ("record", gettext_lazy("Record")),
    ("site", gettext_lazy("Site")),
    ("person", gettext_lazy("Person")),
    ("moment", gettext_lazy("Counted at")),
    ("result", pgettext_lazy("record", "Result")),
]
SCAN_COLUMNS = [
    ("day", gettext_lazy("Day")),
    ("site", gettext_lazy("Site")),
    ("person", gettext_lazy("Person")),
    ("product", gettext_lazy("Product")),
    ("in_time", gettext_lazy("In time")),
    ("over_day", gettext_lazy("Later than 24 hours")),
    ("ahead", gettext_lazy("Clock ahead")),
]
# What a summed figure adds up, in yuan or points; both are kept in hundredths.
AMOUNT = ("amount", gettext_lazy("Amount"))
# Whether force majeure by an approved record excuses the record (B17).
EXEMPT = ("exempt", pgettext_lazy("record", "Exempt"))
PAGES = {
    TROUBLES: "shipments:exception",
    STEPS: "shipments:parcel",
    LOOP: "quality:nonconformity",
    "C": "complaints:case",
    "P": "complaints:case",
    "X03": "complaints:incident",
    "I03A": "quality:audit",
    "I07": "quality:audit",
    "I09": "quality:document",
    "F07": "quality:incident",
    "F08": "quality:hazard",
    "X04": "quality:person_request",
    "H04": "staff:person",
}
# Pages found by the key of the record, not by what people call it.
BY_KEY = {
    "I03": "quality:inspection_finding",
    "I10": "quality:review",
    "I11": "quality:review",
    "F01": "quality:maintenance_one",
    "F05": "quality:maintenance_one",
    "F06": "quality:drill",
    "F04": "quality:licence",
}
RESOURCES = {
    PARCELS: "parcel",
    CASES: "case",
    HANDOVERS: "parcel",
    STEPS: "parcel",
    SCANS: "parcel",
    TROUBLES: "exception",
    LOOP: "nonconformity",
    "C": "case",
    "P": "claim",
    "V": "voice",
    "H04": "training",
    "H05": "grade",
    "I": "inspection",
    "H06": "grade",
    "H07": "suggestion",
    "H08": "conduct",
    "I03A": "internal_audit",
    "I07": "internal_audit",
    "I08": "figure",
    "I09": "reading",
    "I10": "review",
    "I11": "review",
    "F01": "equipment",
    "F02": "vehicle",
    "F03": "equipment",
    "F04": "licence",
    "F05": "equipment",
    "F06": "drill",
    "F07": "safety_incident",
    "F08": "hazard",
    "X01": "destruction",
    "X04": "person_request",
    # Whoever answers for personal data sees who looked without a task; no customer is shown.
    "X02": "person_request",
    "X03": "privacy_incident",
    "G04": "vehicle",
}


def resource_of(metric: Metric) -> str:
    """Return what a reader must be allowed to read, beside the figure itself."""
    if metric.code in RESOURCES:
        return RESOURCES[metric.code]
    if metric.record in RESOURCES:
        return RESOURCES[metric.record]
    if metric.record == PEOPLE:
        return RESOURCES.get(metric.code[:3], "training")
    return RESOURCES[metric.code[0]]


def columns(metric: Metric) -> list[tuple[str, Any]]:
    """Return the columns of a list."""
    known = {PARCELS: PARCEL_COLUMNS, CASES: CASE_COLUMNS, HANDOVERS: HANDOVER_COLUMNS,
             SCANS: SCAN_COLUMNS}  # fmt: skip
    found = known.get(metric.record, COUNTED_COLUMNS)
    more = [AMOUNT] if metric.is_sum and metric.record not in known else []
    return [*found, *more, *([EXEMPT] if metric.is_excusable else [])]


def lines(metric: Metric, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield the lines of a page or file; names are read once for all."""
    made = _of_kind(metric, rows)
    return _marked(metric, rows, made) if metric.is_excusable else made


def _marked(
    metric: Metric, rows: Sequence[Any], made: Iterator[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Say of each record whether an approved exemption covers it, by the rule that counted it."""
    found = excuses()
    some = metric.tally.table.objects.filter(  # type: ignore[attr-defined]
        metric.tally.exempt(found), pk__in=[row.pk for row in rows]
    )
    covered = set(some.values_list("pk", flat=True)) if found and rows else set()
    for row, line in zip(rows, made, strict=True):
        word = pgettext("record", "Exempt") if row.pk in covered else formats.NOTHING
        line["cells"].append(_cell(word, plain="" if word == formats.NOTHING else word))
        yield line


def _of_kind(metric: Metric, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    if metric.record == PARCELS:
        return parcel_rows(metric, rows)
    if metric.record == CASES:
        return case_rows(rows)
    if metric.record == SCANS:
        return _scans(rows)
    return _handovers(rows) if metric.record == HANDOVERS else _counted(metric, rows)


def _scans(rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield a day's scans of one person and product; single scans are on the parcels' pages."""
    sites = Site.objects.in_bulk(_ids(rows, "site_id"))
    people = Employee.objects.in_bulk(_ids(rows, "courier_id"))
    products = Product.objects.in_bulk(_ids(rows, "product_id"))
    for row in rows:
        told = _("%(n)d of %(all)d") % {"n": row.in_time, "all": row.scans}
        cells = [
            _cell(formats.day(row.day), plain=row.day),
            _cell(str(sites.get(row.site_id, formats.NOTHING))),
            _cell(str(people.get(row.courier_id, formats.NOTHING))),
            _cell(str(products.get(row.product_id, formats.NOTHING))),
            _cell(told, number=True),
            _cell(str(row.over_day), plain=row.over_day, number=True),
            _cell(str(row.ahead), plain=row.ahead, number=True),
        ]
        yield {"cells": cells, "url": ""}


def _handovers(rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    sites = Site.objects.in_bulk(_ids(rows, "site_id"))
    people = Employee.objects.in_bulk(_ids(rows, "courier_id"))
    products = Product.objects.in_bulk(_ids(rows, "product_id"))
    for row in rows:
        asked = _yes(row.agreed) if row.needs_consent else formats.NOTHING
        cells = [
            _cell(
                formats.grouped(row.waybill),
                plain=row.waybill,
                url=_link("shipments:parcel", row.waybill),
            ),
            _cell(str(sites.get(row.site_id, formats.NOTHING))),
            _cell(str(people.get(row.courier_id, formats.NOTHING))),
            _cell(str(products.get(row.product_id, formats.NOTHING))),
            _cell(str(DeliveryWay(row.way).label) if row.way in DeliveryWay.values else row.way),
            _moment(row.made_at),
            _cell(asked),
            _moment(row.told_at),
            _moment(None if row.is_placing else row.proof_at),
            _moment(row.fetched_at),
            _moment(row.denied_at),
        ]
        yield {"cells": cells, "url": cells[0]["url"]}


def _yes(good: bool) -> str:  # noqa: FBT001 -- a word for a value
    return _("Yes") if good else _("No")


def _counted(metric: Metric, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    sites = Site.objects.in_bulk(_ids(rows, "site_id"))
    people = Employee.objects.in_bulk(_ids(rows, "courier_id"))
    for row in rows:
        cells = [
            _cell(
                row.label or formats.NOTHING,
                plain=row.label,
                url=_page(metric, row),
            ),
            _cell(str(sites.get(row.site_id, formats.NOTHING))),
            _cell(str(people.get(row.courier_id, formats.NOTHING))),
            _moment(row.moment),
            _cell(_result(metric, row)),
        ]
        if metric.is_sum:
            cells.append(_cell(f"{row.amount / 100:.2f}", number=True))
        yield {"cells": cells, "url": cells[0]["url"]}


def _page(metric: Metric, row: Any) -> str:
    """Return where a record is looked at, "" where it has no page of its own."""
    if metric.code == "I08":
        return f"{reverse('kpi:objectives')}?period={row.label.rpartition(' ')[2]}"
    if metric.code in BY_KEY:
        return _link(BY_KEY[metric.code], row.record_id)
    names = (metric.code, metric.record, metric.code[0])
    page = next((PAGES[name] for name in names if name in PAGES), "")
    return _link(page, row.label) if page and row.label else ""


def _result(metric: Metric, row: Any) -> str:
    if row.is_out:
        return _("Excluded")
    if metric.record == STEPS and metric.tally.hit_sum:
        return _of(row)
    if metric.tally.hit is None:
        return _("Counted")
    if metric.higher_is_better:
        return _objected(metric, row) or (_("Met") if row.is_hit else pgettext("record", "Missed"))
    return _yes(row.is_hit)


def _objected(metric: Metric, row: Any) -> str:
    """Return the words of an assessment whose objection is open: done, and marked (H06)."""
    if metric.code != "H06" or not row.amount:
        return ""
    return _("Met, objection open") if row.is_hit else _("Missed, objection open")


def _of(row: Any) -> str:
    """Return what a row adds to a figure of sums."""
    return _("%(n)d of %(all)d") % {"n": row.amount, "all": row.number}
