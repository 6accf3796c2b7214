"""Consent: of one parcel, standing ones of a phone number, wishes, questions, withdrawal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments import services
from shipments.forms import delivery as forms
from shipments.models import Consent, ConsentRequest, Preference
from shipments.selectors import consents, parcels_for
from shipments.views.contacts import deed_page, person_id
from shipments.views.parcels import own_parcel


@allow("consent", GET="read")
def consents_page(request: HttpRequest) -> HttpResponse:
    """List standing consents and wishes; a phone number finds its own."""
    phone = request.GET.get("q", "").strip()[:30]
    ended = request.GET.get("view") == "withdrawn"
    rows = consents.standing_consents(phone, withdrawn=ended)
    page = page_of(rows, request.GET, order=("-id",))
    indexes = {row.phone_index for row in page.rows}
    context = {
        "title": _("Consents and wishes"), "page": page, "phone": phone, "ended": ended,
        "people": consents.people_behind(indexes), "wishes": consents.wishes(indexes),
        "questions": _questions(request),
    }  # fmt: skip
    return render(request, "shipments/consents.html", context)


def _questions(request: HttpRequest) -> list[ConsentRequest]:
    """Return questions still open among the parcels the reader may see."""
    access = access_for(request.user, "delivery", "read")
    if access is None:
        return []
    return list(consents.open_questions(access, now=timezone.now())[:20])


@allow("consent", GET="change", POST="change")
def consent_new_page(request: HttpRequest) -> HttpResponse:
    """Keep a wish that belongs to a phone number; a place is a standing consent too."""
    form = forms.StandingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.set_preference(at=timezone.now(), actor=request.user, **form.cleaned_data)
        if errors.ok:
            messages.success(request, _("Saved; it holds until it is withdrawn"))
            return redirect("shipments:consents")
    context = {
        "title": _("New wish or standing consent"), "form": form, "verb": _("Save the wish"),
        "back_url": "shipments:consents", "back_label": _("Consents and wishes"),
        "lead": _("A wish for a locker, a point or a proxy is a standing consent too"),
    }  # fmt: skip
    return form_page(request, "shipments/deed.html", context)


@allow("consent", POST="change")
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End a standing consent from now on, with the wish that rests on it."""
    row = get_object_or_404(Consent.objects.filter(parcel=None, withdrawn_at=None), pk=pk)
    now = timezone.now()
    services.withdraw_consent(row, at=now, actor=request.user)
    resting = Preference.objects.filter(phone_index=row.phone_index, way=row.kind, ended_at=None)
    for wish in resting:
        services.end_preference(wish, at=now, actor=request.user)
    messages.success(request, _("Withdrawn. What was delivered under it stays right"))
    return redirect("shipments:consents")


@allow("delivery", GET="change", POST="change")
def consent_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Record what the recipient of a parcel said."""
    parcel, now = own_parcel(request, waybill), timezone.now()
    form = forms.ConsentForm(request.POST or None, initial={"at": timezone.localtime(now)})

    def do() -> None:
        said = form.cleaned_data
        if said["at"] > now:
            raise DomainError(_("The answer cannot lie in the future"), code="future", field="at")
        services.record_consent(
            parcel=parcel, kind=said["kind"], given=said["given"] == "yes", way=said["way"],
            who=said["who"], at=said["at"], recorded_at=now, actor=request.user,
            person_id=person_id(request), site_id=parcel.destination_id,
        )  # fmt: skip

    return deed_page(request, parcel, form, do, title=_("Record consent"),
                     lead=_("The latest word counts. A no is kept as well"),
                     verb=_("Save the answer"))  # fmt: skip


@allow("delivery", GET="change", POST="change")
def ask_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Ask the recipient by text message or call; the parcel waits for the answer."""
    parcel = own_parcel(request, waybill)
    form = forms.AskForm(request.POST or None)

    def do() -> None:
        services.ask_consent(
            parcel=parcel, at=timezone.now(), actor=request.user,
            person_id=person_id(request), **form.cleaned_data,
        )  # fmt: skip

    return deed_page(request, parcel, form, do, title=_("Ask for consent"),
                     lead=_("The answer to the text message is recorded by itself: 1 is yes, "
                            "2 is no"), verb=_("Ask the recipient"), done=_("Asked"))  # fmt: skip


@allow("delivery", POST="change")
def answer_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the answer to an open question, given on the phone."""
    seen = parcels_for(request.access).values("pk")
    row = get_object_or_404(ConsentRequest.objects.filter(parcel_id__in=seen), pk=pk)
    given: Any = {"yes": True, "no": False}.get(request.POST.get("given", ""))
    if given is None:
        messages.error(request, _("Choose yes or no"))
        return redirect("shipments:consents")
    try:
        services.answer_request(
            row, given=given, way="call", at=timezone.now(), actor=request.user,
            person_id=person_id(request),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Saved"))
    return redirect("shipments:delivery", row.parcel.waybill)
