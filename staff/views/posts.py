"""Posts in versions, the organisation, teams, moves, texts to sign."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.formats import day
from staff import selectors, services
from staff.forms.style import StyledForm
from staff.forms.work import (
    LeaveTeamForm,
    MemberForm,
    MoveForm,
    ReviseForm,
    TeamForm,
    UnitForm,
)
from staff.models import Employee, Post, Statement, Team, TeamMember, Unit, local
from staff.views import asking
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page


@allow("organisation", GET="read")
def posts_page(request: HttpRequest) -> HttpResponse:
    """Every post with its version, last review and how many hold it."""
    rows = (
        [Cell(post, reverse("staff:post", args=[post.code])), Cell(post.version, is_number=True),
         Cell(day(post.reviewed_on)), Cell(post.people, is_number=True)]
        for post in selectors.posts_with_people()
    )  # fmt: skip
    heads = [_("Post"), _("Version") + "#", _("Reviewed on"), _("People") + "#"]
    return table_page(
        request, Table(_("Posts"), heads, rows, icon="id-badge", export="organisation")
    )


@allow("organisation", GET="read", POST="change")
def post_page(request: HttpRequest, code: str) -> HttpResponse:
    """One post: duties, hiring standard, earlier versions, what it asks for and asked before.

    A review makes the next version.
    """
    post = get_object_or_404(Post, code=code)
    may_change = may(request.user, "organisation", "change")
    texts = {name: getattr(post, name) for name in ("duties", "duties_en", "standard",
                                                    "standard_en")}  # fmt: skip

    def revise(said: dict[str, Any]) -> None:
        reviewed_on = said.pop("reviewed_on")
        services.revise_post(post, texts=said, reviewed_on=reviewed_on, by=request.user,
                             at=timezone.now())  # fmt: skip

    initial = {**texts, "reviewed_on": business_day(timezone.now())}
    deed = Deed("revise", _("Save as the next version"), partial(ReviseForm, initial=initial),
                revise)  # fmt: skip
    record = Record(
        title=str(post), back=reverse("staff:posts"), back_label=_("Posts"),
        facts=[(_("Version"), post.version), (_("Reviewed on"), day(post.reviewed_on)),
               (_("Duties"), local(post, "duties")),
               (_("Who may take this post"), local(post, "standard")),
               (_("Required courses"), "\n".join(map(str, post.courses.all())))],
        deeds=[asking.require_deed(request, post), deed] if may_change else [],
        lines=[(_("What the post asked for"), asking.asked_lines(post)),
               *asking.people_lines(request, post),
               (_("Versions"), [Cell(f"{v.version} · {day(v.reviewed_on)}")
                                for v in post.versions.all()])],
    )  # fmt: skip
    return record_page(request, record)


@allow("organisation", GET="read")
def organisation_page(request: HttpRequest) -> HttpResponse:
    """The units of the quality organisation with their duties and heads."""
    page = {
        "title": _("Organisation"), "roots": selectors.organisation(),
        "may_change": may(request.user, "organisation", "change"),
    }  # fmt: skip
    return render(request, "staff/organisation.html", page)


@allow("organisation", GET="change", POST="change")
def unit_page(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a unit's duties and head."""
    unit = get_object_or_404(Unit, code=code)
    initial = {"duties": unit.duties, "duties_en": unit.duties_en,
               "head": unit.head.number if unit.head else ""}  # fmt: skip

    def save(said: dict[str, Any]) -> str:
        services.save_unit(unit, changes=said, by=request.user, at=timezone.now())
        return reverse("staff:organisation")

    return make_page(
        request, UnitForm(request.POST or None, initial=initial), save, title=str(unit),
        submit=_("Save"), back=reverse("staff:organisation"),
    )  # fmt: skip


@allow("team", GET="read")
def teams_page(request: HttpRequest) -> HttpResponse:
    """The teams within reach with aim, leader and size."""
    rows = (
        [Cell(team.name, reverse("staff:team", args=[team.pk])), Cell(team.site), Cell(team.aim),
         Cell(team.leader.name if team.leader else None), Cell(team.size, is_number=True)]
        for team in selectors.teams_for(request.access)
    )  # fmt: skip
    heads = [_("Team"), _("Site"), _("Aim"), _("Leader"), _("People") + "#"]
    new = [(reverse("staff:team_new"), _("New team"), "plus")]
    table = Table(
        _("Teams"), heads, rows, export="team",
        actions=new if may(request.user, "team", "change") else (),
        empty=_("No team yet"), icon="users",
        hint=_("A team has an aim, a leader and members of one site"),
    )  # fmt: skip
    return table_page(request, table)


