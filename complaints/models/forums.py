"""Places outside where customers speak about the company."""

from __future__ import annotations

from django.db import models

from courierqa.core.models import TimestampedModel
from staff.models import User


class Forum(TimestampedModel):
    """A public forum or site that one named person watches (CMP-28)."""

    name = models.CharField(max_length=60, unique=True)
    url = models.URLField(max_length=300)
    watcher = models.ForeignKey(User, models.PROTECT, related_name="+")
    every_days = models.PositiveSmallIntegerField(default=1)
    next_due_at = models.DateTimeField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
