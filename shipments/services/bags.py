"""Bags: filled by scans, sealed, carried as one, opened at the other end (LIF-14, LIF-21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars, history
from courierqa.core.access import Access
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.enums import ScanResult
from shipments.models import Bag, BagItem, Parcel, ScanEvent
from shipments.network_enums import BagStatus as Status
from shipments.services import hub_checks
from shipments.services.gates import security_stop
from shipments.services.scans import ScanAnswer, ScanInput, lock_parcels, record_scans
from staff.models import Employee, Site

MACHINE = history.Machine(
    "bag", {Status.FILLING: {"seal": Status.SEALED}, Status.SEALED: {"unpack": Status.OPENED}}
)
PREFIX = "BG"


class NoBag(DomainError):
    """There is no bag of this number here."""

    code = "no_bag"
    status = 422


@dataclass(frozen=True)
class Opened:
    """What came out of a bag."""

    missing: list[Parcel] = field(default_factory=list)
    surplus: list[Parcel] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    seal_differs: bool = False


@transaction.atomic
def create_bag(*, origin: Site, destination: Site, at: datetime, actor: Any) -> Bag:
    """Begin a bag for one destination."""
    if origin.pk == destination.pk:
        raise DomainError(_("Choose another site as destination"), field="destination")
    bag = Bag.objects.create(
        number=f"new-{audit.person(actor).pk if audit.person(actor) else 0}-{at:%H%M%S%f}"[:20],
        origin=origin, destination=destination,
    )  # fmt: skip
    bag.number = f"{PREFIX}{calendars.business_day(at):%y%m%d}{bag.pk:06d}"
    bag.save(update_fields=["number"])
    history.begin(bag, machine=MACHINE, actor=actor, at=at)
    return bag


@transaction.atomic
def put_into_bag(
    *, bag: Bag, waybills: Sequence[str], at: datetime, person: Employee | None, actor: Any
) -> dict[str, str]:
    """Put parcels into a bag that is being filled; return number → why not, for those left out."""
    bag = Bag.objects.select_for_update(no_key=True).get(pk=bag.pk)
    if bag.status != Status.FILLING:
        raise DomainError(_("This bag is sealed; nothing more goes in"), code="bag_sealed")
    # Locked, so that two bags filled at once never hold the same parcel.
    parcels = lock_parcels(waybills)
    held = dict(_lying_in(parcels.values()).values_list("parcel_id", "bag__number"))
    refused, taken = {}, []
    for waybill in dict.fromkeys(waybills):
        why = _why_not(parcels.get(waybill), bag, held)
        if why:
            refused[waybill] = why
        else:
            taken.append(parcels[waybill])
    BagItem.objects.bulk_create(
        [BagItem(bag=bag, parcel=parcel, put_at=at) for parcel in taken], ignore_conflicts=True
    )
    _scan("BAG", bag, taken, site_id=bag.origin_id, at=at, person=person)
    audit.record("bag.put", bag, actor=actor, at=at, fields=["items"])
    return refused


def _lying_in(parcels: Iterable[Parcel]) -> Any:
    open_bags = BagItem.objects.filter(parcel__in=[p.pk for p in parcels], taken_at=None)
    return open_bags.exclude(bag__status=Status.OPENED)


def _why_not(parcel: Parcel | None, bag: Bag, held: dict[int, str]) -> str:
    if parcel is None:
        return _("No such parcel. Check the number")
    if parcel.state in enums.ENDED:
        return _("This parcel has ended: %(state)s") % {"state": parcel.get_state_display()}
    stop = security_stop(parcel, enums.Code.BAG)
    if stop is not None:
        return stop.message
    inside = held.get(parcel.pk)
    if inside == bag.number:
        return _("Already in this bag")
    return _("It lies in bag %(bag)s. Open that one first") % {"bag": inside} if inside else ""


def _scan(
    code: str, bag: Bag, parcels: Iterable[Parcel], *, site_id: int, at: datetime,
    person: Employee | None, **detail: Any,
) -> list[ScanAnswer]:  # fmt: skip
    """Tell one scan per parcel; ids follow from the bag, so that telling twice counts once."""
    return record_scans(
        [
            ScanInput(
                uid=scan_uid(bag, code, parcel.waybill), waybill=parcel.waybill, code=code,
                happened_at=at, device=f"bag-{bag.number}", site_id=site_id,
                person_id=person.pk if person else None,
                detail={"bag": bag.number, "bag_seal": bag.seal, **detail},
            )
            for parcel in parcels
        ],
        source=enums.Source.HUB, recorded_at=at,
    )  # fmt: skip


def scan_uid(bag: Bag, code: str, waybill: str) -> UUID:
    """Return the id of a parcel's scan into or out of this bag."""
    return uuid5(NAMESPACE_URL, f"bag:{bag.number}:{code}:{waybill}")


@transaction.atomic
def seal_bag(*, bag: Bag, seal: str, at: datetime, person: Employee | None, actor: Any) -> None:
    """Close a bag with a numbered seal; an empty bag is not sealed."""
    if not seal.strip():
        raise DomainError(_("Enter the number of the seal"), code="required", field="seal")
    if not bag.items.exists():
        raise DomainError(_("The bag is empty. Scan parcels into it first"), code="empty")
    if Bag.objects.filter(seal=seal, status=Status.SEALED).exclude(pk=bag.pk).exists():
        used = _("This seal is on another bag that is still closed")
        raise DomainError(used, code="seal_used", field="seal")
    history.transition(
        bag, "seal", machine=MACHINE, actor=actor, at=at,
        changes={"seal": seal, "sealed_at": at, "sealed_by": person},
    )  # fmt: skip


