"""What the papers say. Names, phones and addresses are masked (GB/T 41833); no document number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courierqa.core import formats
from courierqa.core.privacy import mask_address, mask_name, mask_phone
from shipments.models import Acceptance, Order, Parcel, Refusal
from staff.models import Employee, Site, local


@dataclass(frozen=True)
class Sheet:
    """A paper with a number, facts in lines, notes and places to sign."""

    title: str
    number: str
    company: str
    rows: list[tuple[str, str]]
    notes: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    code: str = ""
    link: str = ""


@dataclass(frozen=True)
class Label:
    """What is stuck on a parcel."""

    waybill: str
    company: str
    product: str
    route_code: str
    destination: str
    origin: str
    recipient: list[str]
    sender: list[str]
    marks: list[str]
    extra: list[tuple[str, str]]
    link: str


def company() -> str:
    """Return the company's name in the reader's language."""
    names = settings.COMPANY_NAME
    return str(names["en"] if formats.is_english() else names["zh-hans"])


def tracking_link(waybill: str) -> str:
    """Return the public address that a phone opens from the square code."""
    english = "/en" if (get_language() or "").startswith("en") else ""
    return f"{settings.PUBLIC_BASE_URL}{english}/track/{waybill}/"


def route_code(destination: Site) -> str:
    """Return the code by which a parcel is sorted: the hub, then the station."""
    hub = destination.hub
    return f"{hub.code} {destination.code}" if hub is not None else destination.code


def party(parcel: Parcel, who: str) -> list[str]:
    """Return one party masked: name and phone, then the address."""
    name, phone = getattr(parcel, f"{who}_name"), getattr(parcel, f"{who}_phone")
    first = f"{mask_name(name)}  {mask_phone(phone)}".strip()
    return [line for line in (first, mask_address(getattr(parcel, f"{who}_address"))) if line]


def marks_of(parcel: Parcel) -> list[str]:
    """Return the special-care marks in words."""
    return [str(mark.label) for mark in parcel.care]


def label_of(parcel: Parcel) -> Label:
    """Return what the label shows (LIF-06, ACC-16)."""
    accepted = acceptance_of(parcel)
    extra = [(_("Product"), str(parcel.product))]
    weight = (accepted.weight_g if accepted else None) or parcel.weight_g
    if weight:
        extra.append((_("Weight"), formats.kilos(weight)))
    if accepted and accepted.pieces:
        extra.append((_("Items"), str(accepted.pieces)))
    if parcel.cod_fen:
        extra.append((_("Cash on delivery"), formats.yuan(parcel.cod_fen)))
    if parcel.promised_by:
        extra.append((_("Promised by"), formats.moment(parcel.promised_by)))
    return Label(
        waybill=parcel.waybill, company=company(), product=str(parcel.product),
        route_code=route_code(parcel.destination), destination=str(parcel.destination),
        origin=str(parcel.origin), recipient=party(parcel, "recipient"),
        sender=party(parcel, "sender"), marks=marks_of(parcel), extra=extra,
        link=tracking_link(parcel.waybill),
    )  # fmt: skip


def acceptance_of(parcel: Parcel) -> Acceptance | None:
    """Return the acceptance record, if the parcel was accepted."""
    return Acceptance.objects.filter(parcel=parcel).first()


def size_words(accepted: Acceptance | None, order: Order | None) -> str:
    """Return the measured size, else the declared one."""
    for row in (accepted, order):
        if row is not None and row.length_cm and row.width_cm and row.height_cm:
            return f"{row.length_cm} × {row.width_cm} × {row.height_cm} cm"
    return formats.NOTHING


def slip_of(parcel: Parcel) -> Sheet:
    """Return the handover slip: number, pieces, weight, both names, time (LIF-04)."""
    accepted, order = acceptance_of(parcel), parcel.order
    pieces = (accepted.pieces if accepted else None) or (order.pieces if order else None)
    taker = Employee.objects.filter(pk=accepted.person_id).first() if accepted else None
    rows = [
        (_("Parcel number"), formats.grouped(parcel.waybill)),
        (_("Order"), order.number if order else formats.NOTHING),
        (_("Handed over by"), "  ".join(party(parcel, "sender")[:1]) or formats.NOTHING),
        (_("Taken by"), _taker(taker, order)),
        (_("Time"), formats.moment(accepted.accepted_at if accepted else None)),
        (_("Contents"), parcel.item_name or formats.NOTHING),
        (_("Number of items"), str(pieces) if pieces else formats.NOTHING),
        (_("Weight"), formats.kilos((accepted.weight_g if accepted else None) or parcel.weight_g)),
        (_("Size"), size_words(accepted, order)),
        (_("Recipient"), "  ".join(party(parcel, "recipient"))),
        *_checks(accepted),
    ]
    return Sheet(
        title=_("Handover slip"), number=parcel.waybill, company=company(), rows=rows,
        signs=[_("Sender"), _("Taken by")], marks=marks_of(parcel), code=parcel.waybill,
        link=tracking_link(parcel.waybill),
        notes=[_("The parcel was checked in the sender's presence before it was taken.")],
    )  # fmt: skip


def _taker(taker: Employee | None, order: Order | None) -> str:
    person = taker or (order.courier if order else None)
    return f"{person.name} {person.number}" if person else formats.NOTHING


def _checks(accepted: Acceptance | None) -> list[tuple[str, str]]:
    if accepted is None:
        return []
    done, open_ = _("done"), _("missing")
    rows = []
    if accepted.needs_inspection:
        rows.append((_("Contents inspected"), done if accepted.inspected_at else open_))
    if accepted.needs_identity:
        rows.append((_("Real-name check"), done if accepted.identity_at else open_))
    if accepted.seal:
        rows.append((_("Seal"), accepted.seal))
    return rows


def receipt_of(parcel: Parcel) -> Sheet:
    """Return the receipt: fee, promise, insurance, payment, reminder to sign (LIF-08, LIF-23)."""
    order = parcel.order
    rows = [
        (_("Parcel number"), formats.grouped(parcel.waybill)),
        (_("Order"), order.number if order else formats.NOTHING),
        (_("Product"), str(parcel.product)),
        (_("Fee"), formats.yuan(parcel.fee_fen)),
        *(_money(order, parcel) if order else []),
        (_("Promised by"), formats.moment(_promise(parcel))),
        (_("Sender"), "  ".join(party(parcel, "sender"))),
        (_("Recipient"), "  ".join(party(parcel, "recipient"))),
    ]
    return Sheet(
        title=_("Receipt"), number=order.number if order else parcel.waybill, company=company(),
        rows=rows, code=parcel.waybill, link=tracking_link(parcel.waybill),
        notes=[
            _("The recipient checks the parcel and signs on receipt"),
            _("Nothing beyond this fee is charged. Keep this receipt for claims."),
        ],
    )  # fmt: skip


def _promise(parcel: Parcel) -> datetime | None:
    order = parcel.order
    return parcel.promised_by or (order.quoted_promise if order else None)


def _money(order: Order, parcel: Parcel) -> list[tuple[str, str]]:
    insured = _("Offered and declined") if order.is_insured is False else formats.NOTHING
    if order.is_insured:
        insured = _("insured for %(value)s, premium %(premium)s") % {
            "value": formats.yuan(parcel.declared_value_fen),
            "premium": formats.yuan(order.premium_fen),
        }
    paid = f"{order.get_payment_state_display()} {formats.moment(order.paid_at)}"
    return [
        (_("Value insurance"), insured),
        (_("Payment"), paid if order.paid_at else str(order.get_payment_state_display())),
        (_("Invoice"), order.invoice_number or _("not issued yet")),
        (_("Terms"), order.terms.version if order.terms else formats.NOTHING),
    ]


def notice_of(row: Refusal) -> Sheet:
    """Return the notice of a refusal, to be given to the sender (ACC-09)."""
    rows = [
        (_("Number"), row.number),
        (_("Time"), formats.moment(row.at)),
        (_("Site"), str(row.site or formats.NOTHING)),
        (_("Goods"), row.item_name or formats.NOTHING),
        (_("Reason"), local(row.reason, "name") if row.reason else formats.NOTHING),
        (_("Explained"), row.explained or _("not written down")),
        (_("Refused by"), f"{row.person.name} {row.person.number}" if row.person else "—"),
    ]
    if row.parcel:
        rows.insert(1, (_("Parcel number"), formats.grouped(row.parcel.waybill)))
    note = _("Nothing is charged. Come again once the above is put right.")
    if row.reason is not None and row.reason.code == "forbidden":
        note = _(
            "Goods that may not be sent cannot be accepted by any carrier. Nothing is charged."
        )
    return Sheet(
        title=_("Notice of refusal"), number=row.number, company=company(), rows=rows,
        notes=[note], signs=[_("Sender"), _("Refused by")],
    )  # fmt: skip


def sheet_for(kind: str, parcel: Parcel) -> Any:
    """Return the paper of this kind: slip or receipt."""
    return slip_of(parcel) if kind == "slip" else receipt_of(parcel)
