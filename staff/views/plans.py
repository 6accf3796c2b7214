"""The year plan with its sessions, needs, the matrix, effects."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.context import address_of
from courierqa.core.enums import Scope
from courierqa.core.formats import day
from staff import selectors, services
from staff.enums import EffectKind, NeedState, SessionState
from staff.forms.work import (
    AnswerNeedForm,
    EffectForm,
    HoldForm,
    MoveSessionForm,
    NeedForm,
    SessionForm,
    WhyForm,
)
from staff.models import Course, Employee, Post, TrainingSession
from staff.views.files import file_of, listed, wants_file
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page

BADGES = {"planned": "", "held": "good", "cancelled": "neutral"}


@allow("training", GET="read")
def plan_page(request: HttpRequest) -> HttpResponse:
    """The plan of a year: each item with its state; moved and overdue items are marked."""
    today = business_day(timezone.now())
    year = selectors.year_of(request.GET.get("year", ""), today)
    rows = (
        [Cell(row.course, reverse("staff:session", args=[row.pk])),
         Cell(row.site or _("Every site")),
         Cell(day(row.first_planned_on)), Cell(day(row.planned_on)), _state(row, today),
         Cell(row.came, is_number=True)]
        for row in selectors.sessions_for(request.access, year)
    )  # fmt: skip
    here = reverse("staff:plan")
    tabs = [(f"{here}?year={one}", str(one), one == year) for one in (year - 1, year, year + 1)]
    new = [(reverse("staff:session_new"), _("Plan a session"), "plus")]
    table = Table(
        _("Training plan %(year)s") % {"year": year},
        [_("Course"), _("Site"), _("First planned"), _("Planned day"), _("State"), _("Came") + "#"],
        rows, tabs=tabs, export="training",
        actions=new if may(request.user, "training", "change") else (),
        empty=_("Nothing is planned for this year"), icon="calendar",
        hint=_("Sessions are planned by the trainer; moved ones count as late"),
    )  # fmt: skip
    return table_page(request, table)


def _state(row: TrainingSession, today: Any) -> Cell:
    if row.state == SessionState.PLANNED and row.planned_on < today:
        return Cell(_("Overdue"), badge="bad")
    badge = BADGES[row.state] or ("warn" if row.planned_on > row.first_planned_on else "neutral")
    return Cell(row.get_state_display(), badge=badge)


@allow("training", GET="change", POST="change")
def session_new(request: HttpRequest) -> HttpResponse:
    """Plan a session for everybody of the course who owes it at the site."""

    def save(said: dict[str, Any]) -> str:
        people = Employee.objects.filter(
            assignments__course=said["course"], assignments__state__in=["assigned", "started"]
        ).exclude(state="left")
        if said["site"]:
            people = people.filter(site=said["site"])
        row = services.plan_session(
            said.pop("course"), on=said.pop("on"), by=request.user, at=timezone.now(),
            people=people.distinct(), **said,
        )  # fmt: skip
        return reverse("staff:session", args=[row.pk])

    lead = _("Whoever owes the course at the site is expected; others may be added on the day")
    return make_page(request, SessionForm(request.POST or None), save, lead=lead,
                     title=_("Plan a session"), submit=_("Plan it"),
                     back=reverse("staff:plan"))  # fmt: skip


def _reach(request: HttpRequest) -> Any:
    """Return the people whom the reader sees."""
    return selectors.employees_for(request.access).exclude(state="left")


@allow("training", GET="read", POST="change")
def session_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: who is expected and came; hold it, move it, cancel it, check its effect."""
    rows = selectors.sessions_within(request.access).select_related("course", "site", "effect")
    session = get_object_or_404(rows, pk=pk)
    access, people = request.access, session.attendances.select_related("employee")
    people = people.filter(access.rows(site="employee__site", own="employee"))
    effect = getattr(session, "effect", None)
    facts = [
        (_("Site"), session.site or _("Every site")), (_("Trainer"), session.trainer or None),
        (_("First planned"), day(session.first_planned_on)),
        (_("Planned day"), day(session.planned_on)), (_("State"), session.get_state_display()),
        (_("Reason"), session.reason or None),
        (_("Effect"), _effect_words(effect) if effect else _("Not checked yet")),
    ]  # fmt: skip
    came = {None: _("expected"), True: _("came"), False: _("did not come")}
    lines = [Cell(f"{row.employee.name} {row.employee.number} · {came[row.was_present]}")
             for row in people]  # fmt: skip
    record = Record(
        title=str(session.course), back=reverse("staff:plan"), back_label=_("Training plan"),
        facts=facts, lines=[(_("Who is expected"), lines), *_compared(request, session)],
        deeds=_session_deeds(request, session) if may(request.user, "training", "change") else [],
    )  # fmt: skip
    return record_page(request, record)


