"""Programmes and plans: the board, drafting, the page with its steps (IMP-01, IMP-03)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for, allow, may
from courierqa.core.formats import day, number, yuan
from quality import figures
from quality.forms.improvement import programmes as forms
from quality.improvement_enums import Field, ProgrammeKind
from quality.improvement_enums import ProgrammeStatus as S
from quality.models import Programme
from quality.selectors.improvement import lists
from quality.services import improvement as services
from quality.views.improvement.programme import BADGES, programme_record
from quality.views.things.shared import acting_sites, today
from staff.views.files import listed
from staff.views.records import Cell, Table, make_page, record_page, table_page

FIELDS = ("kind", "field", "title", "problem", "metric", "start_on", "due_on")


@allow("programme", GET="read")
def programmes_page(request: HttpRequest) -> HttpResponse:
    """List programmes and plans with goal, progress and money."""
    on = today()
    rows = lists.board(lists.programmes_for(request.access), request.GET, today=on)
    found = listed(request, rows, order=("due_on", "id"))
    url, show = reverse("quality:programmes"), request.GET.get("status", "")
    tabs = [(f"{url}?status={v}" if v else url, label, v == show) for v, label in forms.SHOWS]
    field = request.GET.get("field", "")
    tabs += [(f"{url}?field={v}", label, v == field) for v, label in Field.choices]
    new = [(reverse("quality:programme_draft"), _("New programme or plan"), "plus")]
    more = [(reverse("kpi:benchmarks"), _("Benchmarks"), "chart-bar"),
            (reverse("quality:strategies"), _("Strategy decisions"), "target-arrow")]  # fmt: skip
    heads = [_("Number"), _("Title"), pgettext("improvement", "Kind"), _("Site"), _("Figure"),
             _("Before"), _("Target"), _("After"), _("Steps done"),
             pgettext("improvement", "Last day"), _("Status"),
             _("Planned cost") + "#", _("What it cost") + "#"]  # fmt: skip
    table = Table(
        _("Improvement programmes"), heads, (_row(one, on) for one in found), page=found,
        tabs=tabs, export="programme", icon="trending-up",
        actions=[*(new if may(request.user, "programme", "change") else []), *more],
        empty=_("No programme fits this choice"),
        hint=_("Each begins with a figure as it is and ends with the figure as it became"),
    )  # fmt: skip
    return table_page(request, table)


def _row(row: Any, on: Any) -> list[Cell]:
    steps = (row.n_done, row.n_actions) if row.n_actions else (row.n_ended, row.n_plans)
    late = row.status == S.RUNNING and row.due_on < on
    status = row.get_verdict_display() if row.verdict else row.get_status_display()
    return [
        Cell(row.number, reverse("quality:programme", args=[row.number])), Cell(row.title),
        Cell(row.get_kind_display()), Cell(row.site or _("Whole company")),
        Cell(f"{row.metric} {named(row.metric)}"), Cell(shown(row.baseline, row.metric)),
        Cell(target_words(row)), Cell(shown(row.reading, row.metric)),
        Cell(f"{steps[0]} / {steps[1]}"), Cell(day(row.due_on), badge="bad" if late else ""),
        Cell(status, badge=BADGES[row.verdict or row.status]),
        Cell(yuan(row.budget_fen), is_number=True, plain=row.budget_fen / 100),
        Cell(yuan(row.cost_fen), is_number=True,
             plain="" if row.cost_fen is None else row.cost_fen / 100),
    ]  # fmt: skip


def named(code: str) -> str:
    """Return what a figure is called."""
    one = figures.named().get(code)
    return str(one.name) if one else ""


def shown(reading: dict[str, Any], code: str) -> str:
    """Return a figure as it was read, or a dash."""
    return str((reading.get(code) or {}).get("shown", "—"))


def target_words(row: Programme) -> str:
    """Return the target as people read it."""
    one = figures.named().get(row.metric)
    if one is not None and one.is_share:
        return f"{number(row.target * 100, 2).rstrip('0').rstrip('.')}%"
    return number(row.target, 2)


@allow("programme", GET="change", POST="change")
def programme_new(request: HttpRequest) -> HttpResponse:
    """Draft a programme or plan; it may belong to one or follow one that was adjusted."""

    def save(said: dict[str, Any]) -> str:
        team = said.pop("team")
        aim = services.Aim(**said, follows=before)
        row = services.start_programme(aim, team=team, by=request.user, at=timezone.now())
        return reverse("quality:programme", args=[row.number])

    asked = lists.programmes_for(request.access)
    before = asked.filter(number=request.GET.get("follows", "")[:20], verdict="adjust").first()
    of = asked.filter(number=request.GET.get("of", "")[:20]).first()
    first = _initial(before) if before else {"start_on": today()}
    if of is not None:
        first |= {"programme": of.number, "kind": ProgrammeKind.PLAN}
    form = _form(request, initial=first)
    return make_page(
        request, form, save, title=_("New programme or plan"), submit=_("Save the draft"),
        back=reverse("quality:programmes"),
        lead=_("The baseline is fixed next, then management approves it"),
    )  # fmt: skip


def _form(request: HttpRequest, **kwargs: Any) -> forms.ProgrammeForm:
    reach = lists.programmes_for(access_for(request.user, "programme", "read") or request.access)
    groups = reach.filter(kind=ProgrammeKind.PROGRAMME, status__in=[S.DRAFT, S.RUNNING])
    return forms.ProgrammeForm(
        request.POST or None, sites=acting_sites(request, "programme"),
        programmes=groups.order_by("-id"), **kwargs,
    )  # fmt: skip


def _initial(row: Programme) -> dict[str, Any]:
    one = figures.named().get(row.metric)
    is_share = one is not None and one.is_share
    return {
        **{name: getattr(row, name) for name in FIELDS},
        "target": (row.target * (100 if is_share else 1)).quantize(Decimal("0.01")),
        "site": row.site.code if row.site else None,
        "product": row.product.code if row.product else None, "owner": row.owner.number,
        "team": list(row.team.values_list("number", flat=True)),
        "budget_fen": f"{row.budget_fen / 100:.2f}",
        "programme": row.programme.number if row.programme else None,
    }  # fmt: skip


@allow("programme", GET="change", POST="change")
def programme_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change a draft."""
    row = get_object_or_404(lists.changeable(request.access), number=number)

    def save(said: dict[str, Any]) -> str:
        team = said.pop("team")
        aim = services.Aim(**said, follows=row.follows)
        services.change_programme(row, aim, team=team, by=request.user, at=timezone.now())
        return reverse("quality:programme", args=[row.number])

    form = _form(request, initial=_initial(row))
    return make_page(request, form, save, title=str(row), submit=_("Save the draft"),
                     back=reverse("quality:programme", args=[row.number]))  # fmt: skip


