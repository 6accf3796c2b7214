"""Service notices: the list, the form, taking one down (EXC-11)."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from shipments import selectors, services
from shipments.forms import NoticeForm
from shipments.models import ServiceNotice


@allow("service_notice", GET="read")
def notices_page(request: HttpRequest) -> HttpResponse:
    """List notices in force, coming and past."""
    now = timezone.now()
    rows = list(selectors.all_notices(now))
    context = {"title": _("Service notices"), "now": now, "rows": rows}
    return render(request, "shipments/notices.html", context)


@allow("service_notice", GET="change", POST="change")
def notice_new(request: HttpRequest) -> HttpResponse:
    """Write a notice."""
    return _edit(request, None)


@allow("service_notice", GET="change", POST="change")
def notice_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a notice, or take it down."""
    row = get_object_or_404(ServiceNotice.objects.prefetch_related("sites"), pk=pk)
    if request.method == "POST" and request.POST.get("verb") == "withdraw":
        form = NoticeForm(row=row)
        errors = FieldErrors(form)
        with errors:
            services.withdraw_notice(row, actor=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Taken down; visitors do not see it any more"))
        return redirect("shipments:notice_list")
    return _edit(request, row)


def _edit(request: HttpRequest, row: ServiceNotice | None) -> HttpResponse:
    now = timezone.now()
    start = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    times = {} if row else {"starts_at": start, "ends_at": start + timedelta(days=2)}
    form = NoticeForm(request.POST or None, row=row, initial=times)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.save_notice(row, values=form.cleaned_data, actor=request.user, at=now)
        if errors.ok:
            messages.success(request, _("Saved; customers are told from now on"))
            return redirect("shipments:notice_list")
    context = {
        "title": _("Change the notice") if row else _("New notice"), "form": form, "row": row,
        "hit": selectors.parcels_hit(row).count() if row else None,
    }  # fmt: skip
    return form_page(request, "shipments/notice.html", context)
