"""Requests of persons about their own data: the list, one of them, its contact in clear (X04)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import privacy
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.enums import ViewTask
from courierqa.core.formats import moment
from courierqa.core.forms import form_page
from quality.forms.things import requests as forms
from quality.models import PersonRequest
from quality.services.things import person_requests as services
from quality.views.things.shared import day_badge, deed, today
from staff.views.files import listed
from staff.views.records import Cell, Record, Table, make_page, record_page, table_page


@allow("person_request", GET="read")
def requests_page(request: HttpRequest) -> HttpResponse:
    """List requests: those still open first, the nearest day on top."""
    state = "done" if request.GET.get("view") == "done" else "open"
    rows = PersonRequest.objects.select_related("handler")
    rows = rows.filter(answered_at__isnull=state == "open")
    found = listed(
        request, rows, order=("due_at", "id") if state == "open" else ("-answered_at", "-id")
    )
    url = reverse("quality:person_requests")
    table = Table(
        _("Requests about personal data"),
        [_("Number"), pgettext("request", "What is asked for"), _("Who"), _("Received"), _("Due"),
         _("Handled by"), _("Answer")],
        (_row(one) for one in found), page=found, icon="user-question",
        tabs=[(url, pgettext("request", "Open"), state == "open"),
              (f"{url}?view=done", pgettext("request", "Answered"), state == "done")],
        actions=_actions(request), empty=_("No request"),
        hint=_("Whoever asks about their own data is answered within 15 working days"),
    )  # fmt: skip
    return table_page(request, table)


def _actions(request: HttpRequest) -> list[Any]:
    if not may(request.user, "person_request", "change"):
        return []
    return [(reverse("quality:person_request_new"), _("New request"), "plus")]


def _row(one: PersonRequest) -> list[Cell]:
    due = Cell(_("Stopped until it is known who asks"), badge="warn")
    if one.due_at is not None:
        due = day_badge(business_day(one.due_at), on=today(), soon=5)
    return [
        Cell(one.number, reverse("quality:person_request", args=[one.number])),
        Cell(one.get_kind_display()), Cell(one.masked), Cell(moment(one.received_at)),
        due if one.answered_at is None else Cell(moment(one.due_at)), Cell(one.handler),
        Cell(one.get_answer_kind_display() or "—"),
    ]  # fmt: skip


@allow("person_request", GET="change", POST="change")
def request_new(request: HttpRequest) -> HttpResponse:
    """Write down a request; a mailbox or a call is as good as a letter."""

    def save(said: dict[str, Any]) -> str:
        made = services.take_request(services.Asked(**said), by=request.user, at=timezone.now())
        return reverse("quality:person_request", args=[made.number])

    form = forms.RequestForm(
        request.POST or None, initial={"received_at": timezone.localtime(timezone.now())}
    )
    return make_page(request, form, save, title=_("New request about personal data"),
                     submit=_("Save"), back=reverse("quality:person_requests"))  # fmt: skip


@allow("person_request", GET="read", POST="change")
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a request masked, with what may be done to it."""
    return _show(request, _find(number))


def _find(number: str) -> PersonRequest:
    rows = PersonRequest.objects.select_related("handler", "answered_by")
    return get_object_or_404(rows, number=number)


def _show(
    request: HttpRequest, row: PersonRequest, seen: dict[str, str] | None = None
) -> HttpResponse:
    who = f"{seen['name']} {seen['phone']}" if seen else row.masked
    facts = [
        (pgettext("request", "What is asked for"), row.get_kind_display()), (_("Who"), who),
        (pgettext("request", "In their words"), row.words),
        (pgettext("request", "Received at"), moment(row.received_at)),
        (_("Identity asked about"), moment(row.checking_from)),
        (_("Identity known"), moment(row.checked_at)),
        (_("Due"), moment(row.due_at) if row.due_at else _("Stopped until it is known who asks")),
        (_("Handled by"), row.handler), (_("Answer"), row.get_answer_kind_display()),
        (_("What the person was told"), row.answer), (_("Answered"), moment(row.answered_at)),
        (_("Answered by"), row.answered_by),
    ]  # fmt: skip
    doors = []
    if may(request.user, "person_contact", "reveal"):
        doors = [Cell(_("Show name and phone"),
                      reverse("quality:person_request_contact", args=[row.number]))]  # fmt: skip
    record = Record(
        title=row.number, back=reverse("quality:person_requests"),
        back_label=_("Requests about personal data"), facts=facts,
        lines=[(pgettext("record", "Next step"), doors)] if doors else [],
        deeds=_deeds(request, row),
    )  # fmt: skip
    return record_page(request, record)


def _deeds(request: HttpRequest, row: PersonRequest) -> list[Any]:
    if row.answered_at is not None or not may(request.user, "person_request", "change"):
        return []
    now, by = timezone.now(), request.user
    found = [
        deed("answer", _("Answer"), forms.AnswerForm,
             lambda said: services.answer_request(row, by=by, at=now, **said), icon="send"),
    ]  # fmt: skip
    if row.is_standing:
        found.insert(0, deed("proof", _("Identity known"), forms.NoFieldsForm,
                             lambda _said: services.note_proof(row, by=by, at=now)))  # fmt: skip
    elif row.checking_from is None:
        found.append(deed("ask", _("Ask for proof of identity"), forms.NoFieldsForm,
                          lambda _said: services.ask_proof(row, by=by, at=now)))  # fmt: skip
    return found


@allow("person_contact", GET="reveal", POST="reveal")
def request_contact(request: HttpRequest, number: str) -> HttpResponse:
    """Show name and phone in clear, after the reason and the task are in the access log."""
    row, form = _find(number), forms.WhyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        words = {"title": row.number, "submit": _("Show name and phone"),
                 "back": reverse("quality:person_request", args=[number])}  # fmt: skip
        return form_page(request, "components/form_page.html", {"form": form, **words})
    task = privacy.Task(ViewTask.REQUEST, row.number)
    seen = privacy.reveal(
        row, ["name", "phone"], actor=request.user, reason=form.cleaned_data["reason"],
        task=task if row.handler_id == request.user.pk else None, request=request,
        at=timezone.now(),
    )  # fmt: skip
    request.method = "GET"
    response = _show(request, row, seen)
    response["Cache-Control"] = "no-store"
    return response
