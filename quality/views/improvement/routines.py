"""Routines that recur by themselves, and how long each kind of data is kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courierqa.core.access import allow, may
from courierqa.core.formats import day, moment, number
from quality.forms.improvement import improving as forms
from quality.models import RetentionRule, Routine
from quality.selectors.improvement import lists
from quality.selectors.improvement.retention import Due, due_list
from quality.services import improvement as services
from quality.views.things.shared import day_badge, deed, today
from staff.models import local
from staff.views.files import listed
from staff.views.records import Cell, Record, Table, make_page, record_page, table_page


@allow("routine", GET="read")
def routines_page(request: HttpRequest) -> HttpResponse:
    """List what recurs by itself, with what is due next and what came of it last (IMP-07)."""
    found, on = listed(request, lists.routines(), order=("id",)), today()
    new = [(reverse("quality:routine_new"), _("New routine"), "plus")]
    heads = [pgettext("routine", "What is to be done"), pgettext("routine", "Kind"), _("How often"),
             _("Who sees to it"), _("Due"), _("Done last"), _("Result")]  # fmt: skip
    table = Table(
        _("Routines"), heads, (_routine_row(one, on) for one in found), page=found,
        export="routine", icon="refresh",
        actions=new if may(request.user, "routine", "change") else [],
        empty=_("No routine yet"),
        hint=_("Surveys, reviews, training and trends come due without anybody thinking of it"),
    )  # fmt: skip
    return table_page(request, table)


def _routine_row(row: Any, on: Any) -> list[Cell]:
    owner = Cell(row.owner) if row.owner else Cell(_("proposal, nobody yet"), badge="warn")
    return [
        Cell(row, reverse("quality:routine", args=[row.code])), Cell(row.get_kind_display()),
        Cell(every(row)), owner, day_badge(row.next_on, on=on, soon=7), Cell(day(row.last_at)),
        Cell(row.last_result or "—"),
    ]  # fmt: skip


def every(row: Any) -> str:
    """Return how often a rule recurs."""
    return row.get_every_display() + (f" × {row.interval}" if row.interval > 1 else "")


@allow("routine", GET="change", POST="change")
def routine_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """Make a routine, take on a proposal or change one."""
    row = get_object_or_404(Routine, code=code) if code else None

    def save(said: dict[str, Any]) -> str:
        made = services.save_routine(row, fields=said, by=request.user, at=timezone.now())
        return reverse("quality:routine", args=[made.code])

    names = ("kind", "title", "link", "every", "interval", "anchor", "is_active")
    first = {name: getattr(row, name) for name in names} if row else {"anchor": today()}
    if row and row.owner:
        first["owner"] = row.owner.number
    form = forms.RoutineForm(request.POST or None, initial=first)
    return make_page(request, form, save, title=str(row) if row else _("New routine"),
                     submit=_("Save"), back=reverse("quality:routines"))  # fmt: skip


@allow("routine", GET="read", POST="act")
def routine_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a routine with its turns; say what came of the one that is due."""
    row = get_object_or_404(Routine.objects.select_related("owner"), code=code)
    due = row.turns.filter(done_at=None).order_by("due_day").first()
    done = row.turns.exclude(done_at=None).select_related("done_by").order_by("-done_at")[:24]
    facts = [
        (pgettext("routine", "Kind"), row.get_kind_display()), (_("How often"), every(row)),
        (_("Who sees to it"), row.owner), (_("In use"), _("yes") if row.is_active else _("no")),
        (_("Due"), day(due.due_day) if due else None),
        (_("Comes from"), _("proposal of the product, to be taken on") if row.is_proposal
         else _("the company")),
    ]  # fmt: skip
    finish = deed("finish", _("It is done"), forms.TurnForm,
                  lambda said: services.finish_turn(due, **said, by=request.user,
                                                    at=timezone.now()))  # fmt: skip
    me = getattr(request.user, "employee", None)
    is_own = (me is not None and me.pk == row.owner_id) or may(request.user, "routine", "change")
    doors = [Cell(_("Page where it is done"), row.link)] if row.link else []
    if may(request.user, "routine", "change"):
        doors.append(Cell(_("Change it"), reverse("quality:routine_edit", args=[row.code])))
    turns = [Cell(f"{day(one.planned_day)} · {one.result} · {one.done_by} · {moment(one.done_at)}")
             for one in done]  # fmt: skip
    record = Record(
        title=str(row), back=reverse("quality:routines"), back_label=_("Routines"), facts=facts,
        lines=[(pgettext("record", "Next step"), doors),
               (pgettext("routine", "Done so far"), turns)],
        deeds=[finish] if due is not None and is_own else [],
    )  # fmt: skip
    return record_page(request, record)


