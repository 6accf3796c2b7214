"""Discipline with evidence and appeal; requests for a higher post."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import allow, may
from courierqa.core.formats import day, moment, yuan
from staff import selectors, services
from staff.enums import DisciplineState, ProposalState
from staff.forms.rewards import (
    AppealForm,
    DisciplineForm,
    PromotionForm,
    ReasonedForm,
)
from staff.forms.style import StyledForm
from staff.models import Discipline, Promotion
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page
from staff.views.rewards import BADGES, who, working

State = DisciplineState
CONDITIONS = {
    "tenure": gettext_lazy("Months of service"),
    "grade": gettext_lazy("Last grade"),
    "courses": gettext_lazy("Certificates of the post; missing"),
    "discipline": gettext_lazy("Discipline steps within a year"),
}


@allow("discipline", GET="read")
def discipline_page(request: HttpRequest) -> HttpResponse:
    """Discipline steps within reach, newest first."""
    page = listed(request, selectors.discipline_for(request.access))
    rows = [
        [Cell(row.get_level_display(), reverse("staff:discipline_step", args=[row.pk])),
         Cell(who(row.employee)), Cell(row.basis), Cell(day(row.proposed_at)),
         Cell(row.get_state_display(), badge="neutral")]
        for row in page
    ]  # fmt: skip
    new = [(reverse("staff:discipline_new"), _("Propose a step"), "plus")]
    table = Table(
        _("Discipline"),
        [_("Step"), _("Person"), _("Rule that was broken"), _("Proposed"), _("State")], rows,
        page=page, export="discipline", icon="gavel", empty=_("No step on record"),
        actions=new if may(request.user, "discipline", "change") else (),
        hint=_("A step needs a rule, evidence and a second person's decision"),
    )  # fmt: skip
    return table_page(request, table)


@allow("discipline", GET="change", POST="change")
def discipline_new(request: HttpRequest) -> HttpResponse:
    """Propose a step with its basis and evidence."""

    def save(said: dict[str, Any]) -> str:
        row = services.propose_discipline(
            said["person"], level=said["level"], basis=said["basis"], evidence=said["evidence"],
            amount_fen=int((said["amount"] or 0) * 100), by=request.user, at=timezone.now(),
        )  # fmt: skip
        return reverse("staff:discipline_step", args=[row.pk])

    form = DisciplineForm(request.POST or None, people=working(request))
    return make_page(request, form, save, title=_("Propose a step"), submit=_("Propose"),
                     back=reverse("staff:discipline"))  # fmt: skip


@allow("discipline", GET="read", POST="respond")
def discipline_step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step: decision, appeal, answer; each by whom the rules allow."""
    row = get_object_or_404(selectors.discipline_for(request.access), pk=pk)
    record = Record(
        title=f"{row.get_level_display()} · {row.employee.name}", back_label=_("Discipline"),
        back=reverse("staff:discipline"), deeds=_step_deeds(request, row),
        facts=[(_("Person"), row.employee), (_("Rule that was broken"), row.basis),
               (_("Evidence"), row.evidence),
               (_("Deduction"), yuan(row.amount_fen) if row.amount_fen else None),
               (_("State"), row.get_state_display()), (_("Decision"), row.decision or None),
               (_("Decided by"), row.decided_by),
               (_("Appeal until"), moment(row.appeal_until) if row.appeal_until else None),
               (_("Appeal"), row.appeal or None), (_("Answer"), row.answer or None)],
    )  # fmt: skip
    return record_page(request, record)


