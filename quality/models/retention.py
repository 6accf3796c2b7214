"""How long each kind of data is kept."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q

from courierqa.core.models import TimestampedModel
from staff.models import local


class RetentionRule(TimestampedModel):
    """How many months a kind of data is kept after its day, and why (INF-05)."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    # Counted from this day of each record.
    starts = models.CharField(max_length=80)
    starts_en = models.CharField(max_length=120)
    months = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200)
    basis_en = models.CharField(max_length=300, blank=True)
    is_proposal = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [CheckConstraint(name="qual_kept_a_while", condition=Q(months__gte=1))]

    def __str__(self) -> str:
        return local(self, "name")
