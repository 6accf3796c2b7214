"""ParcelFacts: one narrow row per parcel with what figures need, derived from its folded state.

Every `…_day` is a business day. A row of a
parcel that was never accepted has no due date: it is in no figure about parcels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from courierqa.core import calendars
from shipments import measured, tracing
from shipments.enums import FactOutcome, ItemKind
from shipments.facts_row import COLUMNS, DAYS, FactsRow, days_changed
from shipments.facts_shared import appointments_of, hubs_of_sites, plans_of, slots_of
from shipments.fold import ParcelState
from shipments.models import Exemption, Parcel, ParcelFacts, ScanEvent
from shipments.promises import Promiser
from shipments.selectors.events import agreement_on
from shipments.steps import StepRow, Traveller, steps_of, stopped_from, stuck_from
from staff.models import Site

__all__ = [
    "COLUMNS", "DAYS", "PARCELS", "VERSION", "days_changed", "facts_and_steps", "facts_rows",
    "held_rows",
    "raw_events", "total_delay_of",
]  # fmt: skip
PARCELS = "parcels"
# A row made by an older version lacks what came later; `refresh_figures --all` makes it anew.
VERSION = 4
CITY_HOURS, INDUSTRY_HOURS = timedelta(hours=24), timedelta(hours=72)
# The outcome is read a week after the promise (D02).
OUTCOME = timedelta(days=7)
TOTAL_SAME_CITY, TOTAL_ELSEWHERE = timedelta(days=3), timedelta(days=7)
# Causes of a return that are not ours (B12): refused, the sender's wish, the sender's wrong data.
NOT_OURS = frozenset(
    {
        "refused", "refuses", "refuses-cod", "sender_wish", "sender-wish", "sender", "wrong_data",
        "wrong-data", "address-incomplete", "phone-wrong",
    }
)  # fmt: skip


def facts_rows(
    parcels: Sequence[Parcel],
    states: Mapping[int, ParcelState],
    *,
    marked: set[int] = frozenset(),  # type: ignore[assignment]
    now: datetime,
) -> list[FactsRow]:
    """Return the facts of these parcels as of `now`; nothing is written here."""
    return facts_and_steps(parcels, states, marked=marked, now=now)[0]


def facts_and_steps(
    parcels: Sequence[Parcel],
    states: Mapping[int, ParcelState],
    *,
    marked: set[int] = frozenset(),  # type: ignore[assignment]
    now: datetime,
) -> tuple[list[FactsRow], list[StepRow]]:
    """Return the facts of these parcels and the steps of their ways."""
    maker = _Maker(parcels, now)
    rows = [maker.row(p, states[p.pk], marked=p.pk in marked) for p in parcels]
    return rows, maker.steps


def held_rows(parcel_ids: Iterable[int]) -> dict[int, FactsRow]:
    """Return the facts as stored, by parcel."""
    rows = ParcelFacts.objects.filter(pk__among=list(parcel_ids)).values_list(*FactsRow._fields)
    return {row[0]: FactsRow._make(row) for row in rows}


class _Maker:
    """Builds rows, with what all parcels share read once."""

    def __init__(self, parcels: Sequence[Parcel], now: datetime) -> None:
        self.now = now
        self.promiser = Promiser()
        self.exemptions = list(Exemption.objects.exclude(approved_at=None))
        self.plans = plans_of({p.lane_id for p in parcels if p.lane_id})
        self.codes: dict[int, str] = {}
        self.hubs, self.hub_ids = hubs_of_sites()
        self.windows = appointments_of(parcels)
        self.slots = slots_of(parcels)
        self.steps: list[StepRow] = []

    def row(self, parcel: Parcel, state: ParcelState, *, marked: bool) -> FactsRow:
        due, defaulted = self._due(parcel, state)
        hours = _industry(parcel, state)
        total = due + total_delay_of(parcel) if due else None
        week = due + OUTCOME if due else None
        out = _outside(state, due, hours, total)
        cause = self._cause(parcel, state, due)
        site_id = self._serving(parcel, state)
        measures = self._measured(parcel, state)
        if not parcel.is_test and parcel.parent_id is None:
            self.steps += self._steps(parcel, state, due, site_id, measures["ended_day"])
        return FactsRow(
            parcel_id=parcel.pk, waybill=parcel.waybill, product_id=parcel.product_id,
            origin_id=parcel.origin_id, site_id=site_id,
            courier_id=state.delivered_by or state.holder_id,
            cause_site_id=cause.site_id if cause else None,
            cause_courier_id=cause.person_id if cause else None,
            cause_leg=self._leg_name(cause), same_city=parcel.is_same_city, state=state.state.value,
            accepted_at=state.accepted_at, accepted_day=_day(state.accepted_at),
            due_at=due, due_day=_day(due), due_defaulted=defaulted,
            hours_at=hours, hours_day=_day(hours), total_at=total, total_day=_day(total),
            week_at=week, week_day=_day(week), outcome=_outcome(state, week),
            done_at=state.done_at, done_day=_day(state.done_at),
            attempt_at=state.first_attempt_at, attempt_day=_day(state.first_attempt_at),
            attempt_done=state.attempt_done, attempts_told=state.attempts_told,
            lost_at=state.lost_at, out_t01=out[0], out_t02=out[1], out_t03=out[2],
            out_t11=out[3], lost=state.is_lost, damaged=state.damaged, short=state.short,
            exempt=self._exempt(parcel, due), marked=marked,
            # The way back of a return adds no volume (B12), as a test parcel does not (B25).
            is_test=parcel.is_test or parcel.parent_id is not None, fee_fen=parcel.fee_fen,
            made_by=VERSION,
            **measures, **_marked(parcel, state),
        )  # fmt: skip

    def _steps(
        self, parcel: Parcel, state: ParcelState, due: datetime | None, site_id: int,
        ended: date | None,
    ) -> list[StepRow]:  # fmt: skip
        """Return what happened on the way, for figures that count by the day of the event."""
        slot = self.slots.get(parcel.pk)
        about = Traveller(
            parcel_id=parcel.pk, label=parcel.waybill, site_id=site_id, origin_id=parcel.origin_id,
            station_id=parcel.destination_id, product_id=parcel.product_id,
            courier_id=state.delivered_by or state.holder_id, due_day=_day(due),
            ended_day=ended, slot_ends=slot.ends_at if slot else None,
            hubs=(self.hubs.get(parcel.origin_id), self.hubs.get(parcel.destination_id)),
            windows=self.windows.get(parcel.pk, ()),
        )  # fmt: skip
        return steps_of(about, state, hubs=self.hub_ids)

    def _measured(self, parcel: Parcel, state: ParcelState) -> dict[str, Any]:
        """Return the columns about its end, its appointments and the time it took."""
        ended = measured.ended_at(state)
        slot = self.slots.get(parcel.pk)
        slot_at = slot.ends_at if slot else None
        return {
            "ended_at": ended, "ended_day": _day(ended),
            "slot_at": slot_at, "slot_day": _day(slot_at),
            "slot_kept": slot is not None and measured.slot_kept(state, slot),
            "whole_minutes": measured.whole_minutes(state),
            "stuck_day": stuck_from(state), "stopped_day": stopped_from(state),
        }  # fmt: skip

    def _due(self, parcel: Parcel, state: ParcelState) -> tuple[datetime | None, bool]:
        """Return the promise, or the product's default where none was fixed (B24)."""
        if state.accepted_at is None:
            return None, False
        if parcel.promised_by is not None:
            return parcel.promised_by, False
        return self.promiser.due(parcel, state.accepted_at), True

    def _serving(self, parcel: Parcel, state: ParcelState) -> int:
        """The site that delivered, or should have (B19). A locker belongs to its station."""
        if state.done_site_id is None or state.done_way in ("locker", "station"):
            return parcel.destination_id
        return state.done_site_id

    def _cause(
        self, parcel: Parcel, state: ParcelState, due: datetime | None
    ) -> tracing.Overrun | None:
        if state.accepted_at is None or due is None:
            return None
        return tracing.first_overrun(
            accepted_at=state.accepted_at, due=due, done_at=state.done_at,
            plan=self.plans.get(parcel.lane_id or 0, ()), legs=state.legs, as_of=self.now,
            serving_id=self._serving(parcel, state), courier_id=state.delivered_by,
        )  # fmt: skip

    def _leg_name(self, cause: tracing.Overrun | None) -> str:
        if cause is None:
            return ""
        if not self.codes:
            self.codes = dict(Site.objects.values_list("pk", "code"))
        return f"{cause.code} {self.codes.get(cause.site_id or 0, '')}".strip()[:20]

    def _exempt(self, parcel: Parcel, due: datetime | None) -> bool:
        """Only an approved record that covers the deadline takes a parcel out (B17)."""
        if due is None:
            return False
        here = {None, parcel.destination_id, parcel.origin_id}
        return any(e.site_id in here and e.starts_at <= due <= e.ends_at for e in self.exemptions)


