"""One exception: what is known, who answers for it, and every deed on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core.access import access_for, allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, add_refusal
from courierqa.core.history import changes_of
from shipments import enums, forms, selectors, services
from shipments.models import ExceptionPhoto, ParcelException, Responsibility
from shipments.services.handling import MACHINE

PAGE = "shipments/exception.html"
FORMS: dict[str, type[django_forms.Form]] = {
    "take": forms.NoteForm, "put_back": forms.NoteForm, "reopen": forms.NoteForm,
    "solve": forms.SolveForm, "tell": forms.TellForm, "plan": forms.PlanForm,
    "step": forms.StepForm, "analyse": forms.AnalyseForm, "photo": forms.PhotoForm,
}  # fmt: skip


def own_exception(request: HttpRequest, number: str) -> ParcelException:
    """Return an exception of the reader's scope; not yours and not there are the same 404."""
    rows = selectors.exceptions_for(access_for(request.user, "exception", "read"))
    return get_object_or_404(rows.select_related("parcel__lane", "parcel__last_site"),
                             number=number)  # fmt: skip


@allow("exception", GET="read", POST="change")
def exception_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one exception with its history, and do one deed on it."""
    row = get_object_or_404(selectors.exceptions_for(request.access), number=number)
    if request.method != "POST":
        return _page(request, row)
    verb = request.POST.get("verb", "")
    if verb not in FORMS:
        return _page(request, row, verb="take", form=_refused(request, "take"))
    more = {"kind": row.kind} if verb == "solve" else {}
    form = FORMS[verb](request.POST, request.FILES, prefix=None, **more)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            _deed(verb)(request, row, form.cleaned_data)
    if errors.ok:
        messages.success(request, _("Saved"))
        return redirect("shipments:exception", row.number)
    row.refresh_from_db()
    return _page(request, row, verb=verb, form=form)


def _refused(request: HttpRequest, verb: str) -> django_forms.Form:
    form = FORMS[verb](request.POST)
    add_refusal(form, DomainError(_("Choose what to do")))
    return form


def _deed(verb: str) -> Callable[[HttpRequest, ParcelException, dict[str, Any]], object]:
    """Return the service call of a verb."""

    def call(request: HttpRequest, row: ParcelException, said: dict[str, Any]) -> object:
        common: dict[str, Any] = {"actor": request.user, "at": timezone.now()}
        if verb == "take":
            employee = getattr(request.user, "employee", None)
            owner = employee.pk if employee else None
            return services.take_exception(row, owner_id=owner, **common)
        if verb == "photo":
            return services.add_photo(row, content=said["photo"].read(), **common)
        deeds: dict[str, Callable[..., object]] = {
            "put_back": services.put_back_exception, "reopen": services.reopen_exception,
            "solve": services.solve_exception, "tell": services.tell_customer,
            "plan": services.plan_exception, "step": services.do_step,
            "analyse": services.analyse_exception,
        }  # fmt: skip
        return deeds[verb](row, **said, **common)

    return call


def _page(
    request: HttpRequest, row: ParcelException, *, verb: str = "", form: Any = None,
    status: int = 422,
) -> HttpResponse:  # fmt: skip
    """Render the page; `form` is the one that was refused, shown open with what was typed."""
    now = timezone.now()
    classes = selectors.exception_classes()
    kind, found = classes.get(row.kind), selectors.evidence(row.parcel, now=now)
    blame = Responsibility.objects.filter(exception=row).select_related(
        "site", "person", "decided_by", "answered_by"
    ).first()  # fmt: skip
    own = {name: made() for name, made in FORMS.items()}
    own["plan"] = forms.PlanForm(initial={"plan": row.plan})
    own["tell"] = forms.TellForm(initial={"plan": row.plan})
    own["analyse"] = forms.AnalyseForm(initial={"root_cause": row.root_cause})
    own["solve"] = forms.SolveForm(kind=row.kind)
    own |= _blame_forms(found)
    if form is not None:
        own[verb] = form
    changes = changes_of(row)
    history = [(change, selectors.history_words(change)) for change in changes]
    context = {
        "title": row.number, "row": row, "kind": kind, "card": selectors.card(
            row, classes, now=now), "evidence": found, "blame": blame, "forms": own,
        "form": form, "bad": verb if form is not None else "",
        "changes": changes, "history": history[::-1], "verbs": MACHINE.verbs(row.status),
        "now": now, "steps": _steps(row, kind), "photos": row.photos.order_by("pk"),
        "stopped": enums.Condition.SECURITY_STOP in row.parcel.conditions,
        "notices": selectors.notices_for_parcel(row.parcel, now=now),
        "disruptions": row.parcel.disruptions.order_by("-starts_at"),
        "may_appeal": blame is not None and _may_appeal(request, blame),
    }  # fmt: skip
    return render(request, PAGE, context, status=status if form is not None else 200)


def _blame_forms(found: selectors.Evidence) -> dict[str, Any]:
    suggested = {
        "party": "site", "site": found.site.code if found.site else None,
        "person": found.person.number if found.person else None,
    }  # fmt: skip
    return {
        "decide": forms.BlameForm(initial=suggested), "appeal": forms.AppealForm(),
        "answer": forms.AnswerForm(),
    }  # fmt: skip


def _steps(row: ParcelException, kind: Any) -> list[tuple[int, str, Any]]:
    """Return (place, words, when it was done or None)."""
    done = row.steps_done
    return [
        (place, words, datetime.fromisoformat(done[str(place)])
         if str(place) in done else None)
        for place, words in enumerate(kind.steps if kind else [])
    ]  # fmt: skip


def _may_appeal(request: HttpRequest, blame: Responsibility) -> bool:
    access = access_for(request.user, "responsibility", "appeal")
    if access is None or blame.status != enums.BlameStatus.DECIDED:
        return False
    if blame.party == enums.Blame.PERSON:
        return blame.person_id == access.employee_id
    return blame.party == enums.Blame.SITE and (access.is_all or blame.site_id in access.sites)


# -- who answers for it -------------------------------------------------------------------------
def _answered(
    request: HttpRequest, row: ParcelException, name: str, form: Any,
    deed: Callable[[dict[str, Any]], object],
) -> HttpResponse:  # fmt: skip
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            deed(form.cleaned_data)
    if errors.ok:
        messages.success(request, _("Saved"))
        return redirect("shipments:exception", row.number)
    return _page(request, row, verb=name, form=form)


@allow("responsibility", POST="decide")
def blame_decide(request: HttpRequest, number: str) -> HttpResponse:
    """Decide who answers for an exception."""
    row = own_exception(request, number)

    def deed(said: dict[str, Any]) -> object:
        return services.decide_responsibility(
            exception=row, actor=request.user, at=timezone.now(), **said
        )

    return _answered(request, row, "decide", forms.BlameForm(request.POST), deed)


@allow("responsibility", POST="appeal")
def blame_appeal(request: HttpRequest, number: str) -> HttpResponse:
    """Disagree, as the person named or the supervisor of the site named."""
    row = own_exception(request, number)
    blame = get_object_or_404(Responsibility, exception=row)
    if blame.party == enums.Blame.SITE and not _may_appeal(request, blame):
        raise Http404

    def deed(said: dict[str, Any]) -> object:
        return services.appeal_responsibility(
            blame, text=said["appeal"], actor=request.user, at=timezone.now(),
            employee_id=request.access.employee_id,
        )  # fmt: skip

    return _answered(request, row, "appeal", forms.AppealForm(request.POST), deed)


@allow("responsibility", POST="answer")
def blame_answer(request: HttpRequest, number: str) -> HttpResponse:
    """Decide on an appeal."""
    row = own_exception(request, number)
    blame = get_object_or_404(Responsibility, exception=row)

    def deed(said: dict[str, Any]) -> object:
        return services.answer_appeal(
            blame, uphold=said["uphold"], text=said["answer"], actor=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return _answered(request, row, "answer", forms.AnswerForm(request.POST), deed)


@allow("exception", GET="read")
@never_cache
def exception_photo(request: HttpRequest, number: str, uid: Any) -> FileResponse:
    """Send a picture to somebody who may see its exception, as a file that cannot act."""
    row = own_exception(request, number)
    photo = get_object_or_404(ExceptionPhoto, exception=row, uid=uid)
    response = FileResponse(photo.file.open("rb"), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="{photo.uid.hex}.jpg"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
