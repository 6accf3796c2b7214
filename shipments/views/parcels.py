"""Search, a parcel's page, and the deeds on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core.access import access_for, allow
from courierqa.core.enums import Scope
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from courierqa.core.privacy import reveal
from shipments import enums, selectors, services
from shipments.enums import ExceptionStatus
from shipments.forms import ExceptionForm, PromiseForm, RevealForm, ScanForm
from shipments.models import Parcel, Proof
from shipments.selectors.stories import story
from staff.selectors import sites_for

PARTY_FIELDS = ("sender_name", "sender_phone", "sender_address", "recipient_name",
                "recipient_phone", "recipient_address")  # fmt: skip
SHOWN_FOR = 300
RECENT = 6


@allow("parcel", GET="read")
def parcels_page(request: HttpRequest) -> HttpResponse:
    """Find a parcel; an exact number or phone opens it at once."""
    text = request.GET.get("q", "")
    found = selectors.search_parcels(text, request.access)
    if found.exact is not None and "stay" not in request.GET:
        return redirect("shipments:parcel", found.exact.waybill)
    now = timezone.now()
    late = request.GET.get("view") == "late"
    rows = selectors.late_parcels(request.access, now=now) if late else _latest(request)
    page = None if text else page_of(
        rows, request.GET, order=("promised_by", "id") if late else ("-id",)
    )  # fmt: skip
    shown = found.rows if page is None else page.rows
    context = {
        "title": _("Parcels"), "found": found, "late_view": late, "page": page,
        "recent": request.session.get("recent_parcels", []),
        "results": {one.pk: selectors.promise_result(one, now=now) for one in shown},
    }  # fmt: skip
    return render(request, "shipments/parcels.html", context)


def _latest(request: HttpRequest) -> Any:
    rows = selectors.parcels_for(request.access)
    return rows.select_related("product", "last_site", "destination")


def own_parcel(request: HttpRequest, waybill: str) -> Parcel:
    """Return a parcel of the reader's scope; not yours and not there are the same 404."""
    rows = selectors.parcels_for(request.access).select_related(
        "product", "origin", "destination", "last_site", "holder", "customer", "order"
    )
    return get_object_or_404(rows, waybill=selectors.plain_waybill(waybill))


@allow("parcel", GET="read")
def parcel_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Show one parcel: promise, parties masked, way, evidence, exceptions."""
    parcel = own_parcel(request, waybill)
    _remember(request, parcel.waybill)
    return render(request, "shipments/parcel.html", parcel_context(parcel))


def parcel_context(parcel: Parcel, **more: Any) -> dict[str, Any]:
    """Return what the parcel's page shows."""
    now = timezone.now()
    conditions = [enums.Condition(c).label for c in parcel.conditions]
    return {
        "title": parcel.waybill, "parcel": parcel, "conditions": conditions, "now": now,
        "entries": story(parcel, now=now),
        "exceptions": parcel.exceptions.exclude(status=ExceptionStatus.SOLVED),
        "classes": selectors.exception_classes(),
        "result": selectors.promise_result(parcel, now=now),
        "notices": selectors.notices_for_parcel(parcel, now=now),
        "stopped": enums.Condition.SECURITY_STOP in parcel.conditions,
        "is_ended": parcel.state in enums.ENDED,
        "facts": getattr(parcel, "facts", None),
        "cause": selectors.cause_words(getattr(parcel, "facts", None)),
        **selectors.acceptance_context(parcel), **more,
    }  # fmt: skip


def _remember(request: HttpRequest, waybill: str) -> None:
    recent = [w for w in request.session.get("recent_parcels", []) if w != waybill]
    request.session["recent_parcels"] = [waybill, *recent][:RECENT]


