"""Importing parcels: a chunk is one transaction, and the same file again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core.enums import RowResult
from courierqa.core.imports import ImportReport, Problem, UnreadableFile
from shipments import enums
from shipments.imports.bundles import Bundle, Row
from shipments.imports.mappings import ParcelMapping, SiteRule
from shipments.imports.mappings import load as load_mapping
from shipments.imports.rows import ParcelRow, RowProblems, RowReader, event_uid, scan_of
from shipments.models import Finding, Lane, Order, Parcel, Product
from shipments.services.orders import PartyInput, party_fields
from shipments.services.scans import record_scans
from staff.models import Site
from staff.services import create_site

CHUNK = 1000
Progress = Callable[[ImportReport], None]


def import_parcels(
    bundle: Bundle,
    *,
    mapping: str,
    now: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Read a file of parcels under a mapping; return what became of each row."""
    return _Import(load_mapping(mapping), bundle, now, dry_run=dry_run).run(progress)


class _Import:
    """One import."""

    def __init__(
        self, mapping: ParcelMapping, bundle: Bundle, now: datetime, *, dry_run: bool
    ) -> None:
        self.mapping, self.bundle, self.now, self.dry_run = mapping, bundle, now, dry_run
        self.report = ImportReport()
        self.sites = {site.code: site for site in Site.objects.all()}
        self.products = {product.code: product for product in Product.objects.all()}
        self.lanes = {(lane.origin_id, lane.destination_id): lane for lane in Lane.objects.all()}
        self.seen: set[str] = set()

    def run(self, progress: Progress | None) -> ImportReport:
        joins = {j.file: self.bundle.table(j.file, key=j.on) for j in self.mapping.joins}
        reader = RowReader(self.mapping, joins)
        for chunk in _chunks(self._checked(self.bundle.rows())):
            ready = [row for row in (self._read(reader, *line) for line in chunk) if row]
            with transaction.atomic():
                self._take(ready)
            if progress is not None:
                progress(self.report)
        if not self.report.rows:
            raise UnreadableFile(_("The file has no rows"), code="empty")
        return self.report

    def _checked(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Structure first: without its columns no row is looked at."""
        for place, (number, raw) in enumerate(rows):
            missing = [n for n in (self.mapping.waybill, *self.mapping.needs) if n not in raw]
            if place == 0 and missing:
                text = _("Columns are missing: %(names)s") % {"names": ", ".join(missing)}
                raise UnreadableFile(text, code="columns_missing")
            yield number, raw

    def _read(self, reader: RowReader, number: int, raw: dict[str, str]) -> ParcelRow | None:
        try:
            row = reader.read(number, raw)
            self._check(row)
        except RowProblems as error:
            self.report.refuse(
                number, raw, *error.problems, key=raw.get(self.mapping.waybill, "")[:60]
            )
            return None
        self.seen.add(row.waybill)
        return row

    def _check(self, row: ParcelRow) -> None:
        """Rules across rows and tables."""
        problems = []
        if row.waybill in self.seen:
            problems.append(
                Problem("twice", self.mapping.waybill, _("This number is in the file twice"),
                        _("Remove one of the rows"))
            )  # fmt: skip
        if row.product not in self.products:
            problems.append(
                Problem("product_unknown", self.mapping.product_column,
                        _("Unknown product: %s") % row.product[:30],
                        _("Enter a known product code"))
            )  # fmt: skip
        for rule, value in ((self.mapping.origin, row.origin),
                            (self.mapping.destination, row.destination)):  # fmt: skip
            if not rule.create and rule.code.format(value=value) not in self.sites:
                problems.append(
                    Problem("site_unknown", rule.column, _("Unknown site: %s") % value,
                            _("Enter the code of a site"))
                )  # fmt: skip
        if problems:
            raise RowProblems(problems)

    # -- storing ----------------------------------------------------------------------------------
    def _take(self, rows: list[ParcelRow]) -> None:
        known = set(
            Parcel.objects.filter(waybill__in=[r.waybill for r in rows]).values_list(
                "waybill", flat=True
            )
        )
        altered = set() if self.dry_run else self._store(rows, known)
        for row in rows:
            if row.waybill not in known:
                result = RowResult.CREATED
            elif row.waybill in altered:
                result = RowResult.UPDATED
            else:
                result = RowResult.SKIPPED
            if row.marks and result != RowResult.SKIPPED:
                self.report.keep_marked(row.number, row.raw, *row.marks, key=row.waybill)
            else:
                self.report.add(result)

    def _store(self, rows: list[ParcelRow], known: set[str]) -> set[str]:
        """Store parcels, marks and scans; return the waybills that got new scans."""
        fresh = [row for row in rows if row.waybill not in known]
        parcels = self._parcels(fresh)
        _mark(fresh, parcels, now=self.now)
        scans = [
            scan_of(row, rule, at, mapping=self.mapping.name, site_id=self._scan_site(row, rule))
            for row in rows
            for rule, at in row.scans
        ]
        answers = record_scans(
            scans, source=enums.Source.IMPORT, recorded_at=self.now, announce=False
        )
        made = enums.ScanResult.CREATED
        return {s.waybill for s, a in zip(scans, answers, strict=True) if a.result == made}

    def _scan_site(self, row: ParcelRow, rule: Any) -> int:
        if rule.site == "origin":
            return self._site(self.mapping.origin, row.origin).pk
        return self._site(self.mapping.destination, row.destination).pk

    def _site(self, rule: SiteRule, value: str) -> Site:
        code = rule.code.format(value=value)
        if code not in self.sites:
            self.sites[code] = create_site(
                code=code, name=rule.name.format(value=value), kind="station",
                name_en=rule.name_en.format(value=value), region=value, region_en=value,
            )  # fmt: skip
        return self.sites[code]

    def _parcels(self, rows: list[ParcelRow]) -> dict[str, Parcel]:
        orders = Order.objects.bulk_create([self._order(row) for row in rows], batch_size=500)
        parcels = [self._parcel(row, order) for row, order in zip(rows, orders, strict=True)]
        Parcel.objects.bulk_create(parcels, batch_size=500)
        return {parcel.waybill: parcel for parcel in parcels}

    def _order(self, row: ParcelRow) -> Order:
        key = f"{self.mapping.name}:{row.waybill}"[:60]
        mark = hashlib.sha256(key.encode()).hexdigest()[:16]
        times = [at for _rule, at in row.scans]
        return Order(
            number=f"I{mark.upper()}", key=key, channel=enums.OrderChannel.IMPORT,
            product=self.products[row.product], ordered_at=min(times, default=self.now),
            pickup_site=self._site(self.mapping.origin, row.origin),
        )  # fmt: skip

    def _parcel(self, row: ParcelRow, order: Order) -> Parcel:
        destination = self._site(self.mapping.destination, row.destination)
        said = row.fields
        sender, recipient = (
            PartyInput(*(said.get(f"{who}_{part}", "") for part in ("name", "phone", "address")))
            for who in ("sender", "recipient")
        )
        return Parcel(
            waybill=row.waybill, order=order, product=order.product, origin=order.pickup_site,
            destination=destination, lane=self.lanes.get((order.pickup_site_id, destination.pk)),
            is_same_city=row.same_city, item_name=said.get("item_name", ""),
            promised_original=row.promised_by, promised_by=row.promised_by,
            **party_fields(sender, recipient, site_id=destination.pk),
        )  # fmt: skip


def _mark(rows: Iterable[ParcelRow], parcels: dict[str, Parcel], *, now: datetime) -> None:
    """Findings before scans, so that the facts made from the scans carry the mark."""
    Finding.objects.bulk_create(
        [
            Finding(
                parcel=parcels[row.waybill], kind=enums.FindingKind.IMPORT, code=mark.code,
                event_uid=event_uid("mark", row.waybill, mark.code), found_at=now,
                detail={"field": mark.field},
            )
            for row in rows
            for mark in row.marks
        ],
        ignore_conflicts=True,
        batch_size=500,
    )  # fmt: skip


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
