"""What hub scans are checked for as they are stored: the sort, the seal, the screening.

A scan of a deed already done is never refused: what is wrong becomes a MIS scan, a finding or
an exception beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import uuid5

from django.utils.translation import gettext as _

from shipments import enums
from shipments.enums import Code
from shipments.models import Finding, Parcel, ScanEvent
from shipments.selectors.screening import ScreeningRules, screened
from shipments.selectors.ways import WayPlans
from shipments.services import bulk, exceptions
from staff.models import Site

SEALED = frozenset({Code.PUP, Code.ARR, Code.AST, Code.DEP, Code.SRT})
RETURNING = (enums.State.RETURNING, enums.State.RETURNED)


def missorts(fresh: Sequence[ScanEvent], parcels: Mapping[str, Parcel]) -> list[ScanEvent]:
    """Return a MIS scan for each sort that leads elsewhere than the plan (LIF-13).

    Its id follows from the sort's, so that sending a sort again adds nothing.
    """
    sorts = [row for row in fresh if row.code == Code.SRT and row.detail.get("next")]
    if not sorts:
        return []
    moving = [p for p in parcels.values() if p.state not in RETURNING]
    plans, known = WayPlans(moving), {p.pk: p for p in moving}
    codes = dict(Site.objects.values_list("pk", "code"))
    found = []
    for row in sorts:
        parcel = known.get(row.parcel_id or 0)
        expected = codes.get(plans.next_site(parcel, row.site_id or 0) or 0) if parcel else None
        if expected and expected != row.detail["next"]:
            found.append(_missort(row, expected))
    return found


def _missort(row: ScanEvent, expected: str) -> ScanEvent:
    detail = {"expected": expected, "sorted_to": row.detail["next"]}
    if row.detail.get("by"):
        detail["by"] = row.detail["by"]
    return ScanEvent(
        uid=uuid5(row.uid, "MIS"), device=row.device, parcel_id=row.parcel_id, code=Code.MIS,
        waybill=row.waybill, detail=detail, happened_at=row.happened_at, flags=[],
        utc_offset=row.utc_offset, recorded_at=row.recorded_at, effective_at=row.effective_at,
        site_id=row.site_id, person_id=row.person_id, source=row.source, fingerprint="mis",
    )  # fmt: skip


def note(fresh: Iterable[ScanEvent], parcels: Sequence[Parcel]) -> None:
    """Write findings about seals that differ and departures without the screening due."""
    rows = [row for row in fresh if row.parcel_id is not None]
    known = {parcel.pk: parcel for parcel in parcels}
    _seals([row for row in rows if row.code in SEALED and row.detail.get("seal")], known)
    _departures([row for row in rows if row.code == Code.DEP], known)


# -- seals --------------------------------------------------------------------------------------
def _seals(rows: list[ScanEvent], known: Mapping[int, Parcel]) -> None:
    """A seal other than the one seen before, without a word that it was renewed (LIF-21)."""
    looked = [row for row in rows if row.code != Code.PUP and not row.detail.get("resealed")]
    if not looked:
        return
    before = seals_of({row.parcel_id or 0 for row in looked})
    for row in looked:
        earlier = [seal for at, uid, seal in before.get(row.parcel_id or 0, [])
                   if uid != row.uid and at <= row.effective_at]  # fmt: skip
        if earlier and earlier[-1] != str(row.detail["seal"]):
            seal_differs(row, known[row.parcel_id or 0], earlier[-1], str(row.detail["seal"]))


def seals_of(parcel_ids: Iterable[int]) -> dict[int, list[tuple]]:  # type: ignore[type-arg]
    """Return (time, id, seal) of every scan that named a seal, in order of time."""
    rows = ScanEvent.objects.filter(parcel_id__in=list(parcel_ids), code__in=SEALED)
    found: dict[int, list[tuple]] = {}  # type: ignore[type-arg]
    for row in rows.order_by("effective_at", "pk"):
        if row.detail.get("seal") and row.parcel_id is not None:
            seen = (row.effective_at, row.uid, str(row.detail["seal"]))
            found.setdefault(row.parcel_id, []).append(seen)
    return found


def seal_differs(row: ScanEvent, parcel: Parcel, was: str, now: str) -> None:
    """Store the finding and open the exception of a seal that is another one."""
    finding(row, "seal_differs", was=was, seen=now)
    words = _("Seal %(now)s found where %(was)s was put on") % {"now": now, "was": was}
    open_for(parcel, enums.ExceptionKind.DAMAGED, row, cause="seal-differs", note=words)


# -- screening ----------------------------------------------------------------------------------
def _departures(rows: list[ScanEvent], known: Mapping[int, Parcel]) -> None:
    """Region and destination rules; air and rail are judged by the fold itself."""
    if not rows:
        return
    rules = ScreeningRules()
    rules.rules = [rule for rule in rules.rules if not rule.mode]
    due = [row for row in rows if rules.due(known[row.parcel_id or 0], "")] if rules.rules else []
    done = screened([known[row.parcel_id or 0] for row in due]) if due else set()
    for row in due:
        if row.parcel_id not in done:
            finding(row, "screening_rule", mode=str(row.detail.get("mode") or ""))


# -- shared -------------------------------------------------------------------------------------
def finding(row: ScanEvent, code: str, **detail: str) -> None:
    """Store one finding beside a scan; the same twice is one."""
    made = Finding(
        parcel_id=row.parcel_id, kind=enums.FindingKind.GATE, code=code, event_uid=row.uid,
        site_id=row.site_id, detail=detail, found_at=row.recorded_at,
    )  # fmt: skip
    bulk.insert_rows(Finding, [made])


def open_for(
    parcel: Parcel, kind: enums.ExceptionKind, row: ScanEvent, *, cause: str, note: str
) -> None:
    """Open an exception about a scan, unless one of the kind is open."""
    of = exceptions.class_of(kind, exceptions.classes())
    exceptions.open_many(
        [
            exceptions.fresh(
                parcel.pk, of, at=row.recorded_at, site_id=row.site_id or parcel.destination_id,
                found_at=row.effective_at, reported_at=row.recorded_at, cause=cause,
                note=note[:300], description=note,
            )
        ]
    )  # fmt: skip
