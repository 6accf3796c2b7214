"""Partners and suppliers: the register with monthly scores, purchases with their check."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from shipments import services
from shipments.forms.network import PartnerForm, PurchaseForm, ScoreForm
from shipments.models import Partner, PartnerScore, Purchase
from shipments.services.partnering import Marks
from shipments.views.places import plain_form


@allow("partner", GET="read")
def partners_page(request: HttpRequest) -> HttpResponse:
    """List partners with their latest score, and the newest purchases."""
    scores = Prefetch("scores", PartnerScore.objects.order_by("-month"))
    purchases = Purchase.objects.select_related("partner", "checked_by")
    context = {
        "title": _("Partners"), "partners": Partner.objects.prefetch_related(scores)[:200],
        "purchases": purchases.order_by("-received_on", "-pk")[:50],
    }  # fmt: skip
    return render(request, "shipments/partners.html", context)


@allow("partner", GET="change", POST="change")
def partner_new_page(request: HttpRequest) -> HttpResponse:
    """Enter a firm into the register."""
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            partner = services.register_partner(
                **form.cleaned_data, at=timezone.now(), actor=request.user
            )
        if errors.ok:
            return redirect("shipments:partner", partner.code)
    return plain_form(request, form, title=_("New partner"), submit=_("Save"),
                      back=reverse("shipments:partners"))  # fmt: skip


@allow("partner", GET="read", POST="change")
def partner_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one partner; give marks for a month, or record a purchase with its check."""
    partner = get_object_or_404(Partner, code=code)
    wants_score = "month" in request.POST
    score_form = ScoreForm(request.POST if wants_score else None)
    buy_form = PurchaseForm(request.POST if request.POST and not wants_score else None)
    form = score_form if wants_score else buy_form
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            _write(request, partner, form.cleaned_data, is_score=wants_score)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("shipments:partner", code)
    context = {
        "title": partner.name, "partner": partner, "form": form, "score_form": score_form,
        "buy_form": buy_form, "scores": partner.scores.select_related("by").order_by("-month"),
        "purchases": partner.purchases.select_related("checked_by").order_by("-received_on"),
    }  # fmt: skip
    return form_page(request, "shipments/partner.html", context)


def _write(request: HttpRequest, partner: Partner, said: dict, *, is_score: bool) -> None:
    now = timezone.now()
    if is_score:
        month = said.pop("month")
        services.score_partner(
            partner=partner, month=month, marks=Marks(**said), at=now, actor=request.user
        )
    else:
        services.record_purchase(partner=partner, **said, at=now, actor=request.user)
