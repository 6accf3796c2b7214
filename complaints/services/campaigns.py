"""Campaigns against problems that surged (CMP-16), from their figures to their result."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.models import Campaign, Reason
from complaints.words import BadText, clean_line
from complaints.work_enums import CampaignStatus
from courierqa.core import history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from shipments.models import Customer, Lane
from staff.models import Site, User

MACHINE = history.Machine(
    "campaign",
    {CampaignStatus.RUNNING: {"close": CampaignStatus.CLOSED}, CampaignStatus.CLOSED: {}},
)


@dataclass(frozen=True)
class Target:
    """What a campaign is about: one reason, at a site, a lane or a customer, or everywhere."""

    reason: Reason
    site: Site | None = None
    lane: Lane | None = None
    customer: Customer | None = None
    evidence: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def start_campaign(
    *, target: Target, title: str, goal: str, owner: User, ends_on: date, by: User, at: datetime
) -> Campaign:
    """Start a campaign; a second one against the same problem is refused while one runs."""
    said = {
        "title": clean_line(title, field="title", limit=80),
        "goal": clean_line(goal, field="goal", limit=300),
    }
    for name, text in said.items():
        if not text:
            raise BadText(_("Enter the title and the goal"), code="required", field=name)
    if ends_on <= business_day(at):
        raise DomainError(_("Choose a later day"), code="past", field="ends_on", status=422)
    # Two people who press the button at once: the reason's row lets one pass at a time.
    Reason.objects.select_for_update(no_key=True).get(pk=target.reason.pk)
    where = {"site": target.site, "lane": target.lane, "customer": target.customer}
    running = Campaign.objects.filter(reason=target.reason, status=CampaignStatus.RUNNING)
    if running.filter(**where).exists():
        raise DomainError(_("A campaign against this is running already"), code="running")
    row = Campaign.objects.create(
        reason=target.reason, **where, **said, owner=owner, started_by=by, started_at=at,
        ends_on=ends_on, evidence=target.evidence,
    )  # fmt: skip
    history.begin(row, machine=MACHINE, actor=by, at=at)
    return row


@transaction.atomic
def close_campaign(*, campaign: Campaign, result: str, by: User, at: datetime) -> Campaign:
    """End a campaign with what came of it."""
    came = clean_line(result, field="result", limit=300)
    if not came:
        raise BadText(_("Enter what came of it"), code="required", field="result")
    changes = {"result": came, "closed_at": at}
    history.transition(campaign, "close", machine=MACHINE, actor=by, at=at, changes=changes)
    return campaign
