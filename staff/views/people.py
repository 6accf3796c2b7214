"""Sites and people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core import privacy
from courierqa.core.access import access_for, allow
from courierqa.core.calendars import business_day
from courierqa.core.context import address_of
from courierqa.core.forms import FieldErrors
from staff import selectors, services
from staff.enums import EmployeeState
from staff.forms import EmployeeForm, LeaveForm, NewEmployeeForm, RevealForm
from staff.models import Employee, Post
from staff.views.files import MOST_ROWS, file_of, wants_file

SECRETS = ("phone", "id_number")


@allow("staff", GET="read")
def sites_page(request: HttpRequest) -> HttpResponse:
    """The places of the network the reader may see."""
    page = {"title": _("Sites"), "sites": selectors.sites_with_people(request.access)}
    return render(request, "staff/sites.html", page)


@allow("staff", GET="read")
def site_page(request: HttpRequest, code: str) -> HttpResponse:
    """One place: what it is, how it does, who works there."""
    found = selectors.sites_for(request.access).select_related("hub", "calendar")
    site = get_object_or_404(found.distinct(), code=code)
    people = selectors.employees_for(request.access).filter(site=site)
    page = {
        "title": str(site),
        "site": site,
        "people": people.exclude(state=EmployeeState.LEFT).order_by("post", "number"),
        "tiles_url": address_of("kpi:tiles"),
    }
    return render(request, "staff/site.html", page)


@allow("staff", GET="read")
def people_page(request: HttpRequest) -> HttpResponse:
    """The people the reader may see, narrowed by name, site, post and state."""
    asked = {
        "words": request.GET.get("q", "").strip()[:60],
        "site": request.GET.get("site", ""),
        "post": request.GET.get("post", ""),
        "state": request.GET.get("state", ""),
    }
    found = selectors.search_people(request.access, **asked)
    if wants_file(request):
        return _people_file(request, found)
    page = {
        "title": _("Staff"),
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "sites": selectors.sites_for(request.access).distinct(),
        "posts": Post.objects.all(),
        "states": EmployeeState.choices,
        "asked": asked,
        "may_add": access_for(request.user, "staff", "change") is not None,
        "may_export": access_for(request.user, "staff", "export") is not None,
    }
    return render(request, "staff/people.html", page)


def _people_file(request: HttpRequest, found: QuerySet[Employee]) -> HttpResponse:
    """Answer with the list as it is filtered; phone and identity number are in no file."""
    heads = [_("Staff number"), _("Name"), _("Post"), _("Site"), _("State"), _("Here since"),
             _("Background check")]  # fmt: skip
    rows = (
        [one.number, one.name, one.post, one.site, one.get_state_display(), one.hired_on,
         one.background_checked_on]
        for one in found.order_by("number")[:MOST_ROWS]
    )  # fmt: skip
    return file_of(request, "staff", heads, rows)


def _person(request: HttpRequest, number: str) -> Employee:
    """Return a person within reach; somebody else's is not there."""
    return get_object_or_404(selectors.employees_for(request.access), number=number)


@allow("staff", GET="read")
@never_cache
def person_page(request: HttpRequest, number: str) -> HttpResponse:
    """One person: record, posts and duties, training, grades; who opens it is written down."""
    person = _person(request, number)
    services.note_look(person, "record", by=request.user, at=timezone.now(), request=request)
    return _show_person(request, person)


