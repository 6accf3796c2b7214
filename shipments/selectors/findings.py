"""Findings a reader may see: what did not fit, where, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from courierqa.core.access import Access
from shipments import enums
from shipments.models import Finding, ScanEvent
from staff.models import Employee, Site


def findings_for(access: Access) -> QuerySet[Finding]:
    """Return the findings of the actor's scope."""
    rows = Finding.objects.filter(access.rows(site=("site_id", "parcel__destination_id")))
    return rows.select_related("parcel")


def chosen_findings(rows: QuerySet[Finding], asked: Mapping[str, str]) -> QuerySet[Finding]:
    """Narrow findings by what the address asks for; what it does not know is left out."""
    state = asked.get("state") or "open"
    if state == "open":
        rows = rows.filter(closed_at=None)
    elif state == "closed":
        rows = rows.exclude(closed_at=None)
    if asked.get("kind") in enums.FindingKind.values:
        rows = rows.filter(kind=asked["kind"])
    if asked.get("code"):
        rows = rows.filter(code=asked["code"][:40])
    if asked.get("site"):
        rows = rows.filter(site_id__in=Site.objects.filter(code=asked["site"][:40]).values("pk"))
    if asked.get("q"):
        rows = rows.filter(parcel__waybill=asked["q"].strip().upper()[:40])
    return rows


def counts_by_kind(rows: QuerySet[Finding]) -> dict[str, int]:
    """Return how many of each kind."""
    found = rows.order_by().values_list("kind").annotate(n=Count("pk"))
    return dict(found)


def counts_by_site(rows: QuerySet[Finding], *, most: int = 12) -> list[tuple[Site | None, int]]:
    """Return the sites with the most findings, and how many each has."""
    found = list(rows.order_by().values_list("site_id").annotate(n=Count("pk")).order_by("-n"))
    sites = Site.objects.in_bulk([pk for pk, _n in found[:most] if pk is not None])
    return [(sites.get(pk) if pk is not None else None, n) for pk, n in found[:most]]


@dataclass(frozen=True)
class FindingRow:
    """A finding as a line of the list: with its scan, place and person."""

    finding: Finding
    words: str
    hint: str
    event: ScanEvent | None
    site: Site | None
    person: Employee | None


def finding_rows(findings: Iterable[Finding]) -> list[FindingRow]:
    """Return findings with what stands beside them, in three queries."""
    rows = list(findings)
    events = _events(rows)
    sites = Site.objects.in_bulk({r.site_id for r in rows if r.site_id is not None})
    people = Employee.objects.in_bulk({e.person_id for e in events.values() if e.person_id})
    made = []
    for row in rows:
        event = events.get(row.event_uid) if row.event_uid else None
        person = people.get(event.person_id) if event is not None and event.person_id else None
        site = sites.get(row.site_id) if row.site_id is not None else None
        made.append(FindingRow(row, finding_words(row), hint_of(row), event, site, person))
    return made


def _events(rows: list[Finding]) -> dict[UUID, ScanEvent]:
    uids = [row.event_uid for row in rows if row.event_uid is not None]
    parcels = {row.parcel_id for row in rows if row.parcel_id is not None}
    found = ScanEvent.objects.filter(parcel_id__in=parcels, uid__in=uids).order_by("-pk")
    return {event.uid: event for event in found}


def finding_words(finding: Finding) -> str:
    """Return what a finding says, in words."""
    text = _words().get(finding.code)
    if text is None:
        return str(enums.FindingKind(finding.kind).label)
    if finding.code == "unknown_reason":
        return f"{text} ({finding.detail.get('reason') or '—'})"
    return text


def words_of(code: str) -> str:
    """Return what a mark says, or nothing where it has no words."""
    return _words().get(code, "")


def hint_of(finding: Finding) -> str:
    """Return what the decider should look for."""
    return _hints().get(finding.code, "")


def _words() -> dict[str, str]:
    return {
        "gap": _("A scan before this one is missing"),
        "no_pickup": _("No pickup scan"),
        "after_end": _("Scanned after the end of the trip"),
        "second_delivery": _("A second delivery scan; the first one counts"),
        "after_acceptance": _("Belongs before the pickup"),
        "out_of_order": _("Not in order"),
        "not_inspected": _("Accepted without inspecting the contents"),
        "identity_not_verified": _("Accepted without checking the sender's identity"),
        "not_screened": _("Left without machine screening"),
        "no_consent": _("Without the recipient's consent"),
        "proxy_unnamed": _("The person who took it is not named"),
        "security_stop": _("Moved in spite of a security stop"),
        "way_missing": _("Way of delivery not recorded; not counted as delivered"),
        "bare_delivery": _("“Delivered” at a site the parcel never reached; not counted"),
        "invalid_attempt": _("Not a valid attempt"),
        "void_without_reason": _("Declared wrong without a reason; not applied"),
        "corrects_unknown": _("Corrects a scan that is not here"),
        "voids_unknown": _("Declares a scan wrong that is not here"),
        "seal_differs": _("Another seal than before"),
        "screening_rule": _("Left without the screening its region needs"),
        "bag_missing": _("Missing when its bag was opened"),
        "bag_surplus": _("Found in a bag it was not put into"),
        "bag_seal": _("Its bag came with another seal"),
        "trip_missing": _("Loaded on a trip, not unloaded from it"),
        "trip_surplus": _("Came off a trip it was not loaded on"),
        "stocktake_missing": _("Missing at the stocktake"),
        "stocktake_unexpected": _("Found at a stocktake where it should not be"),
        "other_content": _("The same id came again with other content"),
        "while_returning": _("Scanned as a delivery on the way back to the sender"),
        "not_accepted": _("Lost or disposed of, but never accepted"),
        "handed_over": _("Changed hands between couriers without a scan"),
        "nothing_delivered": _("Receipt disputed, but nothing was delivered"),
        "not_lost": _("Found again, but nobody searched for it"),
        "reason_missing": _("Scanned without the reason it needs"),
        "not_held": _("Released, but it was not held"),
        "wrong_lane": _("Sorted to a lane that is not the parcel's"),
        "not_at_point": _("Not collected, but it does not wait at a pickup point"),
        "pieces_unclear": _("Partly delivered, but not how many pieces of how many"),
        "pieces_complete": _("Partly delivered, but all pieces are handed over"),
        "unknown_reason": _("Unmapped reason code"),
        "unknown_result": _("A check whose result is not known; it passes nothing"),
        "leaver": _("Sent by somebody who no longer works here"),
        "future": _("Device clock ahead; server time counts"),
        "clock": _("Device clock wrong; server time counts"),
        "before_acceptance": _("Earlier than the pickup"),
        "late_upload": _("Sent more than 24 hours later; server time counts"),
    }


def _hints() -> dict[str, str]:
    return {
        "way_missing": _("Ask the courier and look at the evidence. Confirm with the way it was "
                         "handed over, or declare the scan wrong"),
        "bare_delivery": _("Ask who scanned it and where the parcel is. Confirm with the way it "
                           "was handed over, or declare the scan wrong"),
        "second_delivery": _("Confirm if the second delivery is the true one: the first is then "
                             "declared wrong. Else declare this scan wrong"),
        "leaver": _("Confirm if the parcel bears it out. Else declare the scan wrong"),
        "late_upload": _("Confirm if the phone was offline and its own time is right; it then "
                         "counts. Whoever scanned it cannot approve it"),
        "before_acceptance": _("Confirm if the device's own time is right; it then counts"),
        "unknown_reason": _("Choose the reason of our list that was meant"),
    }  # fmt: skip
