"""What the company says in public: texts in versions, each from a day on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from shipments import enums
from staff.models import local


class PublicText(models.Model):
    """One version of a published text, in both languages. Insert-only: a change is a new version.

    The version in force is the one with the newest `valid_from` that has come. `is_proposal`
    marks the words the product comes with, until the company publishes its own.
    """

    code = models.CharField(max_length=15, choices=enums.TextCode)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    body = models.TextField()
    body_en = models.TextField()
    valid_from = models.DateTimeField()
    is_proposal = models.BooleanField(default=False)
    why = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["code", "version"], name="ship_text_version_once")]
        ordering = ["code", "-version"]

    def __str__(self) -> str:
        return f"{local(self, 'title')} {self.version}"
