"""Why it happened: the coded tree, and what was found out. "Blame" has no field."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from quality.models.nonconformity import Nonconformity
from staff.models import User, local


class Cause(TimestampedModel):
    """A cause of the coded tree: one of six areas, and the causes under it."""

    code = models.SlugField(max_length=40, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    # Found to be the same as another: old records keep their code and are read as the other.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    merged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            CheckConstraint(
                name="qual_cause_not_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return local(self, "name")


class Analysis(TimestampedModel):
    """How the cause was found in one round: five whys, fishbone texts, the cause they end in."""

    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="analyses")
    round = models.PositiveSmallIntegerField()
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="+")
    # One to five answers to "why?", each the answer to the one before.
    whys = models.JSONField(default=list)
    # Area → text, only areas somebody wrote something about.
    fishbone = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["nonconformity", "round"], name="qual_analysis_once")
        ]
