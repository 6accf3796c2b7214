"""Settings of cases: rules, reasons with targets, pauses, procedures, channels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import selectors, services
from complaints.forms import CaseReasonForm, PauseReasonForm, ProcedureForm, RulesForm
from complaints.models import ChannelSetting, PauseReason, Procedure, Reason
from complaints.selectors.cases import GROUPS
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow, may
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page

_RULES = (
    "reopen_days", "transfer_hours", "follow_up_hours", "follow_up_tries", "try_again_hours",
    "regulator_days", "calendar_code",
)  # fmt: skip


@allow("case_rule", GET="read", POST="change")
def rules_page(request: StaffRequest) -> HttpResponse:
    """Show the rules in force with their versions, and write the next version."""
    rules = selectors.case_rules()
    form = RulesForm(request.POST or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            _save_rules(form, request)
        if errors.ok:
            messages.success(request, _("In force from now. Cases in hand keep their targets"))
            return redirect("complaints:case_rules")
    context = _base(request, "rules") | {
        "form": form, "rules": rules, "versions": selectors.rules_versions(),
    }  # fmt: skip
    return form_page(request, "complaints/settings_rules.html", context)


def _save_rules(form: RulesForm, request: StaffRequest) -> None:
    found = form.cleaned_data
    said = services.RulesText(**{name: found[name] for name in _RULES}, ladder=form.ladder())
    services.save_rules(
        said=said, why=found["why"], seen_version=found["seen_version"], by=request.user,
        at=timezone.now(),
    )  # fmt: skip


@allow("case_rule", GET="read")
def reasons_page(request: StaffRequest) -> HttpResponse:
    """List the tree with class, severity and targets."""
    rows = list(selectors.reasons())
    groups = [(name, [row for row in rows if row.group == digit]) for digit, name in GROUPS.items()]
    context = _base(request, "reasons") | {"groups": groups}
    return render(request, "complaints/settings_reasons.html", context)


@allow("case_rule", GET="change", POST="change")
def reason_new(request: StaffRequest) -> HttpResponse:
    """Add a reason."""
    start = {"severity": 2, "first_hours": 4, "resolve_hours": 48, "is_active": True, "group": 7}
    form = CaseReasonForm(request.POST or None, initial=start)
    return _edit(request, form, _("New reason"), "case_reasons", services.save_reason, None)


@allow("case_rule", GET="change", POST="change")
def reason_page(request: StaffRequest, code: str) -> HttpResponse:
    """Change a reason."""
    row = get_object_or_404(Reason, code=code)
    form = CaseReasonForm(request.POST or None, row=row)
    return _edit(request, form, str(row), "case_reasons", services.save_reason, row)


@allow("case_rule", GET="read")
def pauses_page(request: StaffRequest) -> HttpResponse:
    """List why a clock may pause."""
    context = _base(request, "pauses") | {"rows": selectors.pause_reasons()}
    return render(request, "complaints/settings_pauses.html", context)


@allow("case_rule", GET="change", POST="change")
def pause_new(request: StaffRequest) -> HttpResponse:
    """Add a reason for a pause."""
    start = {"position": 100, "most_hours": 72, "is_active": True}
    form = PauseReasonForm(request.POST or None, initial=start)
    title = _("New reason for a pause")
    return _edit(request, form, title, "case_pauses", services.save_pause_reason, None)


@allow("case_rule", GET="change", POST="change")
def pause_page(request: StaffRequest, code: str) -> HttpResponse:
    """Change a reason for a pause."""
    row = get_object_or_404(PauseReason, code=code)
    form = PauseReasonForm(request.POST or None, row=row)
    return _edit(request, form, str(row), "case_pauses", services.save_pause_reason, row)


@allow("case_rule", GET="read")
def procedures_page(request: StaffRequest) -> HttpResponse:
    """Show the steps and remedies of each class."""
    context = _base(request, "procedures") | {"rows": selectors.procedures()}
    return render(request, "complaints/settings_procedures.html", context)


@allow("case_rule", GET="change", POST="change")
def procedure_page(request: StaffRequest, code: str) -> HttpResponse:
    """Change the procedure of a class."""
    row = get_object_or_404(Procedure, case_class=code)
    form = ProcedureForm(request.POST or None, row=row)
    return _edit(request, form, str(row), "case_procedures", services.save_procedure, row)


@allow("case_rule", GET="read", POST="change")
def channels_page(request: StaffRequest) -> HttpResponse:
    """Show the channels; take which are offered, and where they arrive."""
    rows = selectors.channel_settings()
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _set_channels(rows, request)
        if not problems:
            messages.success(request, _("Saved"))
            return redirect("complaints:case_channels")
    context = _base(request, "channels") | {
        "rows": [(row, row.channel in services.FIXED, problems.get(row.channel)) for row in rows],
    }  # fmt: skip
    status = 422 if problems else 200
    return render(request, "complaints/settings_channels.html", context, status=status)


def _set_channels(rows: list[ChannelSetting], request: StaffRequest) -> dict[str, str]:
    problems = {}
    for row in rows:
        name = row.channel
        try:
            services.set_channel(
                row, is_offered=f"offered-{name}" in request.POST,
                sends_receipt=f"receipt-{name}" in request.POST,
                place=request.POST.get(f"place-{name}", ""), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except DomainError as error:
            problems[name] = error.message
    return problems


def _edit(
    request: StaffRequest, form: Form, title: str, back: str, save: Callable[..., Any], row: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            save(row, values=form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect(f"complaints:{back}")
    context = {
        "title": title, "form": form, "submit": _("Save"),
        "back": reverse(f"complaints:{back}"),
    }  # fmt: skip
    return form_page(request, "components/form_page.html", context)


def _base(request: StaffRequest, here: str) -> dict[str, Any]:
    return {
        "title": _("Rules of cases"), "here": here,
        "may_change": may(request.user, "case_rule", "change"),
    }  # fmt: skip
