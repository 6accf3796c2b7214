"""Returns, exchanges and recalls: the list, taking a wish, inspecting what came back."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms.rounds import InspectForm, ReturnForm
from shipments.models import ReturnRequest
from shipments.views.contacts import deed_page
from shipments.views.parcels import own_parcel


def _returns(request: HttpRequest):
    seen = selectors.parcels_for(request.access).values("pk")
    rows = ReturnRequest.objects.select_related("parcel", "back", "replacement", "by")
    if not request.access.is_all:
        rows = rows.filter(Q(parcel_id__in=seen) | Q(back_id__in=seen))
    return rows


@allow("delivery", GET="read")
def returns_page(request: HttpRequest) -> HttpResponse:
    """List what is on its way back, the newest first."""
    rows = _returns(request)
    done = request.GET.get("view") == "inspected"
    rows = rows.exclude(inspected_at=None) if done else rows.filter(inspected_at=None)
    context = {
        "title": _("Returns"), "page": page_of(rows, request.GET, order=("-id",)), "done": done,
    }  # fmt: skip
    return render(request, "shipments/returns.html", context)


@allow("delivery", GET="change", POST="change")
def return_new_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Take the wish to send a parcel back, exchange it, or have it recalled."""
    parcel = own_parcel(request, waybill)
    kind = "return" if parcel.state == "delivered" else "recall"
    form = ReturnForm(request.POST or None, initial={"kind": kind, "asked_by": "sender"})

    def do() -> None:
        services.request_return(
            parcel=parcel, at=timezone.now(), actor=request.user, **form.cleaned_data
        )

    lead = _("The way back is a parcel of its own with its own promise. A delivered parcel is "
             "fetched again; one in our hands is turned round")  # fmt: skip
    return deed_page(request, parcel, form, do, title=_("Return or recall"), lead=lead,
                     verb=_("Take the return"), done=_("Return taken"))  # fmt: skip


@allow("delivery", GET="read", POST="change")
def return_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one return; inspect what came back, send other goods."""
    row = get_object_or_404(_returns(request), pk=pk)
    now = timezone.now()
    is_exchange = request.POST.get("verb") == "replace"
    form = InspectForm(request.POST if request.method == "POST" and not is_exchange else None)
    if is_exchange:
        try:
            services.send_replacement(row, at=now, actor=request.user)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Other goods ordered"))
        return redirect("shipments:return", row.pk)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.inspect_return(row, at=now, actor=request.user, **form.cleaned_data)
        if errors.ok:
            messages.success(request, _("Inspection saved"))
            return redirect("shipments:return", row.pk)
    context = {"title": f"{row.get_kind_display()} {row.parcel.waybill}", "row": row, "form": form}
    return form_page(request, "shipments/return.html", context)
