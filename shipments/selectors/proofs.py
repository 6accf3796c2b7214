"""Handovers without the evidence their way asks for, listed by day (DEL-10, DEL-14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from courierqa.core import calendars
from courierqa.core.access import Access
from shipments import enums
from shipments.models import Finding, Parcel, Proof, ProofRule, ScanEvent
from shipments.selectors.parcels import parcels_for
from staff.models import Employee, Site

LIMIT = 2000
SLACK = timedelta(days=1)
GAPS = ("evidence", "signer", "relation", "consent", "unchecked")


def rules_by_way() -> dict[str, ProofRule]:
    """Return way of delivery → what proves it."""
    return {rule.way: rule for rule in ProofRule.objects.all()}


def gaps_of(
    detail: dict[str, Any], kinds: Iterable[str], rule: ProofRule | None, *, agreed: bool
) -> list[str]:
    """Return what a handover lacks: evidence, signer, relation, consent."""
    if rule is None:
        return []
    noted = {str(detail.get("proof") or "")} | set(kinds)
    if detail.get("identity_seen") is True:
        noted.add("id_shown")
    # A reason why nobody signed is for a person to judge; it is no evidence by itself.
    found = []
    if rule.kinds and not noted & set(rule.kinds):
        found.append("evidence")
    if rule.needs_signer and not (detail.get("signer") or detail.get("name")):
        found.append("signer")
    if rule.needs_relation and not detail.get("relation"):
        found.append("relation")
    if rule.needs_consent and not agreed:
        found.append("consent")
    return found


def gap_words(gaps: Iterable[str]) -> list[str]:
    """Say in words what is missing."""
    words = {
        "evidence": _("No signature, photo or code"),
        "signer": _("The person who took it is not named"),
        "relation": _("Relation to the recipient missing"),
        "consent": _("Without the recipient's consent"),
        "unchecked": _("Not offered for checking"),
    }
    return [words[gap] for gap in gaps]


@dataclass(frozen=True)
class MissingProof:
    """One handover that lacks something."""

    event: ScanEvent
    parcel: Parcel
    gaps: list[str]
    person: str
    site: str

    @property
    def words(self) -> list[str]:
        return gap_words(self.gaps)

    @property
    def way(self) -> str:
        way = str(self.event.detail.get("way") or "locker")
        return str(enums.DeliveryWay(way).label) if way in enums.DeliveryWay.values else way


def missing_proofs(access: Access, day: date, *, only: str = "") -> list[MissingProof]:
    """Return the handovers of a business day that lack evidence, in order of time."""
    events = _handovers(access, day)
    parcels = Parcel.objects.in_bulk({e.parcel_id for e in events if e.parcel_id})
    proofs, unagreed = _proofs(events), _without_consent(events)
    rules = rules_by_way()
    found = []
    for event in events:
        parcel = parcels.get(event.parcel_id or 0)
        way = str(event.detail.get("way") or ("locker" if event.code == "RDY" else ""))
        gaps = gaps_of(event.detail, proofs.get(event.uid, ()), rules.get(way),
                       agreed=event.uid not in unagreed)  # fmt: skip
        if _unchecked(event, way):
            gaps.append("unchecked")
        if parcel is not None and gaps and (not only or only in gaps):
            found.append((event, parcel, gaps))
    return _named(found)


def _unchecked(event: ScanEvent, way: str) -> bool:
    """Say whether the courier left without the "checked by recipient" tick (DEL-08).

    Only the courier's phone has it; a scan told by others says nothing either way.
    """
    ticked = event.detail.get("checked") is True or event.detail.get("invited") is True
    return way in ("recipient", "proxy") and event.source == enums.Source.COURIER and not ticked


def _handovers(access: Access, day: date) -> list[ScanEvent]:
    start = calendars.day_start(day)
    rows = ScanEvent.objects.filter(code__in=("DLV", "RDY"), parcel_id__isnull=False)
    rows = rows.filter(effective_at__gte=start, effective_at__lt=start + SLACK)
    rows = rows.filter(happened_at__gte=start - SLACK, happened_at__lt=start + 2 * SLACK)
    if not access.is_all:
        seen = parcels_for(access).values("pk")
        rows = rows.filter(Q(site_id__in=access.sites) | Q(parcel_id__in=seen))
    voided = ScanEvent.objects.filter(code="VOI", corrects__isnull=False).values("corrects")
    return list(rows.exclude(uid__in=voided).order_by("effective_at", "pk")[:LIMIT])


def _proofs(events: list[ScanEvent]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = Proof.objects.filter(parcel_id__in={e.parcel_id for e in events})
    for uid, kind in rows.values_list("event_uid", "kind"):
        found[uid].add(kind)
    return found


def _without_consent(events: list[ScanEvent]) -> set[UUID]:
    """The fold has judged already which handovers had no word of the recipient."""
    rows = Finding.objects.filter(
        parcel_id__in={e.parcel_id for e in events}, code="no_consent", closed_at=None
    )
    return {uid for uid in rows.values_list("event_uid", flat=True) if uid is not None}


def _named(found: list[tuple[ScanEvent, Parcel, list[str]]]) -> list[MissingProof]:
    people = Employee.objects.in_bulk({e.person_id for e, _p, _g in found if e.person_id})
    sites = Site.objects.in_bulk({e.site_id for e, _p, _g in found if e.site_id})
    return [
        MissingProof(
            event, parcel, gaps, str(people.get(event.person_id or 0, "")),
            str(sites.get(event.site_id or 0, "")),
        )
        for event, parcel, gaps in found
    ]  # fmt: skip
