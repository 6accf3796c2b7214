"""Proposals of rewards and deductions; service stars; suggestions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.formats import day, yuan
from courierqa.core.paging import page_of
from staff import selectors, services
from staff.enums import ProposalState, SuggestionState
from staff.forms.rewards import (
    DecisionForm,
    MonthForm,
    ReviewForm,
    RewardForm,
    StarForm,
    SuggestionForm,
)
from staff.forms.style import StyledForm
from staff.models import Employee, RewardProposal, RewardRule, Suggestion, local
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page

BADGES = {"open": "warn", "approved": "good", "rejected": "neutral", "adopted": "good",
          "declined": "neutral"}  # fmt: skip


def who(person: Employee) -> str:
    return f"{person.name} {person.number}"


def working(request: HttpRequest) -> Any:
    """Return the people within reach who work here."""
    return selectors.employees_for(request.access).exclude(state="left")


@allow("reward", GET="read")
def rewards_page(request: HttpRequest) -> HttpResponse:
    """Proposals within reach, newest first."""
    page = listed(request, selectors.proposals_for(request.access))
    rows = [
        [Cell(row.basis, reverse("staff:reward", args=[row.pk])), Cell(who(row.employee)),
         Cell(yuan(row.amount_fen), is_number=True, plain=row.amount_fen / 100),
         Cell(day(row.proposed_at)), Cell(row.get_state_display(), badge=BADGES[row.state])]
        for row in page
    ]  # fmt: skip
    actions = [(reverse("staff:ledger"), _("Ledger"), "book"),
               (reverse("staff:reward_rules"), _("What grades bring"), "scale")]  # fmt: skip
    if may(request.user, "reward", "change"):
        actions.insert(0, (reverse("staff:reward_new"), _("Propose"), "plus"))
    table = Table(
        _("Rewards and deductions"),
        [_("Why"), _("Person"), _("Amount") + "#", _("Proposed"), _("State")], rows, page=page,
        export="reward", actions=actions, icon="gift", empty=_("Nothing was proposed yet"),
        hint=_("Final grades bring proposals by the rule table; others are made by hand"),
    )  # fmt: skip
    return table_page(request, table)


@allow("reward", GET="change", POST="change")
def reward_new(request: HttpRequest) -> HttpResponse:
    """Propose a reward or a deduction."""

    def save(said: dict[str, Any]) -> str:
        row = services.propose_reward(
            said["person"], amount_fen=int(said["amount"] * 100), basis=said["basis"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        return reverse("staff:reward", args=[row.pk])

    form = RewardForm(request.POST or None, people=working(request))
    return make_page(request, form, save, title=_("Propose a reward or deduction"),
                     submit=_("Propose"), back=reverse("staff:rewards"))  # fmt: skip


@allow("reward", GET="read", POST="change")
def reward_rules(request: HttpRequest) -> HttpResponse:
    """What each grade brings; a month's final grades become proposals here."""
    rules = [
        Cell(
            f"{row.grade} · {yuan(row.amount_fen)} · {local(row, 'words')} · {day(row.valid_from)}"
        )
        for row in RewardRule.objects.all()
    ]
    reach = access_for(request.user, "reward", "change")
    deed = Deed(
        "propose", _("Propose for a month"), MonthForm,
        lambda said: services.propose_for_month(
            said["month"], people=selectors.employees_for(reach or request.access),
            by=request.user, at=timezone.now(),
        ),
        done=_("Proposals made. Somebody else decides them"),
    )  # fmt: skip
    record = Record(
        title=_("What grades bring"), back=reverse("staff:rewards"), deeds=[deed] if reach else [],
        back_label=_("Rewards and deductions"), lines=[(_("Rules"), rules)],
        facts=[(_("State"), _("proposal"))],
        lead=_("A grade that may still be objected to brings nothing yet"),
    )  # fmt: skip
    return record_page(request, record)


@allow("reward", GET="read", POST="approve")
def reward_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal; somebody else decides."""
    access = access_for(request.user, "reward", "read") or request.access
    row: RewardProposal = get_object_or_404(selectors.proposals_for(access), pk=pk)
    deed = Deed(
        "decide", _("Decide"), DecisionForm,
        lambda said: services.decide_reward(
            row, approve=said["outcome"] == "yes", note=said["note"], by=request.user,
            at=timezone.now(),
        ),
    )  # fmt: skip
    is_open = row.state == ProposalState.OPEN and may(request.user, "reward", "approve")
    decided = f"{row.decided_by} · {day(row.decided_at)}" if row.decided_at else None
    record = Record(
        title=_("Proposal for %(name)s") % {"name": row.employee.name},
        back=reverse("staff:rewards"), back_label=_("Rewards and deductions"),
        facts=[(_("Person"), row.employee), (_("Amount"), yuan(row.amount_fen)),
               (_("Why"), row.basis), (_("State"), row.get_state_display()),
               (_("Decided"), decided), (_("Reason"), row.note or None)],
        deeds=[deed] if is_open else [],
    )  # fmt: skip
    return record_page(request, record)


@allow("account", GET="read")
def stars_page(request: HttpRequest) -> HttpResponse:
    """The notice board of service stars and nominations."""
    page = page_of(selectors.stars(), request.GET, order=("-month", "-id"))
    rows = [
        [Cell(row.month, reverse("staff:star", args=[row.pk])), Cell(row.employee.name),
         Cell(row.employee.site), Cell(row.words),
         Cell(_("Service star"), badge="good") if row.awarded_at
         else Cell(_("Nominated"), badge="neutral")]
        for row in page
    ]  # fmt: skip
    table = Table(
        _("Service stars"), [_("Month"), _("Person"), _("Site"), _("What they did"), _("State")],
        rows, page=page, icon="star", empty=_("Nobody was nominated yet"),
        hint=_("Anybody may nominate a colleague once a month"),
        actions=[(reverse("staff:star_new"), _("Nominate"), "star")],
    )  # fmt: skip
    return table_page(request, table)


@allow("account", GET="change", POST="change")
def star_new(request: HttpRequest) -> HttpResponse:
    """Nominate a colleague of one's own site; those who see more may name anybody."""
    own = getattr(request.user, "employee", None)
    reach = access_for(request.user, "team", "change")
    people = Employee.objects.filter(state="active")
    people = people if reach and reach.is_all else people.filter(site=own.site_id if own else None)

    def save(said: dict[str, Any]) -> str:
        row = services.nominate(said["person"], month=said["month"], words=said["words"],
                                by=request.user, at=timezone.now())  # fmt: skip
        return reverse("staff:star", args=[row.pk])

    form = StarForm(request.POST or None, people=people,
                    initial={"month": f"{business_day(timezone.now()):%Y-%m}"})  # fmt: skip
    return make_page(request, form, save, title=_("Nominate a service star"),
                     submit=_("Nominate"), back=reverse("staff:stars"))  # fmt: skip


