"""What couriers and sites are asked, and what was decided about them: answer, appeal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from complaints import forms, selectors, services
from complaints.models import Statement
from complaints.services.ruling import may_appeal
from complaints.views.requests import StaffRequest
from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors

LIMIT = 60


def _page(
    request: StaffRequest, *, phone: bool, bound: dict[str, Form] | None = None
) -> HttpResponse:
    now = timezone.now()
    asked = selectors.statements_for(request.access)
    ruled = selectors.rulings_for(request.access)
    sent = bound or {}
    rulings = list(ruled[:LIMIT])
    for ruling in rulings:
        name = f"ruling-{ruling.pk}"
        fresh = forms.CaseAppealForm(auto_id=f"appeal-{ruling.pk}-%s")
        ruling.form = sent.get(name, fresh)  # type: ignore[attr-defined]
    waiting = list(asked.filter(answered_at=None).order_by("due_at")[:LIMIT])
    for row in waiting:
        name = f"statement-{row.uid}"
        blank = forms.StatementAnswerForm(auto_id=f"answer-{row.uid}-%s")
        row.form = sent.get(name, blank)  # type: ignore[attr-defined]
    context = {
        "title": _("Statements") if phone else _("Statements and decisions"),
        "open": waiting,
        "answered": asked.filter(answered_at__isnull=False).order_by("-answered_at")[:20],
        "rulings": [(row, _is_appealable(row, request, now)) for row in rulings],
        "form": next(iter(sent.values()), None), "now": now, "phone": phone,
    }  # fmt: skip
    template = "complaints/m_cases.html" if phone else "complaints/asked.html"
    return render(request, template, context, status=422 if bound else 200)


def _is_appealable(row: Any, request: StaffRequest, now: Any) -> bool:
    return row.status == "decided" and row.appeal_until >= now and may_appeal(row, request.user)


@never_cache
@allow("statement", GET="answer")
def m_cases(request: StaffRequest) -> HttpResponse:
    """On the phone: what I am asked, and what was decided about me."""
    return _page(request, phone=True)


@allow("statement", GET="answer")
def asked_page(request: StaffRequest) -> HttpResponse:
    """At the desk: what my site is asked, and what was decided about it."""
    return _page(request, phone=False)


@allow("statement", POST="answer")
def statement_answer(request: StaffRequest, uid: UUID) -> HttpResponse:
    """Say what happened."""
    rows = selectors.statements_for(request.access)
    row = get_object_or_404(rows, uid=uid)
    form = forms.StatementAnswerForm(request.POST, request.FILES, auto_id=f"answer-{uid}-%s")

    def deed() -> None:
        _answer(request, row, form.cleaned_data)

    return _do(request, f"statement-{uid}", form, deed)


def _answer(request: StaffRequest, row: Statement, said: dict[str, Any]) -> None:
    sent, at = said["file"], timezone.now()
    services.answer_with_file(
        statement=row, text=said["text"], by=request.user, at=at,
        content=sent.read() if sent else None, name=sent.name if sent else "",
    )  # fmt: skip


@allow("liability", POST="appeal")
def ruling_appeal(request: StaffRequest, pk: int) -> HttpResponse:
    """Disagree with a decision."""
    row = get_object_or_404(selectors.rulings_for(request.access), pk=pk)
    form = forms.CaseAppealForm(request.POST, auto_id=f"appeal-{pk}-%s")

    def deed() -> None:
        services.appeal_ruling(
            ruling=row, text=form.cleaned_data["appeal"], by=request.user, at=timezone.now()
        )

    return _do(request, f"ruling-{pk}", form, deed)


def _do(request: StaffRequest, name: str, form: Form, deed: Callable[[], None]) -> HttpResponse:
    phone = request.POST.get("phone") == "1"
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            deed()
    if errors.ok:
        messages.success(request, _("Sent"))
        return redirect("complaints:m_cases" if phone else "complaints:asked")
    reading = access_for(request.user, "statement", "answer")
    if reading is not None:
        request.access = reading
    return _page(request, phone=phone, bound={name: form})
