"""The own page: everything the product knows about the reader, and who looked at it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from staff import selectors
from staff.models import Employee

# Where the rest of what is kept about a person stands: page, words, icon, the right it needs.
MORE = (
    ("staff:observations", gettext_lazy("Checks of my work"), "eye", "observation"),
    ("staff:coaching", gettext_lazy("Agreements"), "message", "observation"),
    ("staff:ledger", gettext_lazy("Rewards and deductions"), "coin", "reward"),
    ("staff:discipline", gettext_lazy("Discipline"), "scale", "discipline"),
    ("staff:promotions", gettext_lazy("Promotion"), "trending-up", "promotion"),
    ("staff:suggestions", gettext_lazy("My suggestions"), "bulb", "suggestion"),
    ("staff:statements", gettext_lazy("Texts to sign"), "file-text", "account"),
)


@allow("account", GET="read")
@never_cache
def own_page(request: HttpRequest) -> HttpResponse:
    """Grade, what moved, one advice, courses, certificates, goals, who looked; nobody else's."""
    person = getattr(request.user, "employee", None)
    page: dict[str, Any] = {"title": _("My page"), "person": person}
    if person is not None:
        page |= _about(request, person)
    return render(request, "staff/own.html", page)


def _about(request: HttpRequest, person: Employee) -> dict[str, Any]:
    now = timezone.now()
    return {
        "own": selectors.my_page(person, now=now),
        "now": now,
        "today": business_day(now),
        "certificates": selectors.ending_certificates(person, now=now),
        "goals": selectors.goal_lines(selectors.open_goals(person)),
        "looks": selectors.looks_at(request.user, limit=10),
        "more": [
            (reverse(name), label, icon)
            for name, label, icon, resource in MORE
            if may(request.user, resource, "read")
        ],
    }
