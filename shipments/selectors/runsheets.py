"""The run sheet: what a courier takes, in order, with wishes, slots, warnings and outcomes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from courierqa.core.access import Access
from courierqa.core.formats import clock_time, moment
from shipments import addresses, enums
from shipments.enums import SlotResult
from shipments.models import (
    AttemptNote,
    Contact,
    ContentLine,
    DeliveryRule,
    Parcel,
    Preference,
    RiskArea,
    Round,
    RoundStop,
    ScanEvent,
    Slot,
)
from shipments.selectors.loads import Load, counts_of, loads_of
from shipments.selectors.vehicles import risk_areas, risks_of

APART = timedelta(hours=8)
# Scans that show somebody stood at the door.
ARRIVALS = ("DLV", "ATT", "RFS", "RDY")
KEPT_WISH = {"counter": "station", "collected": "station"}


def rounds_for(access: Access) -> QuerySet[Round]:
    """Return the rounds of the reader's scope."""
    seen = access.rows(site="site_id", own="courier_id")
    return Round.objects.filter(seen).select_related("courier", "site")


@dataclass
class StopLine:
    """One parcel of the run sheet, as it is shown."""

    parcel: Parcel
    sequence: int | None = None
    load: Load | None = None
    gaps: list[str] = field(default_factory=list)
    area: str = ""
    slot: Slot | None = None
    slot_result: SlotResult | None = None
    wish: Preference | None = None
    gifts: list[ContentLine] = field(default_factory=list)
    contacts: int = 0
    note: AttemptNote | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def is_unplanned(self) -> bool:
        """Loaded without having been given out."""
        return self.sequence is None

    @property
    def is_owed(self) -> bool:
        """Loaded and without an outcome yet."""
        ended = self.parcel.state in enums.ENDED
        return self.load is not None and self.load.outcome is None and not ended

    @property
    def has_address_problem(self) -> bool:
        return bool(self.gaps) or enums.Condition.ADDRESS_PROBLEM in self.parcel.conditions

    @property
    def outcome_label(self) -> str:
        outcome = self.load.outcome if self.load else None
        return str(enums.Code(outcome.code).label) if outcome else ""

    @property
    def wish_broken(self) -> bool:
        """The recipient wished for another way than the one used (DEL-23)."""
        outcome = self.load.outcome if self.load else None
        if self.wish is None or outcome is None or outcome.code not in ("DLV", "RDY"):
            return False
        used = str(outcome.detail.get("way") or "locker")
        return KEPT_WISH.get(used, used) != KEPT_WISH.get(self.wish.way, self.wish.way)


