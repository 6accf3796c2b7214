"""The page of the loop's terms: what holds, what held, and a form to set it anew."""

from __future__ import annotations

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors
from quality import services
from quality.forms.terms import TermsForm
from quality.selectors.terms import current_terms, past_terms


@allow("loop_terms", GET="read", POST="change")
def terms_page(request: HttpRequest) -> HttpResponse:
    """Show the terms, and set them anew for what begins from now on."""
    now = current_terms()
    initial = {**model_to_dict(now), "reason": ""}
    form = TermsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.set_terms(
                terms=form.terms, reason=form.cleaned_data["reason"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:terms")
    page = {"title": _("Terms of the improvement loop"), "form": form, "rows": past_terms()}
    return render(request, "quality/terms.html", page, status=422 if form.errors else 200)
