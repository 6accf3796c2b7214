"""A survey behind the link of a message: no login, the first tap is kept at once (SAT-03)."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints import limits, services
from complaints.enums import CaseKind, Channel
from complaints.forms.customers import SuggestionForm
from complaints.forms.surveys import STEPS, AnswersForm
from complaints.models import Invitation, Reason, SurveyAnswer
from complaints.services import survey_answers
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, add_refusal
from courierqa.core.public import public_url

# Each tap is a sending of its own, and a household shares an address.
TAPS, LOOKS = 20, 60


@allow("public", GET="read", POST="create")
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, keep, and ask a little more; a guessed link looks like one that never was."""
    row = _invited(request, token)
    answer = SurveyAnswer.objects.filter(invitation=row).select_related("rating", "case").first()
    now = timezone.now()
    if answer is None and now > row.expires_at:
        return _page(request, row, expired=True)
    is_open = answer is None or now <= answer.answered_at + survey_answers.CHANGE_FOR
    form = _form(row, request.POST if request.POST.get("verb") == "more" else None, answer)
    if request.method == "POST" and is_open:
        errors = FieldErrors(form)
        try:
            limits.count_knock("survey", request.META.get("REMOTE_ADDR", ""), at=now, limit=TAPS)
        except limits.TooMany as error:
            more = {"form": form, "is_open": is_open, "problem": error.message}
            return _page(request, row, answer=answer, status=429, **more)
        with errors:
            done = _keep(request, row, answer, form)
            if done:
                return redirect(public_url("complaints:survey", token) + done)
    status = 422 if request.method == "POST" else 200
    return _page(request, row, answer=answer, form=form, is_open=is_open, status=status)


def _invited(request: HttpRequest, token: str) -> Invitation:
    rows = Invitation.objects.select_related("parcel", "round__template")
    row = rows.filter(token=token).first() if len(token) <= 48 else None
    if row is None:
        # Guessing is slowed down; the answer stays the same.
        try:
            limits.count_knock(
                "survey-miss", request.META.get("REMOTE_ADDR", ""), at=timezone.now(), limit=LOOKS
            )
        except limits.TooMany as error:
            raise Http404 from error
        raise Http404
    return row


def _keep(
    request: HttpRequest, row: Invitation, answer: SurveyAnswer | None, form: AnswersForm
) -> str:
    """Keep what was sent; return where to go on, "" when something is wrong."""
    now, verb = timezone.now(), request.POST.get("verb", "")
    if answer is not None and verb == "call":
        survey_answers.ask_call_back(answer=answer, at=now)
        return "?called=1"
    if answer is not None and verb == "more":
        if form.is_valid():
            survey_answers.say_more(answer=answer, said=form.said(), at=now)
            return "?thanks=1"
        return ""
    score = request.POST.get("score", "")
    if score not in {"1", "2", "3", "4", "5"}:
        form.is_valid()
        return ""
    survey_answers.first_tap(invitation=row, score=int(score), at=now)
    return "?tapped=1"


def _form(row: Invitation, data: Any, answer: SurveyAnswer | None) -> AnswersForm:
    """Return the questions after the first tap, with what was said before."""
    asked = list(row.round.template.questions.all())[1:]
    said = {item.question_id: item for item in answer.items.all()} if answer else {}
    start = {
        f"q{pk}": item.words if item.value is None else item.value for pk, item in said.items()
    }
    return AnswersForm(data, questions=asked, needs_first=False, initial=start)


def _page(request: HttpRequest, row: Invitation, *, status: int = 200, **more: Any) -> HttpResponse:
    answer = more.get("answer")
    score = answer.rating.score if answer else 0
    context = {
        "title": _("How was our service?"), "invitation": row, "steps": STEPS, "score": score,
        "said": dict(STEPS).get(str(score), ""), "is_low": 0 < score <= survey_answers.LOW,
        "first": survey_answers.first_question(row), "thanks": "thanks" in request.GET,
        "bad": status == 422 and answer is None, **more,
    }  # fmt: skip
    response = render(request, "complaints/public/survey.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@allow("public", GET="read", POST="create")
def suggest(request: HttpRequest) -> HttpResponse:
    """Take a suggestion; it becomes a case with a number and an answer (CUS-08)."""
    form = SuggestionForm(request.POST or None)
    if request.method != "POST":
        return _suggest(request, SuggestionForm(initial={"key": uuid.uuid4()}))
    errors = FieldErrors(form)
    if form.is_valid() and not form.cleaned_data["website"]:
        try:
            limits.count_knock("suggest", request.META.get("REMOTE_ADDR", ""), at=timezone.now())
        except limits.TooMany as error:
            add_refusal(form, error)
            return _suggest(request, form, status=429)
        with errors:
            case = services.open_case(_intake(form.cleaned_data), by=None, at=timezone.now())
    if not errors.ok:
        return _suggest(request, form, status=422)
    return redirect(f"{public_url('complaints:case_status', case.token)}?sent=1")


def _intake(said: dict[str, Any]) -> services.Intake:
    return services.Intake(
        key=f"suggest-{said['key']}", reason=Reason.objects.get(code="suggestion"),
        channel=Channel.WEB, words=said["words"], email=said["email"], kind=CaseKind.SUGGESTION,
        language="en" if (get_language() or "").startswith("en") else "zh-hans",
    )  # fmt: skip


def _suggest(request: HttpRequest, form: SuggestionForm, *, status: int = 200) -> HttpResponse:
    context = {"title": _("Suggest something"), "form": form}
    return render(request, "complaints/public/suggest.html", context, status=status)