@transaction.atomic
def open_bag(
    *, bag: Bag, site: Site, seal_found: str, waybills: Sequence[str], at: datetime,
    person: Employee | None, actor: Any,
) -> Opened:  # fmt: skip
    """Open a sealed bag and compare what lies in it with what was put in.

    Missing pieces and another seal open exceptions; surplus pieces are findings.
    """
    if not seal_found.strip():
        wrong = _("Enter the seal number as you found it; type NONE when there was none")
        raise DomainError(wrong, code="required", field="seal_found")
    history.transition(
        bag, "unpack", machine=MACHINE, actor=actor, at=at,
        changes={"seal_found": seal_found, "opened_at": at, "opened_by": person,
                 "opened_site": site},
    )  # fmt: skip
    inside = {item.parcel.waybill: item for item in bag.items.select_related("parcel")}
    seen = {p.waybill: p for p in Parcel.objects.filter(waybill__in=waybills)}
    surplus = [parcel for number, parcel in seen.items() if number not in inside]
    missing = [item.parcel for number, item in inside.items() if number not in seen]
    _scan("UNB", bag, seen.values(), site_id=site.pk, at=at, person=person, seal_found=seal_found)
    bag.items.filter(parcel__in=seen.values()).update(taken_at=at)
    BagItem.objects.bulk_create(
        [BagItem(bag=bag, parcel=p, put_at=at, taken_at=at, is_surplus=True) for p in surplus]
    )
    differs = seal_found.strip().upper() != bag.seal.strip().upper()
    _tell(bag, site, at, missing=missing, surplus=surplus, seen=list(seen.values()),
          differs=differs)  # fmt: skip
    unknown = [number for number in dict.fromkeys(waybills) if number not in seen]
    return Opened(missing, surplus, unknown, seal_differs=differs)


def _tell(
    bag: Bag, site: Site, at: datetime, *, missing: list[Parcel], surplus: list[Parcel],
    seen: list[Parcel], differs: bool,
) -> None:  # fmt: skip
    said = {"bag": bag.number}
    for parcel in missing:
        row = _mark(bag, parcel, site, at)
        hub_checks.finding(row, "bag_missing", **said)
        words = _("Missing when bag %(bag)s was opened") % said
        hub_checks.open_for(parcel, enums.ExceptionKind.LOST, row, cause="bag-missing", note=words)
    for parcel in surplus:
        hub_checks.finding(_mark(bag, parcel, site, at), "bag_surplus", **said)
    for parcel in seen if differs else []:
        row = _mark(bag, parcel, site, at)
        hub_checks.finding(row, "bag_seal", was=bag.seal, seen=bag.seal_found, **said)
        words = _("Bag %(bag)s was sealed with %(was)s and came with %(seen)s") % {
            "was": bag.seal, "seen": bag.seal_found, **said,
        }  # fmt: skip
        hub_checks.open_for(
            parcel, enums.ExceptionKind.DAMAGED, row, cause="seal-differs", note=words
        )


def _mark(bag: Bag, parcel: Parcel, site: Site, at: datetime) -> ScanEvent:
    """Return the scan a finding hangs on; a missing parcel has none, its id stands alone."""
    return ScanEvent(
        uid=scan_uid(bag, "UNB", parcel.waybill), parcel_id=parcel.pk, site_id=site.pk,
        recorded_at=at,
    )  # fmt: skip


# -- scanning a bag as if it were its parcels -----------------------------------------------------
def members(numbers: Iterable[str], *, at: datetime | None = None) -> dict[str, list[str]]:
    """Return bag number → waybills of the parcels in it (at a moment, when given)."""
    wanted = [number for number in set(numbers) if number.startswith(PREFIX)]
    found: dict[str, list[str]] = defaultdict(list)
    if not wanted:
        return found
    rows = BagItem.objects.filter(bag__number__in=wanted, is_surplus=False)
    for item in rows.select_related("bag", "parcel").order_by("pk"):
        inside = item.taken_at is None or (at is not None and item.put_at <= at < item.taken_at)
        if inside:
            found[item.bag.number].append(item.parcel.waybill)
    return found


def record_with_bags(
    events: Sequence[ScanInput],
    *,
    source: str,
    recorded_at: datetime,
    actor_access: Access | None = None,
) -> list[ScanAnswer]:
    """Record scans of which some name a bag: one event per parcel in it, one answer per scan.

    The ids of the single events follow from the bag scan's own, so a repetition is a duplicate.
    """
    spread: list[tuple[int, ScanInput]] = []
    for place, event in enumerate(events):
        inside = members([event.waybill], at=event.happened_at)[event.waybill]
        spread += [(place, _one_of(event, waybill)) for waybill in inside] or [(place, event)]
    answers = record_scans(
        [event for _place, event in spread], source=source, recorded_at=recorded_at,
        actor_access=actor_access,
    )  # fmt: skip
    told: dict[int, list[ScanAnswer]] = defaultdict(list)
    for (place, _event), answer in zip(spread, answers, strict=True):
        told[place].append(answer)
    return [_together(event, told[place]) for place, event in enumerate(events)]


def _one_of(event: ScanInput, waybill: str) -> ScanInput:
    return replace(
        event, uid=uuid5(event.uid, waybill), waybill=waybill,
        detail={**event.detail, "bag": event.waybill},
    )  # fmt: skip


WORST = (
    ScanResult.REJECTED, ScanResult.CONFLICT, ScanResult.UNMATCHED, ScanResult.CREATED,
    ScanResult.DUPLICATE,
)  # fmt: skip


def _together(event: ScanInput, answers: list[ScanAnswer]) -> ScanAnswer:
    """One answer for a bag: the worst of its parcels'."""
    worst = min(answers, key=lambda answer: WORST.index(answer.result))
    return replace(worst, uid=event.uid)
