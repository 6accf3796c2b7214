"""Lanes with their figures: on time, plan beside actual per link, overruns (NET-01, TIM-14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, F, Q, QuerySet

from courierqa.core.access import Access
from shipments import tracing
from shipments.fold import LegTime
from shipments.models import Lane, LaneLeg, Parcel, ParcelFacts, ScanEvent

WINDOW = timedelta(days=30)
SAMPLE = 200
LINK_CODES = ("PUP", "ARR", "DEP", "AST", "OFD", "RDY", "DLV")


@dataclass(frozen=True)
class Share:
    """Hits of a total; too few say nothing."""

    hits: int = 0
    total: int = 0

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None


def lanes_for(access: Access) -> QuerySet[Lane]:
    """Return the lanes that begin or end at the reader's sites."""
    rows = Lane.objects.filter(access.rows(site=("origin_id", "destination_id")))
    return rows.select_related("origin", "destination", "product").annotate(links=Count("legs"))


def on_time(lane_ids: Iterable[int], *, since: datetime, until: datetime) -> dict[int, Share]:
    """Return lane → deliveries on time of those due in the window; silence is late (B2)."""
    rows = ParcelFacts.objects.filter(
        parcel__lane_id__in=list(lane_ids), due_at__gte=since, due_at__lt=until, out_t01=False,
        is_test=False, exempt=False,
    )  # fmt: skip
    counted = rows.values("parcel__lane_id").annotate(
        total=Count("pk"), hits=Count("pk", filter=Q(done_at__lte=F("due_at")))
    )
    return {r["parcel__lane_id"]: Share(r["hits"], r["total"]) for r in counted}


@dataclass(frozen=True)
class LinkLine:
    """One planned link beside what happened on the lane's last parcels."""

    leg: LaneLeg
    own_minutes: int
    n: int
    median_minutes: float | None
    overruns: int

    @property
    def overrun_share(self) -> float | None:
        return self.overruns / self.n if self.n else None


def link_lines(lane: Lane, *, now: datetime) -> list[LinkLine]:
    """Return each link's limit, its real median and how often it overran (TIM-01)."""
    legs = list(lane.legs.select_related("site").order_by("position"))
    plan = [
        tracing.PlannedLeg(leg.code, leg.site_id, timedelta(minutes=leg.limit_minutes))
        for leg in legs
    ]
    spent: list[list[float]] = [[] for _leg in legs]
    late = [0] * len(legs)
    seen = [0] * len(legs)
    for accepted_at, times in _last_parcels(lane, now):
        before = accepted_at
        for place, beside in enumerate(tracing.compare(accepted_at, plan, times)):
            if beside.actual_at is None and beside.planned_at > now:
                continue
            seen[place] += 1
            late[place] += beside.is_late(now)
            if beside.actual_at is not None and not beside.is_bound:
                spent[place].append((beside.actual_at - before).total_seconds() / 60)
                before = beside.actual_at
    return [
        _line(legs, place, spent[place], seen[place], late[place]) for place in range(len(legs))
    ]


def _line(legs: Sequence[LaneLeg], place: int, spent: list[float], n: int, late: int) -> LinkLine:
    before = legs[place - 1].limit_minutes if place else 0
    typical = median(spent) if spent else None
    return LinkLine(legs[place], legs[place].limit_minutes - before, n, typical, late)


def _last_parcels(lane: Lane, now: datetime) -> list[tuple[datetime, list[LegTime]]]:
    rows = Parcel.objects.filter(lane=lane, accepted_at__gte=now - WINDOW).order_by("-accepted_at")
    accepted = dict(rows.values_list("pk", "accepted_at")[:SAMPLE])
    events = ScanEvent.objects.filter(parcel_id__in=list(accepted), code__in=LINK_CODES)
    times: dict[int, list[LegTime]] = defaultdict(list)
    columns = ("parcel_id", "code", "site_id", "person_id", "effective_at")
    for pk, code, site, person, at in events.order_by("effective_at").values_list(*columns):
        # A delivery belongs to the lane's end wherever its scan was made.
        place = lane.destination_id if code in ("DLV", "RDY") else site
        times[pk or 0].append(LegTime("DLV" if code == "RDY" else code, place, person, at))
    return [(at, times[pk]) for pk, at in accepted.items() if at is not None]