@allow("programme", GET="read", POST="read")
def programme_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a programme with goal, figures, measures and course; take its next step.

    Each step asks for its own right; whoever may only read is offered none.
    """
    row = get_object_or_404(lists.programmes_for(request.access), number=number)
    facts = [
        (_("Status"), row.get_verdict_display() if row.verdict else row.get_status_display()),
        (_("Figure"), f"{row.metric} {named(row.metric)}"), (_("Target"), target_words(row)),
        *_figures(row),
        (_("Site"), row.site or _("Whole company")),
        (_("Product"), row.product or _("Every product")), (_("Owner"), row.owner),
        (pgettext("improvement", "Team"), "、".join(one.name for one in row.team.all()) or None),
        (pgettext("improvement", "First day"), day(row.start_on)),
        (pgettext("improvement", "Last day"), _days(row)),
        (_("Planned cost"), yuan(row.budget_fen)), (_("What it cost"), yuan(row.cost_fen)),
        (_("Why this result"), row.verdict_note or None),
    ]  # fmt: skip
    return record_page(request, programme_record(request, row, facts))


def _figures(row: Programme) -> list[tuple[Any, Any]]:
    """Return each figure before and after, as it was read."""
    codes = dict.fromkeys([row.metric, *services.JUDGED])
    return [
        (f"{code} {named(code)}", f"{shown(row.baseline, code)} → {shown(row.reading, code)}")
        for code in codes if row.baseline
    ]  # fmt: skip


def _days(row: Programme) -> str:
    if row.due_on == row.first_due_on:
        return day(row.due_on)
    first = _("first: %(day)s") % {"day": day(row.first_due_on)}
    return f"{day(row.due_on)} ({first})"
