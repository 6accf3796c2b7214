"""What is promised to everybody, and what is set aside to reach an objective."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from courierqa.core.models import TimestampedModel
from kpi.enums import ResourceKind


class Pledge(TimestampedModel):
    """A promise on the public page, measured by a figure; a proposal until somebody confirms it.

    `value` is what is promised, in the unit of the figure: shares as fractions (0.95).
    """

    code = models.SlugField(max_length=30, unique=True)
    metric = models.CharField(max_length=8)
    value = models.DecimalField(max_digits=12, decimal_places=4)
    text = models.CharField(max_length=120)
    text_en = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_proposal = models.BooleanField(default=True)
    since = models.DateField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class ObjectiveResource(models.Model):
    """People, vehicles or money for one objective of a year (OBJ-09). Insert-only.

    `amount` counts people or vehicles; money is in fen. What is taken back is a line below nought.
    """

    metric = models.CharField(max_length=8)
    site = models.ForeignKey("staff.Site", models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ResourceKind)
    amount = models.BigIntegerField()
    words = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["year", "metric"], name="kpi_resource_year")]
        constraints = [CheckConstraint(name="kpi_resource_some", condition=~Q(amount=0))]