@dataclass(frozen=True)
class Sheet:
    """A whole run sheet with its counts."""

    row: Round
    lines: list[StopLine]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many parcels are given out, loaded, done, not delivered, owed."""
        loads = [line.load for line in self.lines if line.load]
        counts = counts_of(loads)
        return {
            "given": sum(not line.is_unplanned for line in self.lines),
            **counts,
            "owed": sum(line.is_owed for line in self.lines),
            "gaps": sum(line.has_address_problem for line in self.lines),
        }


def run_sheet(row: Round, *, now: datetime) -> Sheet:
    """Return the run sheet in order of delivery; as many queries for one parcel as for fifty."""
    stops = list(RoundStop.objects.filter(round=row).select_related("parcel__product"))
    loads = loads_of(row.day, people=[row.courier_id]).get(row.courier_id, {})
    planned = {stop.parcel_id for stop in stops}
    extra = Parcel.objects.filter(pk__in=set(loads) - planned).select_related("product")
    lines = [StopLine(stop.parcel, stop.sequence) for stop in stops]
    lines += [StopLine(parcel) for parcel in extra.order_by("pk")]
    for line in lines:
        line.load = loads.get(line.parcel.pk)
    _dress(lines, row, now)
    return Sheet(row, lines)


def _dress(lines: list[StopLine], row: Round, now: datetime) -> None:
    parcels = [line.parcel for line in lines]
    ids = [parcel.pk for parcel in parcels]
    slots, wishes = latest_slots(ids), wishes_of(parcels)
    gifts, calls, notes = _gifts(ids), _calls(ids), _notes(ids)
    scans = _scans(ids)
    rule = DeliveryRule.objects.filter(kind=row.site.kind).first()
    risky = risk_areas(on=row.day)
    for line in lines:
        parcel = line.parcel
        line.gaps = addresses.gap_words(addresses.recipient_gaps(parcel))
        line.area = addresses.area_of(parcel.recipient_address)
        line.slot = slots.get(parcel.pk)
        line.wish = wishes.get(parcel.recipient_phone_index)
        line.gifts, line.contacts = gifts.get(parcel.pk, []), calls.get(parcel.pk, 0)
        line.note = notes.get(parcel.pk)
        seen = scans.get(parcel.pk, [])
        if line.slot is not None:
            line.slot_result = slot_result(line.slot, seen, now=now)
        if line.load is None or line.load.outcome is None:
            line.warnings = [*_risks(parcel, risky), *_warnings(line, seen, rule, now)]


def _risks(parcel: Parcel, areas: list[RiskArea]) -> list[str]:
    """Say which areas of risk a stop lies in, and what to do there (SAF-06)."""
    words = _("Area of risk %(name)s: %(advice)s")
    return [words % {"name": one.name, "advice": one.advice} for one in risks_of(parcel, areas)]


def _warnings(
    line: StopLine, seen: list[ScanEvent], rule: DeliveryRule | None, now: datetime
) -> Iterable[str]:
    parcel = line.parcel
    if parcel.promised_by and parcel.promised_by < now:
        yield _("Promise passed")
    arrived = max((s.effective_at for s in seen if s.code == "AST"), default=None)
    if rule and arrived and now - arrived > timedelta(hours=rule.last_mile_hours):
        yield _("At the station for more than %(hours)d hours") % {"hours": rule.last_mile_hours}
    last = max((s.effective_at for s in seen if s.code in ("ATT", "RFS")), default=None)
    if last and now - last < APART:
        yield _("Next try counts from %(at)s on") % {"at": clock_time(last + APART)}
    if line.slot and not line.contacts and line.slot_result == SlotResult.PENDING:
        yield _("Booked: call before you come")


def latest_slots(parcel_ids: Sequence[int]) -> dict[int, Slot]:
    """Return the booked time that counts for each parcel."""
    return {s.parcel_id: s for s in Slot.objects.filter(parcel_id__in=parcel_ids).order_by("pk")}


def slot_result(slot: Slot, scans: Iterable[ScanEvent], *, now: datetime) -> SlotResult:
    """Say whether somebody stood at the door in the booked time (DEL-06)."""
    came = [s.effective_at for s in scans if s.code in ARRIVALS and s.effective_at >= slot.at]
    if any(slot.starts_at <= at <= slot.ends_at for at in came):
        return SlotResult.KEPT
    if any(at > slot.ends_at for at in came):
        return SlotResult.LATE
    if slot.ends_at < now:
        return SlotResult.MISSED
    return SlotResult.EARLY if came else SlotResult.PENDING


def wishes_of(parcels: Iterable[Parcel]) -> dict[str, Preference]:
    """Return phone index → how that person wants parcels delivered."""
    phones = {p.recipient_phone_index for p in parcels if p.recipient_phone_index}
    rows = Preference.objects.filter(phone_index__in=phones, ended_at=None)
    return {row.phone_index: row for row in rows}


def _gifts(ids: list[int]) -> dict[int, list[ContentLine]]:
    found: dict[int, list[ContentLine]] = defaultdict(list)
    for line in ContentLine.objects.filter(parcel_id__in=ids, is_gift=True):
        found[line.parcel_id].append(line)
    return found


def _calls(ids: list[int]) -> dict[int, int]:
    rows = Contact.objects.filter(parcel_id__in=ids).order_by()
    return dict(rows.values("parcel_id").annotate(n=Count("pk")).values_list("parcel_id", "n"))


def _notes(ids: list[int]) -> dict[int, AttemptNote]:
    rows = AttemptNote.objects.filter(parcel_id__in=ids).order_by("pk")
    return {row.parcel_id: row for row in rows}


def _scans(ids: list[int]) -> dict[int, list[ScanEvent]]:
    found: dict[int, list[ScanEvent]] = defaultdict(list)
    rows = ScanEvent.objects.filter(parcel_id__in=ids, code__in=("AST", *ARRIVALS))
    for row in rows.only("parcel_id", "code", "effective_at"):
        if row.parcel_id is not None:
            found[row.parcel_id].append(row)
    return found


def phone_extras(parcels: Sequence[Parcel]) -> dict[int, dict[str, Any]]:
    """Return what the phone's list says beside each parcel: place, slot, wish, gifts, gaps."""
    ids = [parcel.pk for parcel in parcels]
    stops = RoundStop.objects.filter(parcel_id__in=ids)
    stops = stops.exclude(round__status=enums.RoundStatus.ENDED)
    places = dict(stops.order_by("round__day").values_list("parcel_id", "sequence"))
    slots, wishes, gifts = latest_slots(ids), wishes_of(parcels), _gifts(ids)
    found = {}
    for parcel in parcels:
        slot, wish = slots.get(parcel.pk), wishes.get(parcel.recipient_phone_index)
        found[parcel.pk] = {
            "sequence": places.get(parcel.pk),
            "slot": [slot.starts_at.isoformat(), slot.ends_at.isoformat()] if slot else None,
            "wish": {"way": wish.way, "label": wish.get_way_display()} if wish else None,
            "gifts": [line.name for line in gifts.get(parcel.pk, [])],
            "gaps": addresses.gap_words(addresses.recipient_gaps(parcel)),
        }
    return found


def waiting_parcels(site_ids: Iterable[int] | None) -> QuerySet[Parcel]:
    """Return parcels at their station that no open round has yet, most urgent first."""
    ready = Q(state__in=(enums.State.AT_STATION, enums.State.UNDELIVERED))
    rows = Parcel.objects.filter(ready)
    rows = rows if site_ids is None else rows.filter(destination_id__in=list(site_ids))
    taken = RoundStop.objects.exclude(round__status=enums.RoundStatus.ENDED).values("parcel_id")
    rows = rows.exclude(pk__in=taken).select_related("product", "destination")
    return rows.order_by("promised_by", "pk")


def slot_words(slot: Slot) -> str:
    """Print a booked time as day and span."""
    return f"{moment(slot.starts_at)}–{clock_time(slot.ends_at)}"
