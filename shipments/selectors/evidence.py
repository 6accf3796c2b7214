"""Trace-back as evidence: plan beside scans, chain of custody, the link it points to (EXC-09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from shipments import enums, tracing
from shipments.fold import LegTime
from shipments.models import Parcel, ParcelFacts, ScanEvent
from shipments.selectors.timelines import planned_legs
from staff.models import Employee, Site

# Scans by which a parcel passes from one hand or place to another.
CUSTODY = ("PUP", "ARR", "DEP", "AST", "OFD", "ATT", "NAT", "RFS", "RDY", "DLV", "RTS", "RTD")


@dataclass(frozen=True)
class LinkLine:
    """One planned link beside what happened."""

    label: str
    site: str
    person: str
    planned_at: datetime
    actual_at: datetime | None
    is_bound: bool
    late_by: timedelta | None
    is_first: bool


@dataclass(frozen=True)
class Hand:
    """One place or person that had the parcel, and for how long."""

    label: str
    site: str
    person: str
    at: datetime
    kept: timedelta


@dataclass(frozen=True)
class Evidence:
    """What the scans say about who had the parcel and where time went."""

    links: list[LinkLine]
    hands: list[Hand]
    site: Site | None
    person: Employee | None
    words: str


def evidence(parcel: Parcel, *, now: datetime) -> Evidence:
    """Return the trace-back of a parcel. It suggests; a person decides."""
    rows = list(ScanEvent.objects.filter(parcel_id=parcel.pk, code__in=CUSTODY))
    rows.sort(key=lambda row: (row.effective_at, row.pk))
    plan = planned_legs(parcel)
    site_ids = {r.site_id for r in rows} | {leg.site_id for leg in plan}
    facts = ParcelFacts.objects.filter(parcel_id=parcel.pk).first()
    if facts and facts.cause_site_id:
        site_ids.add(facts.cause_site_id)
    sites = Site.objects.in_bulk([pk for pk in site_ids if pk])
    person_ids = {r.person_id for r in rows} | {facts.cause_courier_id if facts else None}
    people = Employee.objects.in_bulk([pk for pk in person_ids if pk])
    hands = _hands(rows, sites, people, parcel.done_at or now)
    site, person, words = _suggestion(facts, rows, sites, people)
    return Evidence(_links(parcel, plan, rows, sites, people, now), hands, site, person, words)


def _links(
    parcel: Parcel, plan: list[tracing.PlannedLeg], rows: list[ScanEvent],
    sites: dict[int, Site], people: dict[int, Employee], now: datetime,
) -> list[LinkLine]:  # fmt: skip
    if parcel.accepted_at is None:
        return []
    legs = [LegTime(r.code, r.site_id, r.person_id, r.effective_at) for r in rows]
    found: list[LinkLine] = []
    for leg in tracing.compare(parcel.accepted_at, plan, legs):
        late = leg.is_late(parcel.done_at or now)
        found.append(
            LinkLine(
                str(enums.Code(leg.code).label), str(sites.get(leg.site_id, "")),
                str(people.get(leg.person_id or 0, "")), leg.planned_at, leg.actual_at,
                leg.is_bound,
                (leg.actual_at or parcel.done_at or now) - leg.planned_at if late else None,
                is_first=late and not any(line.late_by for line in found),
            )
        )  # fmt: skip
    return found


def _hands(
    rows: list[ScanEvent], sites: dict[int, Site], people: dict[int, Employee], end: datetime
) -> list[Hand]:
    ends = [*(row.effective_at for row in rows[1:]), end][: len(rows)]
    return [
        Hand(
            str(enums.Code(row.code).label), str(sites.get(row.site_id or 0, "")),
            str(people.get(row.person_id or 0, "")), row.effective_at,
            max(until - row.effective_at, timedelta()),
        )
        for row, until in zip(rows, ends, strict=True)
    ]  # fmt: skip


def _suggestion(
    facts: ParcelFacts | None, rows: list[ScanEvent], sites: dict[int, Site],
    people: dict[int, Employee],
) -> tuple[Site | None, Employee | None, str]:  # fmt: skip
    """The first late link; for a parcel that is not late, whoever had it last."""
    if facts is not None and facts.cause_leg:
        code = facts.cause_leg.split(" ")[0]
        words = str(enums.Code(code).label) if code in enums.Code.values else code
        return (sites.get(facts.cause_site_id or 0), people.get(facts.cause_courier_id or 0), words)
    if not rows:
        return None, None, ""
    last = rows[-1]
    words = str(enums.Code(last.code).label)
    return sites.get(last.site_id or 0), people.get(last.person_id or 0), words
