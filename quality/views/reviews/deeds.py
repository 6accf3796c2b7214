"""What is done to a review, one address per deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors
from quality.forms import reviews as forms
from quality.models import Review
from quality.review_enums import ReviewKind
from quality.services import reviews as services
from quality.services.reviews import amending
from quality.views.reviews.one import changeable, find, show

Carry = Callable[[dict[str, Any], Any, Any], Any]


def _own(request: HttpRequest, pk: int) -> Review:
    """Return a review the reader prepares and holds."""
    row = find(access_for(request.user, "review", "read"), pk)
    if not changeable(request, row):
        raise PermissionDenied
    return row


def _step(request: HttpRequest, row: Review, name: str, form: Any, carry: Carry,
          place: int = 0) -> HttpResponse:  # fmt: skip
    """Carry out one step, or show the page with what is wrong beside its field."""
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            carry(form.cleaned_data, request.user, timezone.now())
    if not errors.ok:
        return show(request, row, name=name, form=form, place=place)
    messages.success(request, _("Saved"))
    return redirect("quality:review", row.pk)


@allow("review", POST="change")
def open_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a review: the system fills in what stands."""
    row = _own(request, pk)
    services.open_review(row, by=request.user, at=timezone.now())
    messages.success(request, _("Filled in with what stands now"))
    return redirect("quality:review", row.pk)


@allow("review", POST="change")
def refill(request: HttpRequest, pk: int) -> HttpResponse:
    """Read figures and inputs anew."""
    row = _own(request, pk)
    services.refill(row, by=request.user, at=timezone.now())
    messages.success(request, _("Read anew"))
    return redirect("quality:review", row.pk)


@allow("review", POST="change")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what people say."""
    row = _own(request, pk)
    form = forms.WriteForm(request.POST, row=row)
    return _step(request, row, "write", form, lambda said, by, at: services.write_review(
        row, written=form.written(), by=by, at=at))  # fmt: skip


@allow("review", POST="change")
def decision_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a decision down."""
    row = _own(request, pk)
    form = forms.DecisionForm(request.POST, row=row, prefix="new")
    return _step(request, row, "decision", form, lambda said, by, at: services.add_decision(
        row, decided=form.decided(), by=by, at=at))  # fmt: skip


@allow("review", POST="change")
def decision_drop(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Take a decision out again."""
    row = _own(request, pk)
    one = get_object_or_404(row.decisions.select_related("review"), position=position)
    services.drop_decision(one, by=request.user, at=timezone.now())
    messages.success(request, _("Taken out"))
    return redirect("quality:review", row.pk)


@allow("review", POST="change")
def decision_end(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Keep, adjust or stop (TIM-11)."""
    row = _own(request, pk)
    one = get_object_or_404(row.decisions, position=position)
    form = forms.OutcomeForm(request.POST, auto_id=f"d{position}_%s")
    return _step(request, row, "outcome", form, lambda said, by, at: services.end_decision(
        one, **said, by=by, at=at), place=position)  # fmt: skip


@allow("review", POST="change")
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a timeliness review, or put a management review before the president."""
    row = _own(request, pk)
    is_management = row.kind == ReviewKind.MANAGEMENT
    carry = services.propose_review if is_management else services.hold_review
    return _step(request, row, "hold", forms.HoldForm(request.POST),
                 lambda said, by, at: carry(row, **said, by=by, at=at))  # fmt: skip


@allow("review", POST="approve")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the outcome of a management review, or send it back (REV-03)."""
    row = find(access_for(request.user, "review", "read"), pk)

    def carry(said: dict[str, Any], by: Any, at: Any) -> None:
        services.decide_review(row, approve=said["outcome"] == "yes", note=said["note"], by=by,
                               at=at)  # fmt: skip

    return _step(request, row, "decide", forms.DecideForm(request.POST), carry)


@allow("document", POST="change")
def policy_new(request: HttpRequest, pk: int, verdict: int) -> HttpResponse:
    """Begin the new version of the policy a held review decided to change (OBJ-06)."""
    row = find(access_for(request.user, "review", "read"), pk)
    one = get_object_or_404(row.verdicts.select_related("document", "review"), pk=verdict)
    document = amending.start_policy(one, by=request.user, at=timezone.now())
    messages.success(request, _("A new version is begun"))
    return redirect("quality:document", document.number)
