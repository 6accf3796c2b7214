"""Interviews: the people the system drew, one after the other, on a phone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import Outcome, SurveyMethod
from complaints.forms import RevealForm
from complaints.forms.surveys import AnswersForm
from complaints.models import Invitation
from complaints.services import survey_answers as services
from complaints.views.requests import StaffRequest
from courierqa.core import privacy
from courierqa.core.access import allow, may
from courierqa.core.enums import ViewTask
from courierqa.core.forms import FieldErrors
from courierqa.core.paging import page_of


@allow("survey", GET="interview")
def interviews_page(request: StaffRequest) -> HttpResponse:
    """List the drawn people nobody has asked yet."""
    page = page_of(_waiting(), request.GET, order=("expires_at", "place", "id"))
    context = {"title": _("Interviews"), "page": page, "tab": "interviews"}
    return render(request, "complaints/surveys/interviews.html", context)


@allow("survey", GET="interview", POST="interview")
def interview_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter the answers of one person, or that there are none."""
    row = _person(pk)
    verb = request.POST.get("verb", "")
    form = _form(row, request.POST if verb == "save" else None)
    if verb in Outcome.values:
        services.note_no_interview(invitation=row, outcome=verb, by=request.user, at=timezone.now())
        return redirect("complaints:interviews")
    errors = FieldErrors(form)
    if form.is_bound and form.is_valid():
        with errors:
            services.record_interview(
                invitation=row, said=form.said(), by=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("Saved. Thank the customer"))
            return redirect("complaints:interviews")
    return _show(request, row, form=form, status=422 if form.is_bound else 200)


@allow("personal", POST="reveal")
def interview_dial(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the number to call, after the access log has it."""
    if not may(request.user, "survey", "interview"):
        raise Http404
    row, form = _person(pk), RevealForm(request.POST)
    if not form.is_valid():
        return redirect("complaints:interview", pk)
    seen = privacy.reveal(
        row.parcel, ["recipient_name", "recipient_phone"], actor=request.user,
        reason=form.cleaned_data["reason"], case_ref=row.parcel.waybill, request=request,
        at=timezone.now(), task=privacy.Task(ViewTask.SURVEY, row.parcel.waybill),
    )  # fmt: skip
    response = _show(request, row, form=_form(row, None), seen=seen)
    response["Cache-Control"] = "no-store"
    return response


def _waiting() -> Any:
    rows = Invitation.objects.filter(
        round__plan__method=SurveyMethod.INTERVIEW, expires_at__gte=timezone.now(),
        outcome__in=(Outcome.OPEN, Outcome.UNREACHED),
    )  # fmt: skip
    return rows.select_related("parcel", "site", "round__plan")


def _person(pk: int) -> Invitation:
    return get_object_or_404(_waiting(), pk=pk)


def _form(row: Invitation, data: Any) -> AnswersForm:
    asked = row.round.template.questions.all()
    return AnswersForm(data, questions=asked, needs_first=True)


def _show(
    request: StaffRequest, row: Invitation, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"title": _("Interview"), "row": row, **more}
    return render(request, "complaints/surveys/interview.html", context, status=status)
