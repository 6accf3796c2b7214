"""What an objective is given, and objectives made known to the people of a unit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import formats
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.formats import day
from kpi import announcing, promising
from kpi.enums import ResourceKind
from kpi.metrics import Metric
from kpi.models import ObjectiveResource
from kpi.pledge_forms import AnnounceForm, ResourceForm
from kpi.views.shared import metric_or_404
from staff.models import Site
from staff.views.records import Cell, Table, make_page, table_page

FIRST, LAST = 2020, 2100


@allow("figure", GET="read")
def resources_page(request: HttpRequest, year: int, code: str, place: str = "") -> HttpResponse:
    """List what one objective of a year was given (OBJ-09)."""
    metric, site = metric_or_404(code), _site(request, year, place)
    rows = ObjectiveResource.objects.filter(metric=metric.code, site=site, year=year)
    listed = list(rows.select_related("by"))
    give = (_address("resource_give", metric, site, year), _("Give something"), "plus")
    return table_page(request, Table(
        title=f"{_title(metric.name, site, year)}",
        heads=[_("What is given"), _("How much") + "#", _("For what"), _("By"), _("On")],
        rows=[
            [Cell(one.get_kind_display()), Cell(_amount(one.kind, one.amount), is_number=True),
             Cell(one.words), Cell(one.by), Cell(day(one.at))]
            for one in listed
        ],
        lead=_("Together: %(given)s") % {"given": given_words(_summed(listed))} if listed else "",
        actions=[give] if may(request.user, "target", "change") else [],
        empty=_("Nothing was set aside for this objective yet"), icon="users",
        hint=_("People, vehicles or money that are given to reach it stand here"),
    ))  # fmt: skip


def _address(name: str, metric: Metric, site: Site | None, year: int) -> str:
    """Return the address of an objective of the company, or of a site."""
    if site is None:
        return reverse(f"kpi:{name}", args=[year, metric.code])
    return reverse(f"kpi:site_{name}", args=[year, metric.code, site.code])


@allow("target", GET="change", POST="change")
def resource_give(request: HttpRequest, year: int, code: str, place: str = "") -> HttpResponse:
    """Set something aside for an objective, or take some of it back."""
    metric, site = metric_or_404(code), _site(request, year, place)
    back = _address("resources", metric, site, year)

    def save(said: dict[str, Any]) -> str:
        promising.give_resource(metric=metric.code, site=site, year=year, **said,
                                by=request.user, at=timezone.now())  # fmt: skip
        return back

    return make_page(request, ResourceForm(request.POST or None), save,
                     title=_("Give something"), submit=_("Give"), back=back,
                     lead=_title(metric.name, site, year))  # fmt: skip


def _title(name: Any, site: Site | None, year: int) -> str:
    place = site or _("Whole company")
    return f"{name} · {place} · {year}"


def _site(request: HttpRequest, year: int, code: str) -> Site | None:
    """Return the site of the address, within the reader's reach; the company is read by all."""
    access: Any = request.access
    if not FIRST <= year <= LAST:
        raise Http404
    if not code:
        return None
    site = Site.objects.filter(code=code).first()
    if site is None or not (access.is_all or site.pk in access.sites):
        raise Http404
    return site


def _summed(rows: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in rows:
        found[one.kind] = found.get(one.kind, 0) + one.amount
    return found


def _amount(kind: str, amount: int) -> str:
    return formats.yuan(amount) if kind == ResourceKind.MONEY else formats.number(amount)


def given_words(amounts: dict[str, int]) -> str:
    """Return what was given in words: "People 3 · Vehicles 1 · ¥20,000.00"."""
    return " · ".join(
        f"{label} {_amount(kind, amounts[kind])}"
        for kind, label in ResourceKind.choices if amounts.get(kind)
    )  # fmt: skip


@allow("target", GET="change", POST="change")
def announce(request: HttpRequest, year: int) -> HttpResponse:
    """Write the objectives as a document that the people of a unit confirm (OBJ-05)."""
    now = timezone.now()
    if not FIRST <= year <= LAST:
        raise Http404
    form = AnnounceForm(request.POST or None, initial={"effective_on": business_day(now)})

    def save(said: dict[str, Any]) -> str:
        row = announcing.announce(year=year, **said, by=request.user, at=now)
        messages.success(request, _("Written as %(number)s; management approves it")
                         % {"number": row.number})  # fmt: skip
        return reverse("quality:document", args=[row.number])

    return make_page(
        request, form, save, title=_("Make the objectives of %(year)s known") % {"year": year},
        submit=_("Write and submit"), back=reverse("kpi:objectives"),
        lead=_("The targets become a document. When management has approved it, everybody of the "
               "unit is asked to read and confirm it within 14 days"),
    )  # fmt: skip