def _marked(parcel: Parcel, state: ParcelState) -> dict[str, Any]:
    """Return the columns about acceptance, screening, sorting and the trace."""
    marks, customer = state.marks, parcel.customer
    kind = marks.kind or parcel.item_kind
    is_open = kind != ItemKind.LETTER
    agreed = customer is not None and agreement_on(
        customer.agreement_from, customer.agreement_to, _day(state.accepted_at)
    )
    refused = marks.visited_at if state.rejected and state.accepted_at is None else None
    return {
        "refused_at": refused, "refused_day": _day(refused),
        "needs_inspection": is_open, "needs_identity": is_open and not agreed,
        "inspected": marks.inspected, "identified": marks.identified,
        "checks_told": marks.checks_told, "scans_expected": marks.expected,
        "scans_present": marks.present, "returned": state.returned_at is not None,
    }  # fmt: skip


def _industry(parcel: Parcel, state: ParcelState) -> datetime | None:
    if state.accepted_at is None:
        return None
    return state.accepted_at + (CITY_HOURS if parcel.is_same_city else INDUSTRY_HOURS)


def total_delay_of(parcel: Parcel) -> timedelta:
    """Return how long after its promise a parcel may be taken for lost (domain A4)."""
    return TOTAL_SAME_CITY if parcel.is_same_city else TOTAL_ELSEWHERE