@allow("retention", GET="read")
def retention_page(request: HttpRequest) -> HttpResponse:
    """List how long each kind of data is kept, and what has reached its end (INF-05)."""
    rows = listed(request, RetentionRule.objects.all(), order=("position", "code"))
    due = {one.rule.pk: one for one in due_list(today=today())}
    may_destroy = may(request.user, "destruction", "change")
    heads = [_("Kind of data"), _("Months it is kept") + "#", _("Counted from"),
             _("Why so long"), _("Destroyed up to"), _("To be destroyed"),
             pgettext("record", "Next step")]  # fmt: skip
    actions = [(reverse("quality:destructions"), _("Destroyed records"), "trash")]
    if may(request.user, "retention", "change"):
        actions.insert(0, (reverse("quality:retention_new"), _("New rule"), "plus"))
    said = ngettext("%(n)d kind of data has reached the end of its term",
                    "%(n)d kinds of data have reached the end of their term",
                    len(due)) % {"n": len(due)}  # fmt: skip
    lead = said if due else _("Nothing has reached the end of its term")
    table = Table(
        _("How long data are kept"), heads,
        (_rule_row(request, one, due.get(one.pk), may_destroy=may_destroy) for one in rows),
        page=rows, lead=lead, actions=actions, export="retention", icon="archive",
        empty=_("No rule yet"), hint=_("Every kind of data has a term and an end"),
    )  # fmt: skip
    return table_page(request, table)


def _rule_row(
    request: HttpRequest, row: RetentionRule, due: Due | None, *, may_destroy: bool
) -> list[Cell]:
    proposal = pgettext("rule", "proposal")
    name = f"{row} ({proposal})" if row.is_proposal else str(row)
    can = may(request.user, "retention", "change")
    said, way = Cell("—"), Cell("—")
    if due is not None:
        count = "" if due.count is None else f" · n = {number(due.count)}"
        until = _("up to %(day)s") % {"day": day(due.records_until)}
        said = Cell(f"{until}{count}", badge="warn")
        if may_destroy:
            url = reverse("quality:destruction_new")
            way = Cell(_("Write down the destruction"), f"{url}?{urlencode(handed_over(due))}")
    return [
        Cell(name, reverse("quality:retention_edit", args=[row.code]) if can else ""),
        Cell(row.months, is_number=True), Cell(local(row, "starts")), Cell(local(row, "basis")),
        Cell(day(due.destroyed_until) if due else "—"), said, way,
    ]  # fmt: skip


def handed_over(due: Due) -> dict[str, str]:
    """Return what the ledger of destroyed records is to begin with."""
    first = {
        "data_kind": str(due.rule), "records_until": due.records_until.isoformat(),
        "term_ended_on": due.term_ended_on.isoformat(),
    }  # fmt: skip
    return first if due.count is None else {**first, "count": str(due.count)}


@allow("retention", GET="change", POST="change")
def retention_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """Make a rule of retention or change one; a proposal becomes the company's own."""
    row = get_object_or_404(RetentionRule, code=code) if code else None

    def save(said: dict[str, Any]) -> str:
        services.save_rule(row, code=said.pop("code", code), fields=said, by=request.user,
                           at=timezone.now())  # fmt: skip
        return reverse("quality:retention")

    names = ("name", "name_en", "months", "starts", "starts_en", "basis", "basis_en", "is_active")
    first = {name: getattr(row, name) for name in names} if row else {}
    form = forms.RuleForm(
        request.POST or None, initial=first, is_new=row is None,
        taken=RetentionRule.objects.values_list("code", flat=True),
    )  # fmt: skip
    return make_page(request, form, save, title=str(row) if row else _("New rule"),
                     submit=_("Save"), back=reverse("quality:retention"))  # fmt: skip
