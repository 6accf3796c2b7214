"""The list of reasons: who answers for each, what it needs, what may follow."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from shipments import enums
from shipments.forms.reasons import NewReasonForm, ReasonForm, RetireForm
from shipments.models import Reason
from shipments.services import reasons as services

ALL = "all"


@allow("reason", GET="read")
def reasons_page(request: HttpRequest) -> HttpResponse:
    """List reasons by accountable party."""
    rows = Reason.objects.order_by("scan_code", "position", "pk")
    show = request.GET.get("show", "")
    if show != ALL:
        rows = rows.filter(is_active=True)
    for row in rows:
        row.steps = [enums.NextStep(s).label for s in row.next_steps if s in enums.NextStep.values]
    order = {party: place for place, party in enumerate(enums.Party.values)}
    ordered = sorted(rows, key=lambda row: order[row.party])
    groups = [
        (enums.Party(party).label, list(found))
        for party, found in groupby(ordered, key=lambda row: row.party)
    ]
    retired = Reason.objects.filter(is_active=False).count()
    context = {"title": _("Reasons"), "groups": groups, "show": show, "retired": retired}
    return render(request, "shipments/reasons.html", context)


@allow("reason", GET="change", POST="change")
def reason_new_page(request: HttpRequest) -> HttpResponse:
    """Add a reason."""
    form = NewReasonForm(request.POST or None, initial={"position": 50})
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.add_reason(values=form.cleaned_data, at=timezone.now(), actor=request.user)
        if errors.ok:
            messages.success(request, _("Reason added; phones offer it from their next round on"))
            return redirect("shipments:reasons")
    context = {"title": _("New reason"), "form": form}
    return form_page(request, "shipments/reason_new.html", context)


@allow("reason", GET="change", POST="change")
def reason_page(request: HttpRequest, code: str) -> HttpResponse:
    """Reword a reason, change its rules, retire it or offer it again."""
    reason = get_object_or_404(Reason, code=code)
    verb = request.POST.get("verb", "save") if request.method == "POST" else ""
    form = ReasonForm(
        request.POST if verb == "save" else None, initial=ReasonForm.initial_of(reason)
    )
    retire = RetireForm(request.POST if verb in ("retire", "restore") else None)
    sent = form if verb == "save" else retire
    if verb and sent.is_valid():
        errors = FieldErrors(sent)
        with errors:
            _carry_out(verb, reason, sent.cleaned_data, request)
        if errors.ok:
            return redirect("shipments:reasons")
    context = {"title": str(reason), "reason": reason, "form": form, "retire": retire}
    return form_page(request, "shipments/reason.html", {**context, "form": sent, "main": form})


def _carry_out(verb: str, reason: Reason, said: dict, request: HttpRequest) -> None:
    at, actor = timezone.now(), request.user
    if verb == "save":
        services.change_reason(reason=reason, values=said, at=at, actor=actor)
        messages.success(request, _("Saved"))
    elif verb == "retire":
        services.retire_reason(reason=reason, why=said["why"], at=at, actor=actor)
        messages.success(request, _("Retired; scans that named it keep their words"))
    else:
        services.restore_reason(reason=reason, why=said["why"], at=at, actor=actor)
        messages.success(request, _("Offered again"))