def _outside(
    state: ParcelState, due: datetime | None, hours: datetime | None, total: datetime | None
) -> tuple[bool, bool, bool, bool]:
    """Say whether a recalled or returned parcel leaves T01, T02, T03 (or T04), T11 (B11, B12)."""
    if state.returned_at is None and state.recalled_at is None:
        return False, False, False, False

    def returned(limit: datetime | None) -> bool:
        """Not our cause, and a valid attempt in time."""
        attempt = state.first_attempt_at
        return (
            limit is not None and state.returned_at is not None and state.done_at is None
            and state.return_cause in NOT_OURS and attempt is not None and attempt <= limit
        )  # fmt: skip

    def recalled(limit: datetime | None) -> bool:
        asked = state.recalled_at
        early = state.done_at is None or (asked is not None and asked < state.done_at)
        return limit is not None and asked is not None and asked <= limit and early

    left = [recalled(limit) or returned(limit) for limit in (due, hours, total)]
    return left[0], recalled(due), left[1], left[2]


def _outcome(state: ParcelState, week: datetime | None) -> str:
    """Return what had become of a parcel by the week after its promise (D02)."""
    if week is None:
        return FactOutcome.OPEN.value
    said = (
        (state.done_at, FactOutcome.DONE), (state.recalled_at, FactOutcome.RECALLED),
        (state.returned_at, FactOutcome.RETURNED), (_lost_by(state, week), FactOutcome.LOST),
    )  # fmt: skip
    found = next((what for at, what in said if at is not None and at <= week), FactOutcome.OPEN)
    return found.value


def _lost_by(state: ParcelState, week: datetime) -> datetime | None:
    """Return when the last word on it by then said lost."""
    said = [fate for fate in state.fates if fate[0] <= week]
    return said[-1][0] if said and said[-1][1] else None


def _day(moment: datetime | None) -> date | None:
    return calendars.business_day(moment) if moment else None


def raw_events(parcel_ids: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Return events as stored, for a recomputation that trusts nothing folded."""
    names = ("parcel_id", "uid", "code", "reason", "detail", "happened_at", "recorded_at",
             "effective_at", "site_id", "person_id", "source", "corrects", "latitude")  # fmt: skip
    rows = ScanEvent.objects.filter(Q(parcel_id__in=list(parcel_ids)))
    yield from rows.order_by("parcel_id", "effective_at", "pk").values(*names).iterator(5000)