@allow("personal", POST="reveal")
@never_cache
def reveal_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Show both parties in clear for five minutes, after the reason was written down."""
    parcel = _revealable(request, waybill)
    form = RevealForm(request.POST)
    shown: dict[str, str] = {}
    if form.is_valid():
        shown = reveal(
            parcel, PARTY_FIELDS, actor=request.user, reason=form.cleaned_data["reason"],
            case_ref=form.cleaned_data["case_ref"], request=request, at=timezone.now(),
            task=selectors.view_task(parcel, request.user),
        )  # fmt: skip
    context = parcel_context(parcel, shown=shown, reveal_form=form, form=form)
    response = form_page(request, "shipments/parcel.html", context)
    if shown:
        # After that the page loads anew and shows the masks again.
        response["Refresh"] = f"{SHOWN_FOR};url={reverse('shipments:parcel', args=[waybill])}"
    return response


def _revealable(request: HttpRequest, waybill: str) -> Parcel:
    """A courier reveals only a parcel in hand; an agent only what the parcel list lets them see."""
    if request.access.scope == Scope.QUEUE:
        request.access = access_for(request.user, "parcel", "read")
    parcel = own_parcel(request, waybill)
    if request.access.scope == Scope.OWN and parcel.holder_id != request.access.employee_id:
        return get_object_or_404(Parcel.objects.none())
    return parcel


@allow("scan", GET="create", POST="create")
def scan_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Record a scan for somebody who could not; gates are asked before the deed."""
    parcel = own_parcel(request, waybill)
    now = timezone.now()
    sites = sites_for(request.access).filter(closed_on=None).order_by("code")
    initial = {"at": timezone.localtime(now), "site": _last_place(parcel, sites)}
    form = ScanForm(request.POST or None, sites=sites, initial=initial)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            _record(request, parcel, form, now)
        if errors.ok:
            messages.success(request, _("Scan recorded"))
            return redirect("shipments:parcel", parcel.waybill)
    context = {"title": _("Record a scan"), "form": form, "parcel": parcel}
    return form_page(request, "shipments/scan.html", context)


def _last_place(parcel: Parcel, sites: Any) -> str:
    """Return where the parcel was last, if the reader scans there; else a place where they do."""
    here = parcel.last_site or parcel.origin
    found = sites.filter(pk=here.pk).first() or sites.first()
    return found.code if found else ""


def _record(request: HttpRequest, parcel: Parcel, form: ScanForm, now: Any) -> None:
    said, detail = form.cleaned_data, form.detail()
    services.require_gates(parcel, said["code"], detail, at=said["at"])
    employee = said["courier"] or getattr(request.user, "employee", None)
    scan = services.ScanInput(
        uid=uuid4(), waybill=parcel.waybill, code=said["code"], happened_at=said["at"],
        device="office", reason=said["reason"].code if said["reason"] else "", detail=detail,
        site_id=said["site"].pk,
        person_id=employee.pk if employee else None,
    )  # fmt: skip
    scan = services.without_stop(scan)
    services.record_scans([scan], source=enums.Source.OFFICE, recorded_at=now)


@allow("parcel", GET="change", POST="change")
def promise_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Change the promise, with who asked and why."""
    parcel = own_parcel(request, waybill)
    start = parcel.promised_by or timezone.now()
    initial = {"new": timezone.localtime(start + timedelta(days=1))}
    form = PromiseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.change_promise(
                parcel=parcel, at=timezone.now(), actor=request.user, **form.cleaned_data
            )
        if errors.ok:
            messages.success(request, _("Promise changed; the old one stays on record"))
            return redirect("shipments:parcel", parcel.waybill)
    context = {"title": _("Change the promise"), "form": form, "parcel": parcel}
    return form_page(request, "shipments/promise.html", context)


@allow("exception", GET="change", POST="change")
def exception_new_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Report something wrong with a parcel."""
    parcel, now = own_parcel(request, waybill), timezone.now()
    start = {"found_at": timezone.localtime(now), "kind": request.GET.get("kind", "")}
    form = ExceptionForm(
        request.POST or None, request.FILES or None, initial=start,
        classes=selectors.classes_by_hand(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            row = services.open_exception(
                parcel=parcel, site_id=parcel.last_site_id or parcel.destination_id,
                at=now, actor=request.user, **form.values(),
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Exception %(number)s opened") % {"number": row.number})
            return redirect("shipments:exception", row.number)
    context = {"title": _("Report an exception"), "form": form, "parcel": parcel}
    return form_page(request, "shipments/exception_new.html", context)


@allow("parcel", GET="read")
@never_cache
def proof_file(request: HttpRequest, waybill: str, uid: Any) -> FileResponse:
    """Send a proof's picture to somebody who may see its parcel, as a file that cannot act."""
    parcel = own_parcel(request, waybill)
    proof = get_object_or_404(Proof.objects.exclude(file=""), parcel=parcel, uid=uid)
    response = FileResponse(proof.file.open("rb"), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="{proof.uid.hex}.jpg"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
