"""Activities, strategy decisions, changed processes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.formats import day, moment
from quality.forms.improvement import improving as forms
from quality.forms.improvement.programmes import DecideForm, WhyForm
from quality.improvement_enums import ActivityStatus, ChangeStatus
from quality.models import ProcessChange, StrategyDecision
from quality.selectors.improvement import lists
from quality.services import improvement as services
from quality.views.things.shared import acting_sites, day_badge, deed, today
from staff.views.files import listed
from staff.views.records import Cell, Record, Table, make_page, record_page, table_page

ACTIVITY_BADGE = {"planned": "info", "held": "good", "cancelled": "neutral"}
CHANGE_BADGE = {"proposed": "warn", "approved": "good", "rejected": "neutral"}
RISK_BADGE = {"low": "", "middle": "warn", "high": "bad"}


@allow("activity", GET="read")
def activities_page(request: HttpRequest) -> HttpResponse:
    """Show the calendar of activities with their results (IMP-06)."""
    rows = lists.activities_for(request.access, request.GET)
    found = listed(request, rows, order=("-starts_on", "-id"))
    url, status = reverse("quality:activities"), request.GET.get("status", "")
    tabs = [(url, _("All"), not status)]
    tabs += [(f"{url}?status={v}", label, v == status) for v, label in ActivityStatus.choices]
    new = [(reverse("quality:activity_new"), _("Plan an activity"), "plus")]
    heads = [pgettext("activity", "First day"), pgettext("activity", "Last day"), _("Title"),
             pgettext("activity", "Kind"), _("Site"),
             _("Owner"), _("Status"), _("How many took part") + "#", _("Result")]  # fmt: skip
    table = Table(
        _("Activities"), heads,
        ([Cell(day(one.starts_on)), Cell(day(one.ends_on)),
          Cell(one.title, reverse("quality:activity", args=[one.pk])),
          Cell(one.get_kind_display()), Cell(one.site or _("Whole company")), Cell(one.owner),
          Cell(one.get_status_display(), badge=ACTIVITY_BADGE[one.status]),
          Cell(one.took_part, is_number=True), Cell(one.result or "—")] for one in found),
        page=found, tabs=tabs, export="activity", icon="calendar",
        actions=new if may(request.user, "activity", "change") else [],
        empty=_("No activity fits this choice"),
        hint=_("Quality months, contests and circles keep people at it"),
    )  # fmt: skip
    return table_page(request, table)


@allow("activity", GET="change", POST="change")
def activity_new(request: HttpRequest) -> HttpResponse:
    """Put an activity on the calendar."""

    def save(said: dict[str, Any]) -> str:
        row = services.plan_activity(**said, by=request.user, at=timezone.now())
        return reverse("quality:activity", args=[row.pk])

    form = forms.ActivityForm(request.POST or None, sites=acting_sites(request, "activity"))
    return make_page(request, form, save, title=_("Plan an activity"), submit=_("Save"),
                     back=reverse("quality:activities"))  # fmt: skip


@allow("activity", GET="read", POST="change")
def activity_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an activity; write down what came of it, or call it off."""
    row = get_object_or_404(lists.activities_for(request.access, {}), pk=pk)
    now, by = timezone.now(), request.user
    facts = [
        (_("Status"), row.get_status_display()), (_("Aim"), row.aim),
        (pgettext("activity", "Kind"), row.get_kind_display()),
        (_("Site"), row.site or _("Whole company")),
        (_("Owner"), row.owner),
        (pgettext("activity", "First day"), day(row.starts_on)),
        (pgettext("activity", "Last day"), day(row.ends_on)),
        (_("How many took part"), row.took_part), (_("Result"), row.result or None),
    ]  # fmt: skip
    deeds = [
        deed("hold", _("Write down the result"), forms.ResultForm,
             lambda said: services.hold_activity(row, **said, by=by, at=now)),
        deed("cancel", _("Call it off"), WhyForm,
             lambda said: services.cancel_activity(row, **said, by=by, at=now), icon="x",
             is_grave=True),
    ]  # fmt: skip
    is_open = row.status == ActivityStatus.PLANNED and may(by, "activity", "change")
    record = Record(
        title=row.title,
        back=reverse("quality:activities"),
        back_label=_("Activities"),
        facts=facts,
        deeds=deeds if is_open else [],
    )
    return record_page(request, record)


@allow("strategy", GET="read")
def strategies_page(request: HttpRequest) -> HttpResponse:
    """List the decisions of strategy with the day each is looked at again (IMP-08)."""
    rows = StrategyDecision.objects.select_related("programme", "by")
    found, on = listed(request, rows, order=("-decided_on", "-id")), today()
    new = [(reverse("quality:strategy_new"), _("Write down a decision"), "plus")]
    heads = [_("Number"), _("Title"), pgettext("strategy", "About"), _("Decided on"),
             _("Takes effect on"), _("Reviewed on"), _("What became of it")]  # fmt: skip
    table = Table(
        _("Strategy decisions"), heads,
        ([Cell(one.number, reverse("quality:strategy", args=[one.number])), Cell(one.title),
          Cell(one.get_field_display()), Cell(day(one.decided_on)), Cell(day(one.effective_on)),
          Cell(day(one.reviewed_at)) if one.reviewed_at else day_badge(one.review_on, on=on),
          Cell(one.outcome or "—")] for one in found),
        page=found, export="strategy", icon="target-arrow",
        actions=new if may(request.user, "strategy", "change") else [],
        empty=_("No decision was written down yet"),
        hint=_("What is offered, how customers are served and spoken to, and why"),
    )  # fmt: skip
    return table_page(request, table)


