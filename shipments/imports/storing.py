"""Storing checked rows: parcels, marks and scans of a chunk in one transaction.

Whatever an import stores it can name again (`ImportTrace`), so that it can be taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shipments import enums
from shipments.imports.mappings import ParcelMapping, SiteRule
from shipments.imports.rows import MENDED, ParcelRow, event_uid, registration_of, scan_of
from shipments.models import Finding, ImportTrace, Lane, Order, Parcel, Product
from shipments.services import bulk
from shipments.services.orders import PartyInput, party_fields
from shipments.services.scans import ScanInput, record_scans
from staff.models import Site
from staff.services import create_site

# What an import that comes again after being taken back may say anew.
RENEWED = (
    "product", "origin", "destination", "lane", "is_same_city", "item_name", "promised_original",
    "promised_by", "sender_name", "sender_phone", "sender_address", "recipient_name",
    "recipient_phone", "recipient_address", "sender_phone_index", "recipient_phone_index",
    "recipient_tail_index", "weight_g",
)  # fmt: skip
UNDO_DEVICE = "import-undo"


@dataclass(frozen=True)
class Known:
    """A parcel that is there already; how often an import that made it was taken back."""

    pk: int
    undos: int = 0
    undone: bool = False


def cancel_uid(waybill: str, undos: int) -> UUID:
    """Return the id of the scan that cancels a parcel whose import was taken back."""
    return event_uid("undo", waybill, str(undos))


class ParcelStore:
    """Writes parcels under one mapping."""

    def __init__(self, mapping: ParcelMapping, now: datetime) -> None:
        self.mapping, self.now = mapping, now
        self.run_id: int | None = None
        self.sites = {site.code: site for site in Site.objects.all()}
        self.products = {product.code: product for product in Product.objects.all()}
        self.lanes = {(lane.origin_id, lane.destination_id): lane for lane in Lane.objects.all()}

    def known(self, waybills: list[str]) -> dict[str, Known]:
        """Return what is there already, with how it came to be."""
        rows = Parcel.objects.filter(waybill__in=waybills).values_list("waybill", "pk")
        keys = dict(rows)
        made = ImportTrace.objects.filter(parcel_id__in=keys.values(), created=True)
        undone: dict[int, list[bool]] = {}
        for pk, at in made.order_by("pk").values_list("parcel_id", "undone_at"):
            undone.setdefault(pk, []).append(at is not None)
        return {
            waybill: Known(pk, sum(undone.get(pk, [])), bool(undone.get(pk)) and undone[pk][-1])
            for waybill, pk in keys.items()
        }

    def take(self, rows: list[ParcelRow], known: dict[str, Known]) -> set[str]:
        """Store parcels, marks and scans; return the waybills that got new scans."""
        fresh = [row for row in rows if row.waybill not in known]
        again = [row for row in rows if row.waybill in known and known[row.waybill].undone]
        parcels = self._parcels(fresh)
        self._renew(again, known)
        _mark(fresh, parcels, now=self.now)
        altered = self._scans(rows, known)
        keys = {waybill: parcel.pk for waybill, parcel in parcels.items()}
        keys |= {row.waybill: known[row.waybill].pk for row in again}
        self._trace(keys, {known[w].pk for w in altered if w in known and w not in keys})
        return altered

    def _scans(self, rows: list[ParcelRow], known: dict[str, Known]) -> set[str]:
        scans = [
            scan_of(
                row, rule, at, mapping=self.mapping.name, site_id=self._scan_site(row, rule),
                undos=known[row.waybill].undos if row.waybill in known else 0,
            )
            for row in rows
            for rule, at in row.scans
        ]  # fmt: skip
        scans += self._registrations(rows, known)
        scans += [
            self._uncancel(row.waybill, known[row.waybill])
            for row in rows
            if row.waybill in known and known[row.waybill].undone
        ]
        answers = record_scans(
            scans, source=enums.Source.IMPORT, recorded_at=self.now, announce=False
        )
        made = enums.ScanResult.CREATED
        return {s.waybill for s, a in zip(scans, answers, strict=True) if a.result == made}

    def _registrations(self, rows: list[ParcelRow], known: dict[str, Known]) -> list[ScanInput]:
        """Register new parcels of which the file tells no scan, so that the watch sees them."""
        return [
            registration_of(
                row, mapping=self.mapping.name, now=self.now,
                site_id=self._site(self.mapping.origin, row.origin).pk,
                undos=known[row.waybill].undos if row.waybill in known else 0,
            )
            for row in rows
            if not row.scans and (row.waybill not in known or known[row.waybill].undone)
        ]  # fmt: skip

    def _uncancel(self, waybill: str, known: Known) -> ScanInput:
        return ScanInput(
            uid=event_uid("again", waybill, str(known.undos)), waybill=waybill, code="VOI",
            happened_at=self.now, device=UNDO_DEVICE, detail={"why": "imported again"},
            corrects=cancel_uid(waybill, known.undos),
        )  # fmt: skip

    def _trace(self, made: dict[str, int], touched: set[int]) -> None:
        if self.run_id is None:
            return
        rows = [ImportTrace(run_id=self.run_id, parcel_id=pk, created=True) for pk in made.values()]
        rows += [ImportTrace(run_id=self.run_id, parcel_id=pk, created=False) for pk in touched]
        ImportTrace.objects.bulk_create(rows, ignore_conflicts=True, batch_size=bulk.PAGE)

    # -- sites, orders, parcels ---------------------------------------------------------------
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
        orders = [self._order(row) for row in rows]
        bulk.create_rows(Order, orders, key="key")
        parcels = [self._parcel(row, order) for row, order in zip(rows, orders, strict=True)]
        bulk.create_rows(Parcel, parcels, key="waybill")
        return {parcel.waybill: parcel for parcel in parcels}

    def _renew(self, rows: list[ParcelRow], known: dict[str, Known]) -> None:
        """Say anew what a parcel is whose import was taken back; its order stays."""
        found = Parcel.objects.select_related("order").in_bulk(
            [known[row.waybill].pk for row in rows]
        )
        for row in rows:
            parcel = found[known[row.waybill].pk]
            order = parcel.order or self._order(row)
            order.product = self.products[row.product]
            order.pickup_site = self._site(self.mapping.origin, row.origin)
            order.save(update_fields=["product", "pickup_site", "updated_at"])
            said = self._parcel(row, order)
            for name in RENEWED:
                setattr(parcel, name, getattr(said, name))
            parcel.save(update_fields=[*RENEWED, "updated_at"])

    def _order(self, row: ParcelRow) -> Order:
        key = f"{self.mapping.name}:{row.waybill}"[:60]
        mark = hashlib.sha256(key.encode()).hexdigest()[:16]
        times = [at for _rule, at in row.scans]
        # Not told and promised for the past: it was ordered then, not today.
        unknown = min(self.now, row.promised_by) if row.promised_by else self.now
        return Order(
            number=f"I{mark.upper()}", key=key, channel=enums.OrderChannel.IMPORT,
            product=self.products[row.product], ordered_at=min(times, default=unknown),
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
            is_same_city=row.same_city, weight_g=row.weight_g, item_name=said.get("item_name", ""),
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
            if mark.code not in MENDED
        ],
        ignore_conflicts=True,
        batch_size=500,
    )  # fmt: skip
