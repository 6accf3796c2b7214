"""Returns, exchanges, recalls: the way back is a linked parcel with its own promise (LIF-19)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.enums import State
from shipments.models import Parcel, ReturnRequest
from shipments.services import orders, refolding
from shipments.services.gates import require_free
from shipments.services.holding import hold
from shipments.services.order_checks import OrderWishes, PartyInput
from shipments.services.scans import ScanInput, record_scans

# From here a parcel can be turned round without having been delivered.
TURNABLE = (State.ACCEPTED, State.AT_SITE, State.AT_STATION, State.UNDELIVERED, State.AT_POINT)
# Who asked decides whether the lateness of the trip is ours (B12).
CAUSE_OF = {"recipient": "refused", "sender": "sender_wish", "us": "ours"}


@transaction.atomic
def request_return(
    *, parcel: Parcel, kind: str, asked_by: str, cause: str, at: datetime, actor: Any
) -> ReturnRequest:
    """Take the wish and make the parcel of the way back.

    A delivered parcel is fetched again with an order of its own; one still in our hands is
    turned round and keeps travelling under the new number. It adds no volume (B12).
    """
    hold(parcel)
    _check(parcel, kind, asked_by, cause)
    wish = ReturnRequest.objects.create(
        parcel=parcel, kind=kind, asked_by=asked_by, cause=cause.strip()[:200], at=at,
        by=audit.person(actor),
    )  # fmt: skip
    wish.back = _back(parcel, f"return:{wish.pk}", at, actor)
    wish.save(update_fields=["back", "updated_at"])
    if parcel.state != State.DELIVERED:
        _turn_round(parcel, wish, at)
    audit.record("parcel.return", parcel, actor=actor, at=at, fields=[kind])
    return wish


def _check(parcel: Parcel, kind: str, asked_by: str, cause: str) -> None:
    if kind not in enums.ReturnKind.values:
        raise DomainError(_("Choose what is wanted"), code="required", field="kind")
    if asked_by not in enums.AskedBy.values:
        raise DomainError(_("Choose who asked"), code="required", field="asked_by")
    if not cause.strip():
        raise DomainError(_("Say why"), code="required", field="cause")
    if parcel.parent_id is not None:
        raise DomainError(_("This parcel is itself on the way back"), code="is_return")
    fits = parcel.state == State.DELIVERED or parcel.state in TURNABLE
    if kind == enums.ReturnKind.RECALL:
        fits = parcel.state in TURNABLE
    if not fits:
        text = _("Not possible now: %(state)s") % {"state": parcel.get_state_display()}
        raise DomainError(text, code="wrong_state", field="kind")
    if parcel.returns.filter(inspected_at=None).exists():
        raise DomainError(_("A return of this parcel is already under way"), code="already_open")
    if parcel.state != State.DELIVERED:
        require_free(parcel, enums.Code.RTS)


def _party(parcel: Parcel, who: str) -> PartyInput:
    return PartyInput(
        getattr(parcel, f"{who}_name"), getattr(parcel, f"{who}_phone"),
        getattr(parcel, f"{who}_address"),
    )  # fmt: skip


def _back(parcel: Parcel, key: str, at: datetime, actor: Any) -> Parcel:
    back = orders.place_order(
        key=key, channel=enums.OrderChannel.PHONE, product=parcel.product,
        origin=parcel.destination, destination=parcel.origin, at=at, actor=actor,
        sender=_party(parcel, "recipient"), recipient=_party(parcel, "sender"),
        customer=parcel.customer, item_kind=parcel.item_kind, item_name=parcel.item_name,
        weight_g=parcel.weight_g, declared_value_fen=parcel.declared_value_fen,
        wishes=OrderWishes(checked_before=True, marks=tuple(parcel.marks)),
    )  # fmt: skip
    Parcel.objects.filter(pk=back.pk).update(parent=parcel)
    back.parent = parcel
    refolding.refold([back.pk], now=at)
    return back


def _turn_round(parcel: Parcel, wish: ReturnRequest, at: datetime) -> None:
    """Say it of the first parcel, and take the second one in: its goods were seen before."""
    here = parcel.last_site_id or parcel.destination_id
    back: Parcel = wish.back  # type: ignore[assignment]
    known = {"result": "pass", "inherited": parcel.waybill}
    cause = "recall" if wish.kind == enums.ReturnKind.RECALL else CAUSE_OF[wish.asked_by]
    told: tuple[tuple[str, Parcel, dict[str, Any]], ...] = (
        ("RTS", parcel, {"cause": cause, "child": back.waybill, "why": wish.cause}),
        ("RNV", back, known), ("INS", back, known), ("PUP", back, {"inherited": parcel.waybill}),
    )  # fmt: skip
    scans = [
        ScanInput(
            uid=uuid4(), waybill=one.waybill, code=code, happened_at=at, device="office",
            site_id=here, detail=detail,
        )
        for code, one, detail in told
    ]  # fmt: skip
    record_scans(scans, source=enums.Source.OFFICE, recorded_at=at)


@transaction.atomic
def inspect_return(
    wish: ReturnRequest, *, result: str, note: str, at: datetime, actor: Any
) -> None:
    """Write down what came back; goods not complete and whole need words."""
    _lock(wish)
    if wish.inspected_at is not None:
        raise DomainError(_("These goods were inspected before"), code="inspected")
    if result not in enums.Inspection.values:
        raise DomainError(_("Choose what was found"), code="required", field="result")
    if result != enums.Inspection.GOOD and not note.strip():
        raise DomainError(_("Describe what was found"), code="required", field="note")
    wish.inspection, wish.inspection_note = result, note.strip()[:300]
    wish.inspected_at, wish.inspected_by = at, audit.person(actor)
    wish.save()
    if wish.parcel.state == State.RETURNING:
        require_free(wish.parcel, enums.Code.RTD)
        scan = ScanInput(
            uid=uuid4(), waybill=wish.parcel.waybill, code="RTD", happened_at=at, device="office",
            site_id=wish.parcel.origin_id, detail={"inspection": result},
        )  # fmt: skip
        record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)
    audit.record("parcel.return_inspected", wish.parcel, actor=actor, at=at, fields=[result])


def _lock(wish: ReturnRequest) -> None:
    """Wait for whoever works on this return, and see what they wrote."""
    ReturnRequest.objects.select_for_update(no_key=True, of=("self",)).get(pk=wish.pk)
    wish.refresh_from_db()


@transaction.atomic
def send_replacement(wish: ReturnRequest, *, at: datetime, actor: Any) -> Parcel:
    """Order the other goods of an exchange, once the old ones were looked at."""
    _lock(wish)
    if wish.kind != enums.ReturnKind.EXCHANGE:
        raise DomainError(_("Only an exchange sends other goods"), code="no_exchange")
    if wish.inspected_at is None:
        raise DomainError(_("Inspect what came back first"), code="not_inspected")
    if wish.replacement_id is not None:
        raise DomainError(_("Other goods were already sent"), code="already_sent")
    parcel = wish.parcel
    other = orders.place_order(
        key=f"exchange:{wish.pk}", channel=enums.OrderChannel.PHONE, product=parcel.product,
        origin=parcel.origin, destination=parcel.destination, at=at, actor=actor,
        sender=_party(parcel, "sender"), recipient=_party(parcel, "recipient"),
        customer=parcel.customer, item_kind=parcel.item_kind, item_name=parcel.item_name,
        weight_g=parcel.weight_g, wishes=OrderWishes(checked_before=True),
    )  # fmt: skip
    wish.replacement = other
    wish.save(update_fields=["replacement", "updated_at"])
    audit.record("parcel.exchange", parcel, actor=actor, at=at)
    return other
