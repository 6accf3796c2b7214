"""The register of what authorities sent (CMP-29)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from complaints import clocks, selectors, services
from complaints.clocks import Running
from complaints.enums import CaseKind, Channel, Clock, RegulatorMatter, RegulatorOutcome
from complaints.forms import RegulatorForm
from complaints.models import Case, RegulatorFile
from complaints.views.requests import StaffRequest
from courierqa.core import audit, exports
from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of

VIEWS = {
    "open": gettext_lazy("Reply due"),
    "overdue": gettext_lazy("Overdue"),
    "answered": pgettext_lazy("regulator", "Replied"),
    "late": gettext_lazy("Replied late"),
}
ORDERS = {"open": ("due_at", "id"), "overdue": ("due_at", "id")}
MOST = 20_000


@allow("regulator", GET="read")
def register(request: StaffRequest) -> HttpResponse:
    """List the files, the nearest due time first."""
    now, view = timezone.now(), _view(request)
    ladder = selectors.ladder_in_force()
    reading = access_for(request.user, "case", "read")
    rows = selectors.regulator_files(reading, view=view, now=now).order_by()
    page = page_of(rows, request.GET, order=ORDERS.get(view, ("-replied_at", "-id")))
    context = {
        "title": _("Regulator register"), "view": view, "tabs": list(VIEWS.items()), "page": page,
        "rows": [(row, clocks.state(_run(row), now=now, ladder=ladder)) for row in page],
    }  # fmt: skip
    return render(request, "complaints/regulator.html", context)


@allow("regulator", GET="export")
def register_csv(request: StaffRequest) -> HttpResponseBase:
    """Send one view of the register as a table."""
    view, now = _view(request), timezone.now()
    audit.record("regulator.export", None, actor=request.user, at=now, fields=[view],
                 request=request)  # fmt: skip
    head = [_("Case"), _("Authority"), _("Their reference"), _("Matter"), _("Came in on"),
            _("Reply due on"), pgettext("regulator", "Replied"),
            _("Finding of the authority")]  # fmt: skip
    reading = access_for(request.user, "case", "read")
    rows = selectors.regulator_files(reading, view=view, now=now)[:MOST]
    lines = (
        [row.case.number, row.authority, row.reference, row.get_matter_display(),
         row.forwarded_at, row.due_at, row.replied_at, row.get_outcome_display()]
        for row in rows
    )  # fmt: skip
    return exports.csv_response(f"regulator-{view}.csv", head, lines)


@allow("regulator", GET="create", POST="create")
def register_new(request: StaffRequest) -> HttpResponse:
    """Register a letter: a case with a due time for the reply."""
    start = {"key": uuid.uuid4(), "forwarded_on": timezone.localdate()}
    form = RegulatorForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            case = _open(form.cleaned_data, request)
        if errors.ok:
            said = _("%(number)s registered. The reply is due on %(day)s")
            due = timezone.localtime(case.regulator_due_at)
            named = {"number": case.number, "day": f"{due:%Y-%m-%d}"}
            messages.success(request, said % named)
            return redirect("complaints:case", case.number)
    context = {
        "title": _("Register a letter"), "form": form, "submit": _("Register it"),
        "back": reverse("complaints:regulator"),
        "lead": _("The case gets an owner and every clock a complaint has, and the reply is due as"
                  " the letter says"),
    }  # fmt: skip
    return form_page(request, "complaints/regulator_new.html", context)


@allow("regulator", POST="change")
def outcome(request: StaffRequest, pk: int) -> HttpResponse:
    """Note how the authority judged."""
    row = get_object_or_404(RegulatorFile, pk=pk)
    found = request.POST.get("outcome", "")
    if found in RegulatorOutcome.values:
        services.set_outcome(
            row=row, outcome=RegulatorOutcome(found), by=request.user, at=timezone.now()
        )
        messages.success(request, _("Saved"))
    return redirect("complaints:case", row.case.number)


def _open(said: dict[str, Any], request: StaffRequest) -> Case:
    intake = services.Intake(
        key=f"regulator-{said['key']}", reason=said["reason"], channel=Channel.REGULATOR,
        words=said["words"], kind=CaseKind.APPEAL, phone=said["phone"], name=said["name"],
        waybill=said["waybill"], received_at=said["forwarded_at"],
    )  # fmt: skip
    letter = services.Forwarded(
        authority=said["authority"], reference=said["reference"],
        matter=RegulatorMatter(said["matter"]), forwarded_at=said["forwarded_at"],
        due_at=said.get("due_at"),
    )  # fmt: skip
    return services.open_regulator_case(intake, letter, by=request.user, at=timezone.now())


def _run(row: RegulatorFile) -> Running:
    return Running(Clock.REGULATOR, row.forwarded_at, row.due_at, row.replied_at)


def _view(request: StaffRequest) -> str:
    wanted = request.GET.get("view", "")
    return wanted if wanted in VIEWS else "open"
