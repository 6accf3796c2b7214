"""A parcel's delivery record, and the deeds on it: call, time, address, note from the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from shipments import addresses, enums, services
from shipments.forms import delivery as forms
from shipments.models import Parcel, ScanEvent
from shipments.selectors import delivery_record
from shipments.views.parcels import own_parcel


def person_id(request: HttpRequest) -> int | None:
    """Return the employee behind the reader, if there is one."""
    employee = getattr(request.user, "employee", None)
    return employee.pk if employee else None


def back(parcel: Parcel) -> HttpResponse:
    """Return to the parcel's delivery record."""
    return redirect("shipments:delivery", parcel.waybill)


def deed_page(
    request: HttpRequest, parcel: Parcel, form: Any, do: Callable[[], Any], **words: Any
) -> HttpResponse:
    """Show a form about a parcel, or carry out its one service and go back."""
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            do()
        if errors.ok:
            messages.success(request, words.get("done") or _("Saved"))
            return back(parcel)
    context = {"form": form, "parcel": parcel, **words}
    return form_page(request, "shipments/deed.html", context)


@allow("delivery", GET="read")
def delivery_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Show how this parcel was, or will be, delivered."""
    parcel = own_parcel(request, waybill)
    record = delivery_record.delivery_record(parcel, now=timezone.now())
    context = {
        "title": _("Delivery record"), "parcel": parcel, "record": record, "now": timezone.now(),
        "is_ended": parcel.state in enums.ENDED,
    }  # fmt: skip
    return render(request, "shipments/delivery.html", context)


@allow("delivery", GET="change", POST="change")
def contact_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Log a call or a message."""
    parcel, now = own_parcel(request, waybill), timezone.now()
    initial = {"at": timezone.localtime(now), "purpose": request.GET.get("about", "agree")}
    form = forms.ContactForm(request.POST or None, initial=initial)

    def do() -> None:
        said = form.cleaned_data
        services.record_contact(
            parcel=parcel, way=said["way"], purpose=said["purpose"], result=said["result"],
            at=said["at"], seconds=said["seconds"] or 0, words=said["words"], recorded_at=now,
            person_id=person_id(request), actor=request.user,
        )  # fmt: skip

    return deed_page(request, parcel, form, do, title=_("Log a call or message"),
                     verb=_("Save the contact"))  # fmt: skip


@allow("delivery", GET="change", POST="change")
def slot_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Book a delivery time, or another one."""
    parcel, now = own_parcel(request, waybill), timezone.now()
    tomorrow = timezone.localtime(now) + timedelta(days=1)
    initial = {"day": tomorrow.date(), "starts_at": "09:00", "ends_at": "11:00"}
    form = forms.SlotForm(request.POST or None, initial=initial)

    def do() -> None:
        starts_at, ends_at = form.moments()
        services.book_slot(
            parcel=parcel, starts_at=starts_at, ends_at=ends_at, at=now, actor=request.user,
            asked_by=form.cleaned_data["asked_by"], cause=form.cleaned_data["cause"],
        )  # fmt: skip

    lead = _("Old and new time stay on record with who asked. A time the customer asked for before "
             "the deadline moves the deadline")  # fmt: skip
    return deed_page(request, parcel, form, do, title=_("Book a delivery time"), lead=lead,
                     verb=_("Book the time"))  # fmt: skip


@allow("delivery", GET="change", POST="change")
def address_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Clear up an address with the customer; opening the question marks the parcel."""
    parcel, now = own_parcel(request, waybill), timezone.now()
    if request.method == "POST" and request.POST.get("verb") == "open":
        services.open_address_problem(
            parcel=parcel, at=now, actor=request.user, person_id=person_id(request)
        )
        messages.success(request, _("Marked as unclear. Clear it up with the customer"))
        return redirect("shipments:address", parcel.waybill)
    form = forms.AddressForm(request.POST or None)

    def do() -> None:
        said = form.cleaned_data
        services.clear_address(
            parcel=parcel, name=said["name"], phone=said["phone"], address=said["address"],
            way=said["way"], words=said["words"], at=now, actor=request.user,
            person_id=person_id(request),
        )  # fmt: skip

    gaps = addresses.gap_words(addresses.recipient_gaps(parcel))
    lead = _("Enter only what changes; the rest stays as it is")
    unclear = enums.Condition.ADDRESS_PROBLEM in parcel.conditions
    return deed_page(
        request, parcel, form, do, title=_("Clear up the address"), lead=lead, gaps=gaps,
        verb=_("Save what the customer said"), done=_("Cleared up"),
        other=None if unclear else ("open", _("Only mark it as unclear")),
    )  # fmt: skip


@allow("delivery", GET="change", POST="change")
def attempt_page(request: HttpRequest, waybill: str, uid: Any) -> HttpResponse:
    """Write down what follows a failed try."""
    parcel, now = own_parcel(request, waybill), timezone.now()
    tries = ScanEvent.objects.filter(parcel_id=parcel.pk, code__in=("ATT", "RFS"))
    event = get_object_or_404(tries, uid=uid)
    tomorrow = (timezone.localtime(now) + timedelta(days=1)).date()
    form = forms.AttemptForm(request.POST or None, initial={"next_on": tomorrow})

    def do() -> None:
        said = form.cleaned_data
        services.note_attempt(
            parcel=parcel, event_uid=event.uid, next_step=said["next_step"],
            next_on=said["next_on"], dispute=said["dispute"], agreed=said["agreed"],
            charge_fen=said["charge"], told_of_charge=said["told_of_charge"], at=now,
            actor=request.user,
        )  # fmt: skip

    lead = _("Two tries at least 8 hours apart are free. A third is charged only if the customer "
             "was told")  # fmt: skip
    return deed_page(request, parcel, form, do, title=_("After the failed attempt"), lead=lead,
                     verb=_("Save the next step"))  # fmt: skip


@allow("delivery", GET="change", POST="change")
def contents_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """List what is inside, with its gifts."""
    parcel = own_parcel(request, waybill)
    known = parcel.content_lines.order_by("pk")
    lines = [f"{'+ ' if row.is_gift else ''}{row.count} × {row.name}" for row in known]
    form = forms.ContentForm(request.POST or None, initial={"lines": "\n".join(lines)})

    def do() -> None:
        services.list_contents(
            parcel=parcel, lines=form.cleaned_data["lines"], at=timezone.now(), actor=request.user
        )

    return deed_page(request, parcel, form, do, title=_("Contents and gifts"),
                     lead=_("Gifts belong to the recipient. The courier shows them at the door"),
                     verb=_("Save the contents"))  # fmt: skip
