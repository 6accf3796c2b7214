"""One tap after a delivery: the customer says how it was, behind the link of the receipt."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import limits, services
from complaints.enums import Channel
from complaints.forms.rating import RatingForm
from complaints.models import Answer
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, add_refusal
from shipments.enums import State
from shipments.models import Parcel
from shipments.receipts import parcel_id_of


@allow("public", GET="read", POST="create")
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once; who has answered sees what they said."""
    parcel = _delivered(token)
    known = Answer.objects.filter(key=_key(parcel)).first()
    if known is not None:
        return _page(request, token, parcel, answer=known)
    if request.method != "POST":
        return _page(request, token, parcel, form=RatingForm())
    form = RatingForm(request.POST)
    try:
        limits.count_knock("rate", request.META.get("REMOTE_ADDR", ""), at=timezone.now())
    except limits.TooMany as error:
        add_refusal(form, error)
        return _page(request, token, parcel, status=429, form=form)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            _keep(parcel, form.cleaned_data)
    if not errors.ok:
        return _page(request, token, parcel, status=422, form=form)
    name = "rate_en" if request.path.startswith("/en/") else "rate"
    return redirect(reverse(f"complaints:{name}", args=[token]))


def _delivered(token: str) -> Parcel:
    parcel = Parcel.objects.filter(pk=parcel_id_of(token) or 0, state=State.DELIVERED).first()
    if parcel is None:
        raise Http404
    return parcel


def _key(parcel: Parcel) -> str:
    return f"receipt:{parcel.pk}"


def _keep(parcel: Parcel, said: dict[str, Any]) -> None:
    services.record_answer(
        services.Rating(
            key=_key(parcel), score=said["score"], channel=Channel.WEB, parcel=parcel,
            answered_at=timezone.now(), words=said["words"],
        )
    )  # fmt: skip


def _page(
    request: HttpRequest, token: str, parcel: Parcel, *, status: int = 200, **more: Any
) -> HttpResponse:
    answer = more.get("answer")
    faces = dict(_faces())
    context = {
        "title": _("How was the delivery?"), "parcel": parcel, "token": token, "faces": _faces(),
        "said": faces.get(answer.score, "") if answer else "", **more,
    }  # fmt: skip
    return render(request, "complaints/rate.html", context, status=status)


def _faces() -> list[tuple[int, str]]:
    """Return the answers in the reader's language, the best first."""
    return [
        (5, _("Very satisfied")), (4, _("Satisfied")), (3, _("Neither")),
        (2, _("Dissatisfied")), (1, _("Very dissatisfied")),
    ]  # fmt: skip