@allow("team", GET="change", POST="change")
def team_new(request: HttpRequest) -> HttpResponse:
    """Start a team."""
    people = selectors.employees_for(request.access).exclude(state="left")
    form = TeamForm(request.POST or None, people=people)
    sites: Any = form.fields["site"]
    sites.queryset = selectors.sites_for(request.access).distinct()

    def save(said: dict[str, Any]) -> str:
        team = services.open_team(
            name=said["name"], site=said["site"], aim=said["aim"], leader=said["person"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        return reverse("staff:team", args=[team.pk])

    return make_page(request, form, save, title=_("New team"), submit=_("Start the team"),
                     back=reverse("staff:teams"))  # fmt: skip


@allow("team", GET="read", POST="change")
def team_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One team: aim, leader, members; people join and leave it here."""
    team = get_object_or_404(selectors.teams_for(request.access), pk=pk)
    changer = access_for(request.user, "team", "change")

    members = team.members.filter(to_on=None).select_related("employee")
    record = Record(
        title=team.name, back=reverse("staff:teams"), back_label=_("Teams"),
        facts=[(_("Site"), team.site), (_("Aim"), team.aim),
               (_("Leader"), team.leader.name if team.leader else None)],
        deeds=_team_deeds(request, team, members) if changer else [],
        lines=[(_("Members"), [_member(row) for row in members])],
    )  # fmt: skip
    return record_page(request, record)


def _team_deeds(request: HttpRequest, team: Team, members: QuerySet[TeamMember]) -> list[Deed]:
    """Return who may be taken in, and who out."""

    def join(said: dict[str, Any]) -> None:
        now = timezone.now()
        services.join_team(team, said["person"], role=said["role"], on=business_day(now),
                           by=request.user, at=now)  # fmt: skip

    def leave(said: dict[str, Any]) -> None:
        now = timezone.now()
        services.leave_team(members.get(employee=said["person"]), on=business_day(now),
                            by=request.user, at=now)  # fmt: skip

    people = team.site.employees.exclude(state="left")
    inside = Employee.objects.filter(memberships__in=members)
    return [
        Deed("join", _("Take into the team"), partial(MemberForm, people=people), join,
             icon="user-plus"),
        Deed("leave", _("Take out of the team"), partial(LeaveTeamForm, people=inside), leave,
             icon="user-minus"),
    ]  # fmt: skip


def _member(row: Any) -> Cell:
    text = f"{row.employee.name} {row.employee.number}"
    return Cell(f"{text} · {row.role}" if row.role else text,
                reverse("staff:person", args=[row.employee.number]))  # fmt: skip


@allow("staff", GET="change", POST="change")
def person_move(request: HttpRequest, number: str) -> HttpResponse:
    """Take a person to another post or site."""
    person = get_object_or_404(selectors.employees_for(request.access), number=number)
    initial = {"post": person.post.code, "site": person.site.code,
               "on": business_day(timezone.now())}  # fmt: skip

    def save(said: dict[str, Any]) -> str:
        services.transfer(person, **said, by=request.user, at=timezone.now())
        return reverse("staff:person", args=[number])

    lead = _("Site roles move at once. What happened before stays with the old site")
    return make_page(
        request, MoveForm(request.POST or None, initial=initial), save, lead=lead,
        title=_("Move %(name)s") % {"name": person.name}, submit=_("Move"),
        back=reverse("staff:person", args=[number]),
    )  # fmt: skip


@allow("account", GET="read")
def statements_page(request: HttpRequest) -> HttpResponse:
    """What everybody signs, and what the reader has signed."""
    person = getattr(request.user, "employee", None)
    signed = selectors.signed_by(person)
    rows = []
    for text in Statement.objects.filter(is_current=True):
        at = signed.get(text.pk)
        state = Cell(day(at), badge="good") if at else Cell(_("Not signed yet"), badge="warn")
        rows.append([Cell(text, reverse("staff:statement", args=[text.code])),
                     Cell(text.version, is_number=True), state])  # fmt: skip
    heads = [_("Text"), _("Version") + "#", _("Signed")]
    return table_page(request, Table(_("Texts to sign"), heads, rows, icon="file-text"))


@allow("account", GET="read", POST="change")
def statement_page(request: HttpRequest, code: str) -> HttpResponse:
    """Read a text and sign it."""
    text = get_object_or_404(Statement, code=code, is_current=True)
    person = getattr(request.user, "employee", None)
    at = selectors.signed_by(person).get(text.pk)
    deed = Deed(
        "sign", _("I have read it and sign"), StyledForm,
        lambda _said: services.sign_statement(text, person, at=timezone.now()), icon="signature",
    )  # fmt: skip
    record = Record(
        title=str(text), back=reverse("staff:statements"), back_label=_("Texts to sign"),
        lead=local(text, "body"), deeds=[deed] if person is not None and not at else [],
        facts=[(_("Version"), text.version), (_("Signed"), day(at) if at else _("Not signed yet"))],
    )  # fmt: skip
    return record_page(request, record)