@allow("strategy", GET="change", POST="change")
def strategy_new(request: HttpRequest) -> HttpResponse:
    """Write down a decision of strategy."""

    def save(said: dict[str, Any]) -> str:
        row = services.decide_strategy(**said, by=request.user, at=timezone.now())
        return reverse("quality:strategy", args=[row.number])

    form = forms.StrategyForm(request.POST or None, initial={"decided_on": today()})
    return make_page(request, form, save, title=_("Write down a decision"), submit=_("Save"),
                     back=reverse("quality:strategies"))  # fmt: skip


@allow("strategy", GET="read", POST="change")
def strategy_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a decision of strategy; say what became of it."""
    rows = StrategyDecision.objects.select_related("programme", "by", "reviewed_by")
    row = get_object_or_404(rows, number=number)
    facts = [
        (pgettext("strategy", "About"), row.get_field_display()),
        (_("Situation it answers"), row.situation),
        (_("What was decided"), row.decision),
        (_("Why this and not something else"), row.reason), (_("Decided on"), day(row.decided_on)),
        (pgettext("strategy", "Written down by"), row.by),
        (_("Takes effect on"), day(row.effective_on)),
        (_("Reviewed on"), moment(row.reviewed_at) if row.reviewed_at else day(row.review_on)),
        (_("Reviewed by"), row.reviewed_by), (_("What became of it"), row.outcome or None),
    ]  # fmt: skip
    review = deed("review", _("Review it"), forms.OutcomeForm,
                  lambda said: services.review_strategy(row, **said, by=request.user,
                                                        at=timezone.now()))  # fmt: skip
    is_open = row.reviewed_at is None and may(request.user, "strategy", "change")
    link = [Cell(str(row.programme), reverse("quality:programme", args=[row.programme.number]))
            ] if row.programme else []  # fmt: skip
    record = Record(
        title=str(row), back=reverse("quality:strategies"), back_label=_("Strategy decisions"),
        facts=facts, lines=[(_("Carried out by"), link)] if link else [],
        deeds=[review] if is_open else [],
    )  # fmt: skip
    return record_page(request, record)


@allow("process_change", GET="read")
def changes_page(request: HttpRequest) -> HttpResponse:
    """List the changes of processes (IMP-09); of one process where its code is asked for."""
    rows = ProcessChange.objects.select_related("process", "by", "decided_by")
    if request.GET.get("process"):
        rows = rows.filter(process__code=request.GET["process"][:30])
    found = listed(request, rows, order=("-effective_on", "-id"))
    new = [(reverse("quality:process_change_new"), _("Propose a change"), "plus")]
    heads = [_("Number"), pgettext("improvement", "Process"), _("What changes"), _("Risk"),
             _("Status"), _("Takes effect on"), _("Proposed by"), _("Decided by")]  # fmt: skip
    table = Table(
        _("Changes of processes"), heads,
        ([Cell(one.number, reverse("quality:process_change", args=[one.number])),
          Cell(one.process, reverse("quality:process", args=[one.process.code])),
          Cell(one.what), Cell(one.get_risk_display(), badge=RISK_BADGE[one.risk]),
          Cell(one.get_status_display(), badge=CHANGE_BADGE[one.status]),
          Cell(day(one.effective_on)), Cell(one.by), Cell(one.decided_by or "—")]
         for one in found),
        page=found, export="process_change", icon="route",
        actions=new if may(request.user, "process_change", "change") else [],
        empty=_("No process was changed yet"),
        hint=_("Each change says why, what may go wrong and who has to learn it"),
    )  # fmt: skip
    return table_page(request, table)


@allow("process_change", GET="change", POST="change")
def change_new(request: HttpRequest) -> HttpResponse:
    """Propose a change of a process."""

    def save(said: dict[str, Any]) -> str:
        row = services.propose_change(**said, by=request.user, at=timezone.now())
        return reverse("quality:process_change", args=[row.number])

    first = {"process": request.GET.get("process", "")[:30]}
    form = forms.ChangeForm(request.POST or None, initial=first)
    return make_page(
        request, form, save, title=_("Propose a change"), submit=_("Ask for approval"),
        back=reverse("quality:process_changes"),
    )  # fmt: skip


@allow("process_change", GET="read", POST="approve")
def change_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a change of a process; decide on it as somebody else."""
    rows = ProcessChange.objects.select_related("process", "by", "decided_by")
    row = get_object_or_404(rows, number=number)
    facts = [
        (_("Status"), row.get_status_display()), (pgettext("improvement", "Process"), row.process),
        (_("What changes"), row.what), (_("Why"), row.reason),
        (_("Risk"), f"{row.get_risk_display()} · {row.risk_note}"),
        (_("Who has to learn it"), row.training or None),
        (_("Takes effect on"), day(row.effective_on)), (_("Proposed by"), row.by),
        (_("Decided by"), row.decided_by), (_("Decided on"), moment(row.decided_at)),
        (_("Reason"), row.note or None),
    ]  # fmt: skip
    documents = [Cell(one, reverse("quality:document", args=[one.number]))
                 for one in row.documents.all()]  # fmt: skip
    decide = deed("decide", _("Decide"), DecideForm,
                  lambda said: services.decide_change(
                      row, approve=said["outcome"] == "yes", note=said["note"],
                      by=request.user, at=timezone.now()))  # fmt: skip
    is_open = row.status == ChangeStatus.PROPOSED and may(request.user, "process_change", "approve")
    process = Cell(row.process, reverse("quality:process", args=[row.process.code]))
    record = Record(
        title=str(row), back=reverse("quality:process_changes"),
        back_label=_("Changes of processes"), facts=facts,
        lines=[(pgettext("improvement", "Process"), [process]),
               (_("Documents to be rewritten"), documents)],
        deeds=[decide] if is_open else [],
    )  # fmt: skip
    return record_page(request, record)
