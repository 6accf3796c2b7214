"""A courier's day: given out, accepted, checked, started, ended with an outcome for every parcel.

Seed 004 §4.1 and §7.3. Scans stay the truth about parcels; a round says who was to do what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from shipments import addresses, enums, run_counts
from shipments.enums import CheckPhase
from shipments.enums import RoundStatus as Status
from shipments.models import (
    CheckItem,
    DeliveryRule,
    Order,
    OrderAcceptance,
    Parcel,
    Reason,
    Round,
    RoundCheck,
    RoundStop,
)
from shipments.selectors.loads import loads_of
from shipments.services.scans import ScanInput, record_scans
from shipments.services.vehicle_use import note_check, require_fit
from staff.models import Employee, Site
from staff.services import require_for_round

MACHINE = history.Machine(
    "round",
    {
        Status.PLANNED: {"accept": Status.ACCEPTED},
        Status.ACCEPTED: {"start": Status.RUNNING},
        Status.RUNNING: {"end": Status.ENDED},
    },
)
ACCEPT_MINUTES = 30
MOST = 300
ORDERS = ("area", "promise")


def accept_minutes(site: Site) -> int:
    """Return how long a courier of this kind of site has to accept (DEL-19)."""
    rule = DeliveryRule.objects.filter(kind=site.kind).first()
    return rule.accept_minutes if rule else ACCEPT_MINUTES


@transaction.atomic
def give_out(
    *, courier: Employee, site: Site, day: date, parcels: Sequence[Parcel], at: datetime,
    actor: Any, note: str = "",
) -> Round:  # fmt: skip
    """Give parcels to a courier's round of a day, which is made when it is the first time.

    A parcel of another round of that day not yet ended moves over; order by area. A courier
    whose guarding certificate ended gets none (STF-13).
    """
    require_for_round(courier, day=day)
    row, made = Round.objects.get_or_create(
        courier=courier, day=day,
        defaults={"site": site, "given_at": at, "note": note[:200],
                  "accept_by": at + timedelta(minutes=accept_minutes(site))},
    )  # fmt: skip
    if made:
        history.begin(row, machine=MACHINE, actor=actor, at=at)
    if row.status == Status.ENDED:
        raise DomainError(_("This round has ended. Give the parcels out on another day"),
                          code="round_ended", field="day")  # fmt: skip
    _add(row, parcels)
    arrange(row, by="area", at=at, actor=actor)
    return row


def _add(row: Round, parcels: Sequence[Parcel]) -> None:
    if RoundStop.objects.filter(round=row).count() + len(parcels) > MOST:
        text = _("A round takes at most %(most)d parcels") % {"most": MOST}
        raise DomainError(text, code="too_many", field="parcels")
    ids = [parcel.pk for parcel in parcels]
    other = RoundStop.objects.filter(parcel_id__in=ids, round__day=row.day).exclude(round=row)
    other.exclude(round__status=Status.ENDED).delete()
    known = set(row.stops.values_list("parcel_id", flat=True))
    RoundStop.objects.bulk_create(
        [RoundStop(round=row, parcel_id=pk, sequence=0) for pk in ids if pk not in known]
    )


@transaction.atomic
def take_back(row: Round, *, parcel: Parcel, at: datetime, actor: Any) -> None:
    """Take a parcel off the run sheet; one that was loaded stays owed an outcome."""
    RoundStop.objects.filter(round=row, parcel=parcel).delete()
    audit.record("round.take_back", row, actor=actor, at=at, fields=[parcel.waybill])


@transaction.atomic
def arrange(row: Round, *, by: str, at: datetime, actor: Any) -> None:
    """Put the stops in order: by street and house number, or by promise (DEL-04)."""
    if by not in ORDERS:
        raise DomainError(_("Choose an order"), code="required", field="by")
    stops = list(row.stops.select_related("parcel"))
    stops.sort(key=_by_area if by == "area" else _by_promise)
    _number(stops)
    audit.record("round.arrange", row, actor=actor, at=at, fields=[by])


def _by_area(stop: RoundStop) -> tuple[str, int, int]:
    address = stop.parcel.recipient_address
    return addresses.area_of(address), addresses.house_of(address), stop.parcel_id


def _by_promise(stop: RoundStop) -> tuple[bool, float, int]:
    due = stop.parcel.promised_by
    return due is None, due.timestamp() if due else 0.0, stop.parcel_id


@transaction.atomic
def set_sequence(row: Round, *, places: Mapping[int, int], at: datetime, actor: Any) -> None:
    """Put the stops in the order of typed places: parcel id → place; the rest keeps its order."""
    stops = list(row.stops.all())
    stops.sort(key=lambda stop: (places.get(stop.parcel_id, stop.sequence), stop.sequence))
    _number(stops)
    audit.record("round.arrange", row, actor=actor, at=at, fields=["by hand"])


def _number(stops: list[RoundStop]) -> None:
    for place, stop in enumerate(stops, start=1):
        stop.sequence = place
    RoundStop.objects.bulk_update(stops, ["sequence"], batch_size=200)


@transaction.atomic
def accept_round(row: Round, *, at: datetime, actor: Any) -> None:
    """Accept the round; coming later than the set time is not refused but stays visible."""
    history.transition(
        row, "accept", machine=MACHINE, actor=actor, at=at, changes={"accepted_at": at}
    )


@transaction.atomic
def accept_order(order: Order, *, courier: Employee, at: datetime, actor: Any) -> OrderAcceptance:
    """Stamp that a courier took a pickup after reading it (LIF-02); twice is once."""
    if order.courier_id != courier.pk:
        raise DomainError(_("This pickup is another courier's"), code="not_yours", field="order")
    row, made = OrderAcceptance.objects.get_or_create(
        order=order, courier=courier, defaults={"at": at}
    )
    if made:
        audit.record("order.accept", order, actor=actor, at=at)
    return row


@transaction.atomic
def save_check(
    row: Round, *, phase: str, answers: Mapping[str, bool], at: datetime, actor: Any,
    note: str = "", vehicle: str = "",
) -> RoundCheck:  # fmt: skip
    """Keep one look at vehicle, box and gear (DEL-02) or for what was forgotten (LIF-26)."""
    items = {item.code: item for item in CheckItem.objects.filter(phase=phase, is_active=True)}
    open_ = [item for code, item in items.items() if code not in answers]
    if open_:
        text = _("Answer every line; open: %(item)s") % {"item": open_[0]}
        raise DomainError(text, code="required", field=open_[0].code)
    said = {code: bool(answers[code]) for code in items}
    if not all(said.values()) and not note.strip():
        text = _("Say what is done about the things not in order")
        raise DomainError(text, code="required", field="note")
    if vehicle:
        require_fit(vehicle, field="vehicle")
        row.vehicle = vehicle[:30]
        row.save(update_fields=["vehicle", "updated_at"])
        run_counts.refresh_runs([row], at=at)
    check = RoundCheck.objects.create(
        round=row, phase=phase, answers=said, note=note.strip()[:200], at=at,
        by=audit.person(actor),
    )  # fmt: skip
    audit.record("round.check", row, actor=actor, at=at, fields=[phase])
    note_check(row, answers=said, note=note.strip(), at=at, actor=actor)
    return check


@transaction.atomic
def start_round(row: Round, *, at: datetime, actor: Any) -> None:
    """Start the round: only after the check was saved with nothing critical amiss."""
    check = row.checks.filter(phase=CheckPhase.BEFORE).order_by("-pk").first()
    if check is None:
        text = _("Save the check of vehicle, box and gear first")
        raise DomainError(text, code="not_checked", field="check")
    amiss = CheckItem.objects.filter(code__in=check.failed, is_critical=True).first()
    if amiss is not None:
        text = _("Not in order: %(item)s. Put it right and check again") % {"item": amiss}
        raise DomainError(text, code="not_fit", field="check")
    require_fit(row.vehicle, field="check")
    history.transition(
        row, "start", machine=MACHINE, actor=actor, at=at, changes={"started_at": at}
    )
    run_counts.refresh_runs([row], at=at)


@transaction.atomic
def end_round(row: Round, *, reasons: Mapping[int, str], at: datetime, actor: Any) -> list[int]:
    """End the round: every parcel loaded has an outcome, or is brought back with a reason.

    `reasons` maps the parcel ids without outcome to a reason of NAT; returns the ids recorded.
    """
    if not row.checks.filter(phase=CheckPhase.AFTER).exists():
        text = _("Go through the list of forgotten things first")
        raise DomainError(text, code="not_checked", field="check")
    left = open_loads(row)
    known = set(_reasons().values_list("code", flat=True))
    unsaid = [pk for pk in left if reasons.get(pk) not in known]
    if unsaid:
        text = ngettext(
            "%(n)d parcel has no outcome. Deliver it, or say why it comes back",
            "%(n)d parcels have no outcome. Deliver them, or say why they come back",
            len(unsaid),
        ) % {"n": len(unsaid)}
        raise DomainError(text, code="no_outcome", field="reasons")
    _bring_back(row, left, reasons, at)
    history.transition(row, "end", machine=MACHINE, actor=actor, at=at, changes={"ended_at": at})
    return left


def open_loads(row: Round) -> list[int]:
    """Return the ids of parcels loaded on this round that have no outcome yet.

    One that has ended comes back to nobody, whatever its device said about the time.
    """
    loads = loads_of(row.day, people=[row.courier_id]).get(row.courier_id, {})
    left = [pk for pk, load in loads.items() if load.outcome is None]
    over = Parcel.objects.filter(pk__in=left, state__in=enums.ENDED)
    return sorted(set(left) - set(over.values_list("pk", flat=True)))


def _reasons() -> Any:
    return Reason.objects.filter(scan_code="NAT", is_active=True)


def _bring_back(row: Round, ids: Iterable[int], reasons: Mapping[int, str], at: datetime) -> None:
    """Say of each that it was not attempted: never a failed attempt (B10)."""
    scans = [
        ScanInput(
            uid=uuid4(), waybill=parcel.waybill, code="NAT", happened_at=at, device="round",
            reason=reasons[parcel.pk], site_id=row.site_id, person_id=row.courier_id,
            detail={"round": row.pk},
        )
        for parcel in Parcel.objects.filter(pk__in=list(ids))
    ]  # fmt: skip
    record_scans(scans, source=enums.Source.OFFICE, recorded_at=at)
