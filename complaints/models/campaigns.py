"""A campaign against a problem that surged: what, where, by whom, and whether it helped."""

from __future__ import annotations

from django.db import models

from complaints import work_enums as enums
from complaints.models.cases import Reason
from courierqa.core.models import TimestampedModel
from shipments.models import Customer, Lane
from staff.models import Site, User


class Campaign(TimestampedModel):
    """A special improvement programme for one reason, at one place where it is one (CMP-16)."""

    title = models.CharField(max_length=80)
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    lane = models.ForeignKey(Lane, models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+")
    goal = models.CharField(max_length=300)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ends_on = models.DateField()
    # The figures that gave rise to it: count, expected, p value.
    evidence = models.JSONField(default=dict)
    status = models.CharField(
        max_length=8, choices=enums.CampaignStatus, default=enums.CampaignStatus.RUNNING
    )
    result = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "-id"]
