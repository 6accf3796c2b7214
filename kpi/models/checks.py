"""The nightly double-entry check."""

from __future__ import annotations

from django.db import models


class Verification(models.Model):
    """One double-entry check: the SQL cells against the independent path from raw events."""

    period = models.CharField(max_length=10)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    cells = models.PositiveIntegerField(default=0)
    differences = models.JSONField(default=list)
