"""Deeds on many cases of the work list, each through the same service as on the case page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import selectors, services
from complaints.models import Case
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow
from courierqa.core.errors import DomainError

MOST = 40
SAID = {
    "take": gettext_lazy("Taken: %(numbers)s"),
    "assign": gettext_lazy("Assigned or offered: %(numbers)s"),
    "merge": gettext_lazy("Merged: %(numbers)s"),
    "close": gettext_lazy("Closed: %(numbers)s"),
}


@allow("case", POST="change")
def bulk(request: StaffRequest) -> HttpResponse:
    """Do one thing to every ticked case; each refusal is named, the others are done."""
    rows = selectors.cases_for(request.access).filter(number__in=_chosen(request))
    cases = list(rows.order_by("received_at", "pk"))
    deed = request.POST.get("deed", "")
    if deed not in SAID or not cases:
        messages.error(request, _("Choose cases and what to do with them"))
        return redirect(_back(request))
    done, refused = _each(*_work(deed, cases, request))
    if done:
        messages.success(request, SAID[deed] % {"numbers": ", ".join(done)})
    for words in refused:
        messages.warning(request, words)
    return redirect(_back(request))


def _work(
    deed: str, cases: list[Case], request: StaffRequest
) -> tuple[list[Case], Callable[[Case], Any]]:
    """Return the cases a deed is about, and the service with what it needs."""
    by, at = request.user, timezone.now()
    if deed == "merge":
        # The first received survives; alone it has nothing to be merged with.
        merge = partial(services.merge_cases, into=cases[0], by=by, at=at)
        return cases[1:], lambda case: merge(case=case)
    if deed == "assign":
        people = selectors.colleagues(at=at)
        number = request.POST.get("to", "")
        person = (
            people.filter(pk=number).first() if number.isdecimal() and number.isascii() else None
        )
        return cases, partial(_assign, person=person, by=by, at=at)
    service = services.close_case if deed == "close" else services.take
    return cases, lambda case: service(case=case, by=by, at=at)


def _assign(case: Case, *, person: Any, by: Any, at: Any) -> None:
    if person is None:
        raise DomainError(_("Choose a colleague"), code="required", field="to")
    services.assign_case(case=case, to_user=person, by=by, at=at)


def _each(cases: list[Case], deed: Callable[[Case], Any]) -> tuple[list[str], list[str]]:
    done, refused = [], []
    for case in cases:
        try:
            deed(case)
            done.append(case.number)
        except DomainError as error:
            text = f"{case.number}: {error.message}"
            refused.append(error.message if case.number in error.message else text)
    return done, list(dict.fromkeys(refused))


def _chosen(request: StaffRequest) -> list[str]:
    return [number[:20] for number in request.POST.getlist("case")[:MOST]]


def _back(request: StaffRequest) -> str:
    """Return to the view the cases were chosen in."""
    back = request.POST.get("back", "")
    if back.startswith("?") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return f"{reverse('complaints:inbox')}{back[:300]}"
    return f"{reverse('complaints:inbox')}?view=mine"