@allow("account", GET="read", POST="change")
def star_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One nomination; a manager names the star."""
    row = get_object_or_404(selectors.stars(), pk=pk)
    deed = Deed("award", _("Name service star"), StyledForm,
                lambda _said: services.award_star(row, by=request.user, at=timezone.now()),
                icon="star")  # fmt: skip
    may_award = row.awarded_at is None and may(request.user, "reward", "approve")
    record = Record(
        title=f"{row.employee.name} · {row.month}", back=reverse("staff:stars"),
        back_label=_("Service stars"), lead=row.words, deeds=[deed] if may_award else [],
        facts=[(_("Site"), row.employee.site), (_("Nominated by"), row.by.display_name),
               (_("Named on"), day(row.awarded_at) if row.awarded_at else None)],
    )  # fmt: skip
    return record_page(request, record)


@allow("suggestion", GET="read")
def suggestions_page(request: HttpRequest) -> HttpResponse:
    """One's own suggestions; everybody's for those who review."""
    page, now = listed(request, selectors.suggestions_for(request.access)), timezone.now()
    rows = [
        [Cell(row.title, reverse("staff:suggestion", args=[row.pk])), Cell(who(row.employee)),
         Cell(day(row.at)), Cell(day(row.due_at)),
         Cell(_("Overdue"), badge="bad")
         if row.state == SuggestionState.OPEN and row.due_at < now
         else Cell(row.get_state_display(), badge=BADGES[row.state]),
         Cell(_reward_words(row), is_number=True, plain=_reward_plain(row))]
        for row in page
    ]  # fmt: skip
    table = Table(
        _("Staff suggestions"),
        [_("In one line"), _("Person"), _("Made on"), _("Answer by"), _("State"),
         _("Reward") + "#"],
        rows, page=page, export="suggestion", icon="bulb", empty=_("Nobody suggested anything yet"),
        hint=_("Each is answered within 30 days; a good one is rewarded"),
        actions=[(reverse("staff:suggestion_new"), _("Make a suggestion"), "plus")],
    )  # fmt: skip
    return table_page(request, table)


def _reward_words(row: Suggestion) -> str:
    """Return what an adopted suggestion brought, and whether somebody else has agreed (IMP-02)."""
    if row.reward is None:
        return "—"
    return f"{yuan(row.reward.amount_fen)} · {row.reward.get_state_display()}"


def _reward_plain(row: Suggestion) -> Any:
    return row.reward.amount_fen / 100 if row.reward is not None else ""


@allow("suggestion", GET="create", POST="create")
def suggestion_new(request: HttpRequest) -> HttpResponse:
    """Make a suggestion."""
    person = get_object_or_404(Employee, user=request.user)

    def save(said: dict[str, Any]) -> str:
        row = services.make_suggestion(person, **said, at=timezone.now())
        return reverse("staff:suggestion", args=[row.pk])

    return make_page(request, SuggestionForm(request.POST or None), save, submit=_("Send"),
                     title=_("Make a suggestion"), back=reverse("staff:suggestions"))  # fmt: skip


@allow("suggestion", GET="read", POST="review")
def suggestion_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggestion and its answer."""
    access = access_for(request.user, "suggestion", "read") or request.access
    row = get_object_or_404(selectors.suggestions_for(access), pk=pk)
    deed = Deed(
        "review", _("Answer"), ReviewForm,
        lambda said: services.review_suggestion(
            row, adopt=said["outcome"] == "yes", answer=said["answer"], by=request.user,
            reward_fen=int((said["reward"] or 0) * 100), at=timezone.now(),
        ),
    )  # fmt: skip
    is_open = row.state == SuggestionState.OPEN and may(request.user, "suggestion", "review")
    record = Record(
        title=row.title, back=reverse("staff:suggestions"), back_label=_("Staff suggestions"),
        lead=row.text, deeds=[deed] if is_open else [],
        facts=[(_("Person"), row.employee), (_("Made on"), day(row.at)),
               (_("Answer by"), day(row.due_at)), (_("State"), row.get_state_display()),
               (_("Answer"), row.answer or None), (_("Reward"), _reward_words(row))],
    )  # fmt: skip
    return record_page(request, record)
