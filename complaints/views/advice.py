"""Answers, questions, rules of compensation and ways to reach us: the customer's side pages."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import shipments.selectors
from complaints import claim_rules, limits, selectors, services
from complaints.enums import CaseKind, Channel, EventKind
from complaints.forms import QuestionForm, SearchForm
from complaints.models import Case, Reason
from complaints.views.public import APPEAL_PHONE
from courierqa.core import calendars
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, add_refusal
from courierqa.core.public import public_url
from shipments.enums import TextCode

QUESTION = "question"


@allow("public", GET="read")
def faq_page(request: HttpRequest) -> HttpResponse:
    """Answer a question by rules, or list the common ones (ONL-06)."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    answers = selectors.published_answers()
    context = {
        "title": _("Questions and answers"), "form": form, "asked": asked, "answers": answers,
        "hits": selectors.find_answers(asked, answers) if asked else [],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "complaints/public/faq.html", context, status=status)


@allow("public", GET="read", POST="create")
def ask_page(request: HttpRequest) -> HttpResponse:
    """Take a question to a person: a case of kind "query" with number and status page (ONL-07)."""
    if request.method != "POST":
        start = {"key": uuid.uuid4(), "words": request.GET.get("q", "")[:200]}
        return _ask(request, QuestionForm(initial=start))
    form = QuestionForm(request.POST)
    try:
        limits.count_knock("ask", request.META.get("REMOTE_ADDR", ""), at=timezone.now())
    except limits.TooMany as error:
        add_refusal(form, error)
        response = _ask(request, form, status=error.status)
        response["Retry-After"] = "60"
        return response
    errors = FieldErrors(form)
    if form.is_valid() and not form.cleaned_data["website"]:
        with errors:
            case = _open(form.cleaned_data)
    if not errors.ok:
        return _ask(request, form, status=422)
    return redirect(f"{public_url('complaints:case_status', case.token)}?sent=1")


def _open(said: dict[str, Any]) -> Case:
    intake = services.Intake(
        key=f"ask-{said['key']}", reason=Reason.objects.get(code=QUESTION), channel=Channel.WEB,
        words=said["words"], phone=said["phone"], email=said["email"], waybill=said["waybill"],
        language="en" if (get_language() or "").startswith("en") else "zh-hans",
        kind=CaseKind.QUERY,
    )  # fmt: skip
    return services.open_case(intake, by=None, at=timezone.now())


def _ask(request: HttpRequest, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    context = {"title": _("Ask us"), "form": form}
    return render(request, "complaints/public/ask.html", context, status=status)


@allow("public", GET="read")
def compensation_page(request: HttpRequest) -> HttpResponse:
    """Show the rules with examples worked out by the same arithmetic that claims use."""
    now = timezone.now()
    text = shipments.selectors.text_in_force(TextCode.COMPENSATION, at=now)
    to_come = shipments.selectors.text_to_come(TextCode.COMPENSATION, at=now)
    context = {
        "title": _("Compensation rules"), "examples": _examples(), "text": text,
        "to_come": to_come,
    }  # fmt: skip
    return render(request, "complaints/public/compensation.html", context)


FEE, VALUE, LOSS = 1200, 50_000, 30_000


def _examples() -> list[dict[str, Any]]:
    """Return one worked example per rule in force, in fen."""
    cases = [
        (_("Delay"), claim_rules.Basis(EventKind.DELAY, fee_fen=FEE)),
        (_("Loss, insured"), claim_rules.Basis(EventKind.LOSS, FEE, VALUE)),
        (_("Loss, not insured"), claim_rules.Basis(EventKind.LOSS, FEE, loss_fen=LOSS)),
        (_("Damage of 40 %, insured"), claim_rules.Basis(EventKind.DAMAGE, FEE, VALUE, share=40)),
        (_("A quarter missing, not insured"),
         claim_rules.Basis(EventKind.SHORTAGE, FEE, loss_fen=LOSS, share=25)),
    ]  # fmt: skip
    return [_worked(name, basis) for name, basis in cases]


def _worked(name: str, basis: claim_rules.Basis) -> dict[str, Any]:
    """Work one example out by the version of the rule that claims follow now (PAY-05)."""
    rule = selectors.rule_for(basis.kind, insured=bool(basis.declared_fen))
    lines = claim_rules.arithmetic(replace(basis, rule=rule))
    return {
        "name": name, "lines": [claim_rules.say(line.as_dict()) for line in lines],
        "total_fen": claim_rules.total(lines), "version": rule.version if rule else 0,
    }  # fmt: skip


@allow("public", GET="read")
def contact_page(request: HttpRequest) -> HttpResponse:
    """Show every way to ask and to complain, with the stations (PUB-05)."""
    now = timezone.now()
    context = {
        "title": _("Contact and complaint ways"), "appeal_phone": APPEAL_PHONE,
        "text": shipments.selectors.text_in_force(TextCode.CONTACT, at=now),
        "cities": shipments.selectors.served_cities(on=calendars.business_day(now)),
    }  # fmt: skip
    return render(request, "complaints/public/contact.html", context)