def _compared(request: HttpRequest, session: TrainingSession) -> list[tuple[Any, list[Cell]]]:
    """Lead to the figures before and after; nobody compares their colleagues."""
    address = address_of("kpi:training_effect", session.pk)
    if session.state != SessionState.HELD or request.access.scope == Scope.OWN or not address:
        return []
    return [(_("Did it help?"), [Cell(_("Figures before and after"), address)])]


def _effect_words(effect: Any) -> str:
    verdict = _("It helped") if effect.is_effective else _("It did not help")
    change = f" · {effect.before} → {effect.after}" if effect.before or effect.after else ""
    return f"{verdict}{change}\n{effect.note}"


def _session_deeds(request: HttpRequest, session: TrainingSession) -> list[Deed]:
    who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if session.state == SessionState.HELD:
        who["kind"] = EffectKind.TEST
        check = Deed("check", _("Keep the result of a test"), EffectForm,
                     lambda said: services.check_effect(session, **said, **who))  # fmt: skip
        return [] if hasattr(session, "effect") else [check]
    if session.state != SessionState.PLANNED:
        return []
    people = Employee.objects.filter(attendances__session=session)
    today = {"on": business_day(who["at"])}
    return [
        Deed("hold", _("It was held"), partial(HoldForm, people=people, initial=today),
             lambda said: services.hold_session(session, **said, **who)),
        Deed("move", _("Move to another day"), MoveSessionForm,
             lambda said: services.move_session(session, **said, **who), icon="calendar"),
        Deed("cancel", _("Cancel by decision"), WhyForm,
             lambda said: services.cancel_session(session, **said, **who), icon="x",
             is_grave=True),
    ]  # fmt: skip


@allow("training", GET="read")
def needs_page(request: HttpRequest) -> HttpResponse:
    """What people must learn, where it was seen, what was answered."""
    state, here = request.GET.get("state", ""), reverse("staff:needs")
    page = listed(request, selectors.needs_for(request.access, state))
    rows = [
        [Cell(selectors.need_words(row), reverse("staff:need", args=[row.pk])),
         Cell(f"{row.employee.name} {row.employee.number}" if row.employee else None),
         Cell(row.get_source_display()), Cell(row.reference or None), Cell(day(row.raised_at)),
         Cell(row.get_state_display(), badge="warn" if row.state == NeedState.OPEN else "neutral")]
        for row in page
    ]  # fmt: skip
    tabs = [(here, _("All"), not state), *((f"{here}?state={code}", label, code == state)
                                          for code, label in NeedState.choices)]  # fmt: skip
    new = [(reverse("staff:need_new"), _("Raise a need"), "plus")]
    table = Table(
        _("Training needs"),
        [_("What must be learned"), _("Person"), _("Where it was seen"), _("Record"), _("Day"),
         _("State")],
        rows, tabs=tabs, page=page, export="training", icon="school", empty=_("No need is known"),
        actions=new if may(request.user, "training", "assign") else (),
        hint=_("Grades, failed exams, checks and complaints raise needs; others come by hand"),
    )  # fmt: skip
    return table_page(request, table)


