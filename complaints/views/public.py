"""The customer's door: complain and follow the case, without account and without script."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints import clocks, limits, selectors, services
from complaints.enums import OPEN, CaseKind, Channel, Status
from complaints.forms import PublicCaseForm, WordsForm
from complaints.models import Case
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, add_refusal

APPEAL_PHONE = "12305"


@allow("public", GET="read", POST="create")
def complain(request: HttpRequest) -> HttpResponse:
    """Show the form, or register what it says; a known waybill answers like an unknown one."""
    if request.method != "POST":
        initial = {
            "key": uuid.uuid4(),
            "waybill": request.GET.get("waybill", "")[:40],
            "reason": request.GET.get("reason", "")[:30],
        }
        return _form(request, PublicCaseForm(initial=initial))
    form = PublicCaseForm(request.POST, request.FILES)
    if (late := _too_fast(request, form)) is not None:
        return late
    errors = FieldErrors(form)
    if form.is_valid() and not _is_program(form):
        with errors:
            case = _open(form.cleaned_data)
    if not errors.ok:
        return _form(request, form, status=422)
    return redirect(f"{_status_url(request, case)}?sent=1")


@allow("case_status", GET="read")
def case_status(request: HttpRequest, token: str) -> HttpResponse:
    """Show the customer their case; a merged one leads to the case that goes on for it."""
    case = get_object_or_404(_cases(), token=token)
    if case.merged_into is not None:
        return redirect(f"{_status_url(request, case.merged_into)}?was={case.number}")
    return _status(request, case, WordsForm())


@allow("public", POST="create")
def case_words(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what the customer adds."""
    case = get_object_or_404(_cases(), token=token)
    form = WordsForm(request.POST, request.FILES)
    try:
        _count(request)
    except limits.TooMany as error:
        add_refusal(form, error)
        return _status(request, case, form, status=429)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            said = dict(form.cleaned_data)
            photos = _photos(said.pop("photos"))
            services.add_words_with_photos(case=case, photos=photos, at=timezone.now(), **said)
    if not errors.ok:
        return _status(request, case, form, status=422)
    return redirect(f"{_status_url(request, case)}?added=1")


def _cases() -> Any:
    return Case.objects.select_related("reason", "first_responder", "owner", "merged_into")


def _open(found: dict[str, Any]) -> Case:
    intake = services.Intake(
        key=f"web-{found['key']}",
        reason=found["reason"],
        channel=Channel.WEB,
        words=found["words"],
        wish=found["wish"],
        phone=found["phone"],
        email=found["email"],
        name=found["name"],
        waybill=found["waybill"],
        language="en" if (get_language() or "").startswith("en") else "zh-hans",
        kind=CaseKind.COMPLAINT,
    )
    return services.open_with_photos(intake, _photos(found["photos"]), at=timezone.now())


def _photos(files: list[Any]) -> list[services.Photo]:
    return [services.Photo(one.name, one.read()) for one in files]


def _count(request: HttpRequest) -> None:
    limits.count_knock("complain", request.META.get("REMOTE_ADDR", ""), at=timezone.now())


def _too_fast(request: HttpRequest, form: PublicCaseForm) -> HttpResponse | None:
    try:
        _count(request)
    except limits.TooMany as error:
        add_refusal(form, error)
        response = _form(request, form, status=error.status)
        response["Retry-After"] = "60"
        return response
    return None


def _is_program(form: PublicCaseForm) -> bool:
    if form.cleaned_data["website"]:
        form.add_error(None, _("Leave the hidden field empty"))
        return True
    return False


def _form(request: HttpRequest, form: PublicCaseForm, *, status: int = 200) -> HttpResponse:
    context = {"title": _("Tell us what went wrong"), "form": form, "groups": _groups(form)}
    return render(request, "complaints/complain.html", context, status=status)


def _groups(form: PublicCaseForm) -> list[dict[str, Any]]:
    chosen = form["reason"].value()
    return [
        {
            "name": name,
            "reasons": reasons,
            "is_open": any(reason.code == chosen for reason in reasons),
            "number": group,
        }
        for group, name, reasons in selectors.reason_groups()
    ]


def _status(
    request: HttpRequest, case: Case, form: WordsForm, *, status: int = 200
) -> HttpResponse:
    settled = case.status in (Status.ANSWERED, Status.FOLLOWED_UP, Status.CLOSED)
    answer_by = case.resolve_due_at if case.first_answer_at else case.first_due_at
    now = timezone.now()
    context = {
        "title": case.number,
        "case": case,
        "form": form,
        "moments": selectors.public_timeline(case),
        "is_open": case.status in OPEN,
        "is_settled": settled,
        "is_late": case.status in OPEN and not settled and now > answer_by,
        "answer_by": answer_by,
        "clock": clocks.badge(case, now=now),
        "appeal_phone": APPEAL_PHONE,
        "was_sent": "sent" in request.GET,
        "was_added": "added" in request.GET,
        "pictures": case.files.filter(added_by=None, removed_at=None).count(),
        "was": case.merged.filter(number=request.GET.get("was", "")[:20]).first(),
    }
    response = render(request, "complaints/case_status.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _status_url(request: HttpRequest, case: Case) -> str:
    name = "case_status_en" if request.path.startswith("/en/") else "case_status"
    return reverse(f"complaints:{name}", args=[case.token])
