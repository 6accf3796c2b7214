"""The run of today per courier, and couriers ranked with size and range."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow
from courierqa.core.calendars import business_day
from courierqa.core.formats import moment, share
from quality.selectors.inspections import control
from staff.views.records import Cell, Table, table_page


def _tabs(here: str) -> list[tuple[str, str, bool]]:
    names = (("live_run", _("Run of today")), ("ranking", _("Ranking")))
    return [(reverse(f"quality:{name}"), label, name == here) for name, label in names]


@allow("live_run", GET="read")
def live_page(request: HttpRequest) -> HttpResponse:
    """Today per courier: taken out, done, not done, still owed, complaints (INS-08)."""
    now = timezone.now()
    found = control.live_run(request.access, today=business_day(now))
    rows = [
        [Cell(f"{row.line.courier.name} {row.line.courier.number}"),
         Cell(row.line.loaded, is_number=True), Cell(row.attempts, is_number=True),
         Cell(row.line.done, is_number=True), _bad(row.line.failed),
         Cell(row.line.owed, is_number=True), _bad(row.complaints)]
        for row in found
    ]  # fmt: skip
    table = Table(
        _("Run of today"),
        [_("Courier"), pgettext("round", "Taken out") + "#",
         pgettext("delivery", "Attempts") + "#", _("Done") + "#",
         _("Not delivered"), _("Still owed") + "#", _("Complaints today")],
        rows, tabs=_tabs("live_run"), icon="activity",
        lead=_("As of %(at)s, from the scans themselves; open the page again for the next moment")
        % {"at": moment(now)}, empty=_("Nobody has taken parcels out today"),
        hint=_("Couriers appear here with the first parcel they load"),
    )  # fmt: skip
    return table_page(request, table)


def _bad(count: int) -> Cell:
    return Cell(count, badge="bad") if count else Cell(0)


@allow("live_run", GET="read")
def ranking_page(request: HttpRequest) -> HttpResponse:
    """Couriers by the careful end of their range; few attempts are shown without place (INS-14)."""
    now = timezone.now()
    found = control.ranking(request.access, today=business_day(now), now=now)
    rows = [
        [Cell(row.place if row.place else _("too few"), is_number=True),
         Cell(f"{row.person.name} {row.person.number}"), Cell(row.person.site),
         Cell(share(row.hits / row.total), is_number=True), Cell(row.total, is_number=True),
         Cell(f"{share(row.low)} – {share(row.high)}", is_number=True)]
        for row in found
    ]  # fmt: skip
    lead = _("First attempts that succeeded, 30 days. The order follows the lower end of the range "
             "of chance; places whose ranges overlap do not differ. Fewer than %(n)s attempts get "
             "no place")  # fmt: skip
    table = Table(
        _("Ranking"),
        [pgettext("ranking", "Place") + "#", _("Courier"), _("Site"), _("Succeeded at first") + "#",
         pgettext("delivery", "Attempts") + "#", _("Range of chance (95 %)") + "#"],
        rows, tabs=_tabs("ranking"), icon="trophy", lead=lead % {"n": control.FEW},
        empty=_("No attempt in 30 days"),
    )  # fmt: skip
    return table_page(request, table)
