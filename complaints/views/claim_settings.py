"""Settings of money and causes: the arithmetic with its versions, the bands, the cause tree."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import claim_rules, forms, selectors, services
from complaints.enums import EventKind
from complaints.forms.money import BANDS
from complaints.models import ClaimBand, RootCause
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, add_refusal, form_page

# An example for the page: a fee of 12 yuan, goods worth 300, a quarter lost.
FEE, VALUE, SHARE = 1200, 30_000, 25


@allow("claim_rule", GET="read")
def rules_page(request: StaffRequest) -> HttpResponse:
    """Show the arithmetic in force with an example and its older versions, and the bands."""
    rows = [(row, older, _example(row)) for row, older in selectors.rules_in_force()]
    context = {"title": _("Compensation rules"), "rows": rows, "bands": selectors.claim_bands()}
    return render(request, "complaints/claim_rules.html", context)


def _example(row: Any) -> list[str]:
    rule = claim_rules.Rule(row.fee_percent, row.fee_only_whole, row.value_percent, row.version)
    basis = claim_rules.Basis(
        EventKind(row.event_kind), FEE, VALUE if row.insured else 0, VALUE, SHARE, rule
    )
    lines = claim_rules.arithmetic(basis)
    return [claim_rules.say(line.as_dict()) for line in lines]


@allow("claim_rule", GET="change", POST="change")
def rule_change(request: StaffRequest, kind: str, insured: str) -> HttpResponse:
    """Put a new version of one rule in force."""
    if kind not in claim_rules.DEFAULTS or insured not in ("insured", "uninsured"):
        raise Http404
    event, is_insured = EventKind(kind), insured == "insured"
    now_valid = selectors.rule_for(event, insured=is_insured) or claim_rules.Rule()
    initial = {
        "fee_percent": now_valid.fee_percent, "fee_only_whole": now_valid.fee_only_whole,
        "value_percent": now_valid.value_percent,
    }  # fmt: skip
    form = forms.RuleForm(request.POST or None, initial=initial)
    errors = FieldErrors(form)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with errors:
            services.publish_rule(
                kind=event, insured=is_insured, note=said.pop("note"),
                rule=claim_rules.Rule(**said), by=request.user, at=timezone.now(),
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("In force from now; older claims keep their version"))
            return redirect("complaints:claim_rules")
    named = _("insured") if is_insured else _("not insured")
    context = {
        "form": form, "title": f"{event.label} · {named}",
        "back": reverse("complaints:claim_rules"),
        "submit": _("Put in force"),
        "lead": _("A suggestion of this company, never a legal maximum: a higher proven loss may "
                  "be claimed"),
    }  # fmt: skip
    return form_page(request, "components/form_page.html", context)


@allow("claim_rule", GET="change", POST="change")
def bands_change(request: StaffRequest) -> HttpResponse:
    """Change who may agree to how much."""
    form = forms.BandsForm(request.POST or None, initial=_bands_now())
    if request.method == "POST" and form.is_valid():
        try:
            services.save_bands(bands=form.bands, by=request.user, at=timezone.now())
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved"))
            return redirect("complaints:claim_rules")
    context = {
        "form": form, "title": _("Approval bands"), "back": reverse("complaints:claim_rules"),
        "lead": _("Rising amounts; leave a line empty to drop it"),
    }  # fmt: skip
    return form_page(request, "complaints/claim_bands.html", context)


def _bands_now() -> dict[str, Any]:
    found: dict[str, Any] = {}
    bands = list(ClaimBand.objects.all())
    limited = [band for band in bands if band.up_to_fen is not None]
    for n, band in enumerate(limited[:BANDS], start=1):
        found |= {f"limit{n}": f"{(band.up_to_fen or 0) / 100:.2f}", f"role{n}": band.role}
    last = next((band for band in bands if band.up_to_fen is None), None)
    return found | {"last": last.role if last else "manager"}


@allow("cause", GET="read")
def causes_page(request: StaffRequest) -> HttpResponse:
    """Show the tree of causes."""
    context = {"title": _("Root causes"), "tree": selectors.cause_tree(active_only=False)}
    return render(request, "complaints/causes.html", context)


@allow("cause", GET="change", POST="change")
def cause_new(request: StaffRequest) -> HttpResponse:
    """Add a cause or an area."""
    return _cause_form(request, None)


@allow("cause", GET="change", POST="change")
def cause_change(request: StaffRequest, code: str) -> HttpResponse:
    """Change a cause, or take it out of use."""
    return _cause_form(request, get_object_or_404(RootCause, code=code))


def _cause_form(request: StaffRequest, cause: RootCause | None) -> HttpResponse:
    initial = {"is_active": True, "parent": request.GET.get("area", "")[:30]}
    if cause is not None:
        initial = {
            "parent": cause.parent.code if cause.parent else "", "name": cause.name,
            "name_en": cause.name_en, "is_active": cause.is_active,
        }  # fmt: skip
    form = forms.CauseEditForm(request.POST or None, initial=initial, is_new=cause is None)
    errors = FieldErrors(form)
    if request.method == "POST" and form.is_valid():
        said = {"code": "", **form.cleaned_data}
        with errors:
            services.save_cause(cause=cause, by=request.user, at=timezone.now(), **said)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:causes")
    context = {
        "form": form, "title": str(cause) if cause else _("New cause"),
        "back": reverse("complaints:causes"), "submit": _("Save"),
    }  # fmt: skip
    return form_page(request, "components/form_page.html", context)
