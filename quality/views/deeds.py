"""The steps, one address each: its form, its one service call, back to the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors
from quality import forms, selectors, services
from quality.models import Action, Nonconformity
from quality.views.page import find, own_action, show

Carry = Callable[[Nonconformity, Any, Any, datetime], Any]


def _changed(request: HttpRequest, number: str) -> Nonconformity:
    """Return the row the reader may change; a readable one is refused, others are not there."""
    rows = Nonconformity.objects.filter(selectors.changeable(request.access))
    return get_object_or_404(rows.select_related("owner", "site"), number=number)


def _carry(
    request: HttpRequest, row: Nonconformity, name: str, form: Any, carry: Carry
) -> HttpResponse:
    """Carry out one step, or show the page with what is wrong beside its field."""
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            carry(row, form, request.user, timezone.now())
    if not errors.ok:
        return show(request, find(request.access, row.number), name=name, form=form)
    messages.success(request, _("Saved"))
    return redirect("quality:nonconformity", row.number)


def step(name: str, form_class: type[forms.StepForm], carry: Carry) -> Callable[..., HttpResponse]:
    """Return the view of a step its owner, site or quality management takes."""

    @allow("nonconformity", POST="change")
    def view(request: HttpRequest, number: str) -> HttpResponse:
        row = _changed(request, number)
        form = form_class(request.POST, request.FILES, row=row)
        return _carry(request, row, name, form, carry)

    view.__name__, view.__doc__ = name, f"Take the step: {name}."
    return view


def _contain(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
    services.contain(row, text=form.cleaned_data["text"], by=by, at=at)


def _cause(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
    services.find_cause(
        row, cause=form.cleaned_data["cause"], whys=form.whys(), fishbone=form.fishbone(),
        by=by, at=at,
    )  # fmt: skip


def _action(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
    services.add_action(row, **form.cleaned_data, by=by, at=at)


def _criterion(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
    services.set_criterion(row, criterion=services.Criterion(**form.cleaned_data), by=by, at=at)


def _replan(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
    services.replan(row, reason=form.cleaned_data["reason"], by=by, at=at)


def _postpone(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
    services.postpone_check(row, **form.cleaned_data, by=by, at=at)


def _verifier(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
    services.change_verifier(row, **form.cleaned_data, by=by, at=at)


def _assign(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
    services.entrust(row, **form.cleaned_data, by=by, at=at)


def _file(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
    sent = form.cleaned_data["file"]
    services.add_file(row, content=sent.read(), name=sent.name, by=by, at=at)


contain = step("contain", forms.ContainForm, _contain)
cause = step("cause", forms.CauseForm, _cause)
action = step("action", forms.ActionForm, _action)
criterion = step("criterion", forms.CriterionForm, _criterion)
replan = step("replan", forms.WhyForm, _replan)
postpone = step("postpone", forms.LaterForm, _postpone)
verifier = step("verifier", forms.VerifierForm, _verifier)
assign = step("assign", forms.AssignForm, _assign)
file = step("file", forms.FileForm, _file)


@allow("nonconformity", POST="change")
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for approval of the plan."""
    row = _changed(request, number)
    try:
        services.propose_plan(row, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The plan waits for approval"))
    return redirect("quality:nonconformity", number)


@allow("nonconformity", POST="approve")
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Approve the plan or send it back."""

    def carry(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
        said = form.cleaned_data
        services.decide_plan(row, approve=said["outcome"] == "yes", note=said["note"], by=by, at=at)

    row = find(request.access, number)
    return _carry(request, row, "decide", forms.DecideForm(request.POST, row=row), carry)


@allow("nonconformity", POST="void")
def void(request: HttpRequest, number: str) -> HttpResponse:
    """Declare it void."""

    def carry(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
        services.void(row, reason=form.cleaned_data["reason"], by=by, at=at)

    row = find(request.access, number)
    return _carry(request, row, "void", forms.WhyForm(request.POST, row=row), carry)


@allow("nonconformity", POST="void")
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Open a closed one again."""

    def carry(row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
        services.reopen(row, reason=form.cleaned_data["reason"], by=by, at=at)

    row = find(request.access, number)
    return _carry(request, row, "reopen", forms.WhyForm(request.POST, row=row), carry)


@allow("nonconformity", POST="act")
def done(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Report a measure as done."""
    deed = own_action(request.access, number, position)

    def carry(_row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
        said = form.cleaned_data
        sent = said.pop("file")
        services.finish_action(
            deed, **said, content=sent.read() if sent else b"",
            file_name=sent.name if sent else "", by=by, at=at,
        )  # fmt: skip

    row = deed.nonconformity
    form = forms.DoneForm(request.POST, request.FILES, row=row)
    return _carry(request, row, f"done-{position}", form, carry)


@allow("nonconformity", POST="change")
def later(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Put a measure off."""
    row, deed = _planned(request, number, position)

    def carry(_row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
        services.extend_action(deed, **form.cleaned_data, by=by, at=at)

    form = forms.LaterForm(request.POST, row=row)
    return _carry(request, row, f"later-{position}", form, carry)


@allow("nonconformity", POST="change")
def cancel(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Give a measure up."""
    row, deed = _planned(request, number, position)

    def carry(_row: Nonconformity, form: Any, by: Any, at: datetime) -> None:
        services.cancel_action(deed, reason=form.cleaned_data["reason"], by=by, at=at)

    form = forms.WhyForm(request.POST, row=row)
    return _carry(request, row, f"cancel-{position}", form, carry)


@allow("nonconformity", POST="change")
def drop(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Take a measure out of a plan nobody approved."""
    _row, deed = _planned(request, number, position)
    try:
        services.drop_action(deed, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("quality:nonconformity", number)


def _planned(request: HttpRequest, number: str, position: int) -> tuple[Nonconformity, Action]:
    row = _changed(request, number)
    deed = row.actions.filter(round=row.round, position=position).first()
    if deed is None:
        raise Http404
    return row, deed