def _show_person(request: HttpRequest, person: Employee, **more: Any) -> HttpResponse:
    now = timezone.now()
    reader = request.user
    sees_training = access_for(reader, "training", "read") is not None
    sees_grades = person.post.is_graded and access_for(reader, "grade", "read") is not None
    page = {
        "title": person.name,
        "person": person,
        "login": person.user,
        "courses": selectors.own_courses(person, now=now) if sees_training else [],
        "certificates": selectors.own_certificates(person) if sees_training else [],
        "grades": selectors.grade_history(person) if sees_grades else [],
        "missing": selectors.missing_courses(person, now=now) if sees_training else [],
        "today": business_day(now),
        "may_change": access_for(reader, "staff", "change") is not None,
        "may_reveal": access_for(reader, "staff", "reveal") is not None,
        "reveal_form": RevealForm(),
        "leave_form": LeaveForm(),
        **more,
    }
    is_bad = any(getattr(value, "errors", None) for value in more.values())
    return render(request, "staff/person.html", page, status=422 if is_bad else 200)


@allow("staff", GET="change", POST="change")
def person_new(request: HttpRequest) -> HttpResponse:
    """Take a person on."""
    form = NewEmployeeForm(request.POST or None, initial={"activate": False})
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            person = services.create_employee(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("%(name)s taken on") % {"name": person.name})
            return redirect("staff:person", person.number)
    page = {"title": _("New person"), "form": form}
    return render(request, "staff/person_form.html", page, status=422 if form.errors else 200)


@allow("staff", GET="change", POST="change")
def person_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Correct a person's record."""
    person = _person(request, number)
    form = EmployeeForm(request.POST or None, person=person, initial=_stored(person))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.change_employee(
                person, changes=form.changes(), by=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("staff:person", number)
    page = {"title": _("Edit %(name)s") % {"name": person.name}, "form": form, "person": person}
    return render(request, "staff/person_form.html", page, status=422 if form.errors else 200)


def _stored(person: Employee) -> dict[str, Any]:
    """Return the record for the form; secrets never reach the page."""
    return {
        "name": person.name,
        "supervisor": person.supervisor.number if person.supervisor else "",
        "hired_on": person.hired_on,
        "background_checked_on": person.background_checked_on,
        "background_result": person.background_result,
    }


@allow("staff", POST="change")
def person_activate(request: HttpRequest, number: str) -> HttpResponse:
    """Let a person start work."""
    return _deed(
        request,
        number,
        lambda person: services.activate_employee(person, by=request.user, at=timezone.now()),
        _("Active from now on"),
    )


@allow("staff", POST="change")
def person_leave(request: HttpRequest, number: str) -> HttpResponse:
    """End the employment."""
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _show_person(request, _person(request, number), leave_form=form)
    return _deed(
        request,
        number,
        lambda person: services.leave(
            person, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        _("Left. The login is closed and every role has ended"),
    )


def _deed(
    request: HttpRequest, number: str, deed: Callable[[Employee], Any], done: str
) -> HttpResponse:
    person = _person(request, number)
    form = Form({})
    errors = FieldErrors(form)
    with errors:
        deed(person)
    if not errors.ok:
        return _show_person(request, _person(request, number), problem=form)
    messages.success(request, done)
    return redirect("staff:person", number)


@allow("staff", POST="reveal")
@never_cache
def person_reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Show phone and identity number, after the reason was written into the trail."""
    person = _person(request, number)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _show_person(request, person, reveal_form=form)
    shown = privacy.reveal(
        person,
        SECRETS,
        actor=request.user,
        reason=form.cleaned_data["reason"],
        is_of_staff=True,
        request=request,
        at=timezone.now(),
    )
    return _show_person(request, person, shown=shown)


@allow("account", GET="read")
def home_mine(request: HttpRequest) -> HttpResponse:
    """The reader's own grade and certificates, for the home page."""
    person = getattr(request.user, "employee", None)
    own = selectors.my_page(person, now=timezone.now()) if person else None
    return render(request, "staff/_home_mine.html", {"own": own})


@allow("account", GET="read")
def home_now(request: HttpRequest) -> HttpResponse:
    """The courses the reader owes, for the home page."""
    person = getattr(request.user, "employee", None)
    owed = selectors.own_courses(person, now=timezone.now())[:3] if person else []
    return render(request, "staff/_home_now.html", {"courses": owed})
