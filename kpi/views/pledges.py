"""Pledges: the public list with what was measured, and the page where they are set."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from courierqa.core.access import allow, may
from kpi import promising
from kpi.board import show
from kpi.enums import Unit
from kpi.models import Pledge
from kpi.pledge_forms import NewPledgeForm, PledgeForm
from kpi.selectors.figures import reach
from kpi.selectors.pledges import Kept
from kpi.selectors.pledges import pledges as pledges_of
from staff.views.records import make_page

TITLE = gettext_lazy("What we promise, and what we keep")


def _row(one: Kept) -> dict[str, Any]:
    """Return a pledge in words: promised, measured, kept or not."""
    figure, unit = one.figure, show.unit_of(one.metric)
    few = figure is None or figure.is_few or figure.value is None
    value = "" if few else show.show_beside(one.metric, figure.value, one.row.value)
    return {
        "row": one.row, "metric": one.metric, "kept": one.is_kept,
        "promised": f"{show.show_target(one.metric, one.row.value)} {unit}".strip(),
        "value": f"{value} {unit}".strip() if value else "",
        "n": figure.n if figure else 0,
    }  # fmt: skip


@allow("public", GET="read")
def public_page(request: HttpRequest) -> HttpResponse:
    """Show everybody what is promised and how it was kept in the last month (OBJ-10)."""
    now = timezone.now()
    found = pledges_of(at=now)
    page = {
        "title": TITLE, "rows": [_row(one) for one in found], "as_of": reach(),
        "month": found[0].period.label if found else "",
    }  # fmt: skip
    return render(request, "kpi/pledges_public.html", page)


@allow("pledge", GET="read")
def pledges_page(request: HttpRequest) -> HttpResponse:
    """List the pledges with what they are measured by; proposals are marked."""
    found = pledges_of(at=timezone.now(), is_all=True)
    page = {
        "title": pgettext("page", "Pledges"), "rows": [_row(one) for one in found],
        "month": found[0].period.label if found else "",
        "may_change": may(request.user, "pledge", "change"),
    }  # fmt: skip
    return render(request, "kpi/pledges.html", page)


@allow("pledge", GET="change", POST="change")
def pledge_new(request: HttpRequest) -> HttpResponse:
    """Promise something a figure measures."""

    def save(said: dict[str, Any]) -> str:
        promising.make_pledge(**said, by=request.user, at=timezone.now())
        return reverse("kpi:pledges")

    return make_page(
        request, NewPledgeForm(request.POST or None), save, title=_("New pledge"),
        submit=_("Promise it"), back=reverse("kpi:pledges"),
        lead=_("It is shown to everybody, with what the figure says each month"),
    )  # fmt: skip


@allow("pledge", GET="change", POST="change")
def pledge_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is promised; a proposal is confirmed by saving it."""
    row = get_object_or_404(Pledge, code=code)
    is_share = promising.METRICS[row.metric].unit == Unit.SHARE
    start = {
        "text": row.text,
        "text_en": row.text_en,
        "is_active": row.is_active,
        "value": f"{row.value * 100 if is_share else row.value:f}".rstrip("0").rstrip("."),
    }

    def save(said: dict[str, Any]) -> str:
        promising.change_pledge(row, **said, by=request.user, at=timezone.now())
        return reverse("kpi:pledges")

    return make_page(
        request, PledgeForm(request.POST or None, initial=start, metric=row.metric), save,
        title=_("Change a pledge"), submit=_("Save"), back=reverse("kpi:pledges"),
        lead=f"{promising.METRICS[row.metric].name} ({row.metric})",
    )  # fmt: skip
