"""The quality of the last mile: missing proofs by day, wrong deliveries, rules per kind of site."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars, exports
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from shipments import services
from shipments.enums import CheckPhase
from shipments.forms.delivery import RuleForm
from shipments.models import CheckItem, DeliveryRule, ProofRule
from shipments.selectors import delivery, proofs
from shipments.selectors.round_board import day_of

RULE_FIELDS = list(RuleForm.base_fields)


@allow("delivery", GET="read")
def proofs_page(request: HttpRequest) -> HttpResponse:
    """List the handovers of a day that lack evidence, a name, a relation or consent."""
    today = calendars.business_day(timezone.now())
    day = day_of(request.GET.get("day", ""), today=today)
    only = request.GET.get("gap", "")
    only = only if only in proofs.GAPS else ""
    rows = proofs.missing_proofs(request.access, day, only=only)
    context = {
        "title": _("Missing proofs"), "day": day, "rows": rows[:200], "total": len(rows),
        "before": day - timedelta(days=1), "after": day + timedelta(days=1), "gap": only,
        "gaps": list(zip(proofs.GAPS, proofs.gap_words(proofs.GAPS), strict=True)),
    }  # fmt: skip
    return render(request, "shipments/proofs.html", context)


@allow("delivery", GET="export")
def proofs_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the list of a day as a table."""
    now = timezone.now()
    day = day_of(request.GET.get("day", ""), today=calendars.business_day(now))
    audit.record(
        "proofs.export", None, actor=request.user, at=now, fields=[str(day)], request=request
    )
    head = [_("Parcel"), _("When"), _("Way of delivery"), _("Courier"), _("Site"), _("Missing")]
    lines = [
        [r.parcel.waybill, r.event.effective_at, r.way, r.person, r.site, "; ".join(r.words)]
        for r in proofs.missing_proofs(request.access, day)
    ]
    return exports.csv_response(f"missing-proofs-{day}.csv", head, lines)


@allow("delivery", GET="read")
def quality_page(request: HttpRequest) -> HttpResponse:
    """Show wrong, missed and doubled deliveries of the last 30 days, by site and courier."""
    last = calendars.business_day(timezone.now())
    first = last - timedelta(days=29)
    context = {
        "title": _("Delivery quality"), "first": first, "last": last,
        "rows": delivery.delivery_quality(request.access, first, last),
        "people": delivery.conduct_by_courier(request.access, first, last)[:30],
    }  # fmt: skip
    return render(request, "shipments/delivery_quality.html", context)


@allow("delivery_rule", GET="read")
def rules_page(request: HttpRequest) -> HttpResponse:
    """Show limits, notice and placing per kind of site, what proves a handover, the checks."""
    checks = CheckItem.objects.filter(is_active=True)
    context = {
        "title": _("Delivery rules"), "rules": DeliveryRule.objects.all(),
        "proofs": ProofRule.objects.order_by("pk"),
        "phases": [(phase, phase.label, checks.filter(phase=phase)) for phase in CheckPhase],
    }  # fmt: skip
    return render(request, "shipments/delivery_rules.html", context)


@allow("delivery_rule", GET="change", POST="change")
def rule_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Change the rule of one kind of site."""
    rule = get_object_or_404(DeliveryRule, kind=kind)
    initial = {name: getattr(rule, name) for name in RULE_FIELDS}
    form = RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.change_rule(
                rule, values=form.cleaned_data, at=timezone.now(), actor=request.user
            )
        if errors.ok:
            messages.success(request, _("Rule changed"))
            return redirect("shipments:last_mile_rules")
    context = {
        "title": rule.kind_label, "form": form, "verb": _("Change the rule"),
        "back_url": "shipments:last_mile_rules", "back_label": _("Delivery rules"),
    }  # fmt: skip
    return form_page(request, "shipments/deed.html", context)