def _step_deeds(request: HttpRequest, row: Discipline) -> list[Deed]:
    """Return what this reader may do at this state."""
    decides, who_when = may(request.user, "discipline", "approve"), _who_when(request)
    is_final = row.amount_fen and row.state in (State.DECIDED, State.UPHELD)
    is_final = is_final and not hasattr(row, "entry")
    if row.state == State.PROPOSED and decides:
        return [Deed("decide", _("Decide"), ReasonedForm, lambda said: services.decide_discipline(
            row, agree=said["outcome"] == "yes", decision=said["note"], **who_when,
        ))]  # fmt: skip
    if row.state == State.DECIDED and row.employee.user_id == request.user.pk:
        return [Deed("appeal", _("Appeal"), AppealForm,
                     lambda said: services.appeal_discipline(row, **said, **who_when))]  # fmt: skip
    if row.state == State.APPEALED and decides:
        return [Deed("answer", _("Answer the appeal"), ReasonedForm,
                     lambda said: services.answer_appeal(
            row, uphold=said["outcome"] == "no", answer=said["note"], **who_when,
        ))]  # fmt: skip
    if is_final and decides:
        return [Deed("book", _("Book the deduction"), StyledForm,
                     lambda _said: services.book_deduction(row, **who_when))]  # fmt: skip
    return []


def _who_when(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


@allow("promotion", GET="read")
def promotions_page(request: HttpRequest) -> HttpResponse:
    """Requests for a higher post within reach."""
    page = listed(request, selectors.promotions_for(request.access))
    rows = [
        [Cell(row.to_post, reverse("staff:promotion", args=[row.pk])), Cell(who(row.employee)),
         _met(row), Cell(day(row.asked_at)),
         Cell(row.get_state_display(), badge=BADGES[row.state])]
        for row in page
    ]  # fmt: skip
    table = Table(
        _("Promotion"), [_("Post"), _("Person"), _("Conditions met"), _("Asked on"), _("State")],
        rows, page=page, export="promotion", icon="trending-up",
        empty=_("Nobody asked for a higher post"),
        hint=_("The conditions stand with each post"),
        actions=[(reverse("staff:promotion_new"), _("Ask for a post"), "plus")],
    )  # fmt: skip
    return table_page(request, table)


def _met(row: Promotion) -> Cell:
    met = sum(line["met"] for line in row.conditions)
    whole = met == len(row.conditions)
    return Cell(f"{met}/{len(row.conditions)}", badge="good" if whole else "warn")


@allow("promotion", GET="create", POST="create")
def promotion_new(request: HttpRequest) -> HttpResponse:
    """Ask for a higher post for oneself."""
    person = getattr(request.user, "employee", None)

    def save(said: dict[str, Any]) -> str:
        row = services.ask_promotion(person, **said, by=request.user, at=timezone.now())
        return reverse("staff:promotion", args=[row.pk])

    form = PromotionForm(request.POST or None)
    if person is None and request.method == "POST":
        form.add_error(None, _("Only people with a staff record can ask"))
    return make_page(request, form, save, title=_("Ask for a post"), submit=_("Ask"),
                     back=reverse("staff:promotions"))  # fmt: skip


@allow("promotion", GET="read", POST="approve")
def promotion_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with its conditions."""
    row = get_object_or_404(selectors.promotions_for(request.access), pk=pk)
    deed = Deed(
        "decide", _("Decide"), ReasonedForm,
        lambda said: services.decide_promotion(
            row, approve=said["outcome"] == "yes", note=said["note"], by=request.user,
            at=timezone.now(),
        ),
    )  # fmt: skip
    is_open = row.state == ProposalState.OPEN and may(request.user, "promotion", "approve")
    record = Record(
        title=f"{row.employee.name} → {row.to_post}", back=reverse("staff:promotions"),
        back_label=_("Promotion"), lead=row.words, deeds=[deed] if is_open else [],
        lines=[(_("Conditions"), [_condition(line) for line in row.conditions])],
        facts=[(_("Present post"), row.employee.post), (_("Asked on"), day(row.asked_at)),
               (_("State"), row.get_state_display()), (_("Reason"), row.note or None)],
    )  # fmt: skip
    return record_page(request, record)


def _condition(line: dict[str, Any]) -> Cell:
    wanted = f" / {line['wanted']}" if line["wanted"] else ""
    text = f"{CONDITIONS[line['code']]}: {line['value'] or '—'}{wanted}"
    return Cell(text, badge="good" if line["met"] else "bad")
