"""When complaints were open: what the count at the end of a day is made of."""

from __future__ import annotations

from django.db import models


class CaseSpell(models.Model):
    """One stretch a complaint was open, from its receipt or a reopening to its answer (C10).

    Days are business days: it counts as open at the end of the days from `opened_day` until
    before `ended_day`, as overdue from `due_day` on.
    """

    case_id = models.BigIntegerField()
    # 0 from the receipt on, then the reopenings in order.
    turn = models.PositiveSmallIntegerField()
    site_id = models.BigIntegerField(null=True)
    product_id = models.BigIntegerField(null=True)
    opened_day = models.DateField()
    due_day = models.DateField()
    ended_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "turn"], name="complaints_spell_once")
        ]
        indexes = [models.Index(fields=["ended_day", "opened_day"])]