@allow("training", GET="assign", POST="assign")
def need_new(request: HttpRequest) -> HttpResponse:
    """Raise a need by hand."""
    form = NeedForm(request.POST or None, people=_reach(request))

    def save(said: dict[str, Any]) -> str:
        person = said.pop("person")
        need = services.raise_need(employee=person, by=request.user, at=timezone.now(), **said)
        return reverse("staff:need", args=[need.pk])

    return make_page(request, form, save, title=_("Raise a need"), submit=_("Raise"),
                     back=reverse("staff:needs"))  # fmt: skip


@allow("training", GET="read", POST="assign")
def need_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One need and its answer."""
    access = access_for(request.user, "training", "read") or request.access
    need = get_object_or_404(selectors.needs_for(access), pk=pk)
    deed = Deed(
        "answer", _("Answer the need"), AnswerNeedForm,
        lambda said: services.answer_need(need, **said, by=request.user, at=timezone.now()),
    )  # fmt: skip
    is_open = need.state == NeedState.OPEN and may(request.user, "training", "assign")
    course = need.assignment.course if need.assignment else None
    record = Record(
        title=_("Training need"), back=reverse("staff:needs"), back_label=_("Training needs"),
        lead=selectors.need_words(need), deeds=[deed] if is_open else [],
        facts=[(_("Person"), need.employee), (_("Where it was seen"), need.get_source_display()),
               (_("Record"), need.reference or None), (_("State"), need.get_state_display()),
               (_("Course"), course), (_("Answer"), need.answer or None)],
    )  # fmt: skip
    return record_page(request, record)


@allow("training", GET="read")
def matrix_page(request: HttpRequest) -> HttpResponse:
    """Post × course with gaps; a gap opens the people behind it."""
    access, site = request.access, request.GET.get("site", "")
    if access.scope == Scope.OWN:
        raise Http404
    today = business_day(timezone.now())
    courses, rows = selectors.matrix(access, site=site, day=today)
    if wants_file(request):
        return _matrix_file(request, courses, rows)
    page = {"title": _("Training matrix"), "may_export": may(request.user, "training", "export"),
            "courses": courses, "rows": rows, "today": today,
            "site": site, "sites": selectors.sites_for(access).distinct()}  # fmt: skip
    return render(request, "staff/matrix.html", page)


def _matrix_file(request: HttpRequest, courses: list[Any], rows: list[Any]) -> HttpResponse:
    """Answer with one line a post and course: how many, how many hold it, whether required."""
    heads = [_("Post"), _("Course"), _("People"), _("Hold it"), _("Required"), _("Missing")]
    lines = (
        [row.post, square.course, square.people, square.holders,
         _("yes") if square.is_required else _("no"), square.gap]
        for row in rows
        for square in row.squares
    )  # fmt: skip
    return file_of(request, "training", heads, lines)


@allow("training", GET="read")
def gap_page(request: HttpRequest, post: str, course: str) -> HttpResponse:
    """Who holds a post without a valid certificate of a course."""
    of_post, of_course = get_object_or_404(Post, code=post), get_object_or_404(Course, code=course)
    people = selectors.without(request.access, of_post, of_course,
                               site=request.GET.get("site", ""),
                               day=business_day(timezone.now()))  # fmt: skip
    rows = [[Cell(f"{row.name} {row.number}", reverse("staff:person", args=[row.number])),
             Cell(row.site), Cell(day(row.hired_on))] for row in people[:500]]  # fmt: skip
    assign = [(reverse("staff:course", args=[course]), _("Assign this course"), "user-plus")]
    table = Table(
        f"{of_post} · {of_course}", [_("Person"), _("Site"), _("Here since")], rows,
        actions=assign, export="training", lead=_("Without a valid certificate"),
        empty=_("Everybody holds it"), icon="circle-check",
    )  # fmt: skip
    return table_page(request, table)
