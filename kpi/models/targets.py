"""What is wanted of a figure, and what people say about it on a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from courierqa.core.models import TimestampedModel


class Target(TimestampedModel):
    """The wanted value of a metric from a date on; a proposal until somebody confirms it."""

    metric = models.CharField(max_length=8)
    site = models.ForeignKey("staff.Site", models.PROTECT, null=True, related_name="+")
    # A target of one team of the site; without a team it is the site's own.
    team = models.ForeignKey("staff.Team", models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(max_digits=12, decimal_places=4)
    valid_from = models.DateField()
    is_proposal = models.BooleanField(default=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    # Who answers for reaching it.
    owner = models.ForeignKey("staff.Employee", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "site", "valid_from"],
                condition=Q(team=None),
                name="kpi_target_once",
            ),
            UniqueConstraint(
                fields=["metric", "team", "valid_from"], name="kpi_target_once_per_team"
            ),
        ]


class Note(models.Model):
    """What somebody says about a figure and a day: an event on its chart, a word about a target.

    Insert-only: a note that was wrong is answered by another one.
    """

    metric = models.CharField(max_length=8)
    site = models.ForeignKey("staff.Site", models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    text = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["metric", "day"])]


class Baseline(models.Model):
    """From which month on the limits of a figure's chart are locked anew, by whom and why.

    Insert-only. Without a row the first 12 months since the records begin lock them; a row of no
    site concerns every chart of the figure, one of a site only its own.
    """

    metric = models.CharField(max_length=8)
    site = models.ForeignKey("staff.Site", models.PROTECT, null=True, related_name="+")
    month = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "month"], condition=Q(site=None), name="kpi_baseline_once"
            ),
            UniqueConstraint(fields=["metric", "site", "month"], name="kpi_baseline_once_per_site"),
        ]
