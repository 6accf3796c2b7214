"""Ride-alongs and spot checks, and what was agreed afterwards."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.formats import day
from staff import selectors, services
from staff.enums import FORBIDDEN, Answer, ObservationItem
from staff.forms.work import CoachForm, ObserveForm, ResultForm
from staff.models import Observation
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page


@allow("observation", GET="read")
def observations_page(request: HttpRequest) -> HttpResponse:
    """Ride-alongs and spot checks within reach, newest first; one person by number."""
    found = selectors.observations_for(request.access)
    number = request.GET.get("person", "")[:20]
    found = found.filter(employee__number=number) if number else found
    page = listed(request, found, order=("-on", "-id"))
    rows = [
        [Cell(day(row.on), reverse("staff:observation", args=[row.pk])),
         Cell(f"{row.employee.name} {row.employee.number}"), Cell(row.site),
         Cell(row.get_kind_display()), Cell(row.seen, is_number=True), _fails(row),
         Cell(row.by.display_name)]
        for row in page
    ]  # fmt: skip
    table = Table(
        _("Supervision"),
        [_("Day"), _("Person"), _("Site"), _("Kind"), _("Points seen") + "#",
         pgettext("check", "Not in order"), _("Seen by")],
        rows, page=page, export="observation", icon="eye",
        empty=_("No ride-along and no spot check yet"),
        hint=_("Start one on a person's page"),
        actions=[(reverse("staff:coaching"), _("Agreements"), "message")],
    )  # fmt: skip
    return table_page(request, table)


def _fails(row: Observation) -> Cell:
    if hasattr(row, "corrected_by"):
        return Cell(_("Corrected later"), badge="neutral")
    return Cell(row.fails, badge="bad" if row.fails else "good")


@allow("observation", GET="create", POST="create")
def observation_new(request: HttpRequest, number: str) -> HttpResponse:
    """Record a ride-along or spot check; `corrects` replaces an earlier record in the counts."""
    person = get_object_or_404(selectors.employees_for(request.access), number=number)
    wanted = request.GET.get("corrects", "")
    mine = selectors.observations_for(request.access).filter(employee=person)
    corrects = get_object_or_404(mine, pk=int(wanted)) if wanted.isdecimal() else None
    form = ObserveForm(request.POST or None, initial={"on": business_day(timezone.now())})

    def save(said: dict[str, Any]) -> str:
        row = services.record_observation(
            person, kind=said["kind"], on=said["on"], answers=form.answers(), note=said["note"],
            corrects=corrects, by=request.user, at=timezone.now(),
        )  # fmt: skip
        return reverse("staff:observation", args=[row.pk])

    lead = _("What you did not see stays out of the count. A record cannot be edited later, "
             "only corrected by another")  # fmt: skip
    return make_page(
        request, form, save, lead=lead, submit=_("Keep the record"),
        title=_("Check of %(name)s") % {"name": person.name},
        back=reverse("staff:person", args=[number]),
    )  # fmt: skip


@allow("observation", GET="read", POST="create")
def observation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One record with its points; agreeing on something follows from here."""
    row = get_object_or_404(selectors.observations_for(request.access), pk=pk)
    deed = Deed(
        "coach", _("Keep the agreement"), CoachForm,
        lambda said: services.coach(row.employee, observation=row, by=request.user,
                                    at=timezone.now(), **said),
    )  # fmt: skip
    points = [_point(code, row.answers.get(code, Answer.NA)) for code in ObservationItem.values]
    agreed = [Cell(f"{day(one.at)} · {one.text}", reverse("staff:coaching_note", args=[one.pk]))
              for one in row.coaching.all()]  # fmt: skip
    later = getattr(row, "corrected_by", None)
    record = Record(
        title=f"{row.get_kind_display()} · {row.employee.name}", back_label=_("Supervision"),
        back=reverse("staff:observations"),
        facts=[(_("Person"), row.employee), (_("Site"), row.site), (_("Day"), day(row.on)),
               (_("Points seen"), row.seen), (pgettext("check", "Not in order"), row.fails),
               (_("What you saw"), row.note or None), (_("Seen by"), row.by.display_name),
               (_("Corrected later"), day(later.on) if later else _("no"))],
        lines=[(_("What was looked at"), points), (_("Agreements"), agreed)],
        deeds=[deed] if may(request.user, "observation", "create") else [],
        source=("observation", row.pk) if row.fails else None,
    )  # fmt: skip
    return record_page(request, record)


def _point(code: str, answer: str) -> Cell:
    badge = {Answer.OK: "good", Answer.FAIL: "bad"}.get(Answer(answer), "")
    text = f"{ObservationItem(code).label}: {Answer(answer).label}"
    is_grave = answer == Answer.FAIL and code in FORBIDDEN
    return Cell(f"{text} · " + _("forbidden act") if is_grave else text, badge=badge)


@allow("observation", GET="read")
def coaching_page(request: HttpRequest) -> HttpResponse:
    """Agreements, those to look at next first."""
    found = selectors.coaching_for(request.access)
    page = listed(request, found, order=("-id",))
    today = business_day(timezone.now())
    rows = [
        [Cell(row.text, reverse("staff:coaching_note", args=[row.pk])),
         Cell(f"{row.employee.name} {row.employee.number}"), Cell(row.by.display_name),
         Cell(day(row.next_on) if row.next_on else None), _due(row, today)]
        for row in page
    ]  # fmt: skip
    table = Table(
        _("Agreements"),
        [_("What you agreed"), _("Person"), _("With"), _("Look again on"), _("State")], rows,
        page=page, export="observation", icon="message", empty=_("Nothing was agreed yet"),
        hint=_("Agreements are made after a ride-along or spot check"),
    )  # fmt: skip
    return table_page(request, table)


def _due(row: Any, today: Any) -> Cell:
    if row.done_at:
        return Cell(_("Looked at"), badge="good")
    is_late = row.next_on is not None and row.next_on < today
    return Cell(_("Overdue"), badge="bad") if is_late else Cell(_("Agreed on"), badge="neutral")


@allow("observation", GET="read", POST="create")
def coaching_note(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement; looking at it again ends it."""
    note = get_object_or_404(selectors.coaching_for(request.access), pk=pk)
    deed = Deed(
        "finish", _("Looked at"), ResultForm,
        lambda said: services.finish_coaching(note, **said, by=request.user, at=timezone.now()),
    )  # fmt: skip
    is_open = note.done_at is None and may(request.user, "observation", "create")
    record = Record(
        title=_("Agreement with %(name)s") % {"name": note.employee.name}, lead=note.text,
        back=reverse("staff:coaching"), back_label=_("Agreements"), deeds=[deed] if is_open else [],
        facts=[(_("Day"), day(note.at)), (_("With"), note.by.display_name),
               (_("Look again on"), day(note.next_on) if note.next_on else None),
               (_("What came of it"), note.result or None)],
    )  # fmt: skip
    return record_page(request, record)
