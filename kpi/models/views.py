"""Saved views of dashboards and the e-mails that carry them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from kpi.enums import Rhythm


class SavedView(TimestampedModel):
    """The filters of a dashboard under a name; a reader sees it within their own reach only."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    # The tail of the address; without a period the view always shows the newest finished month.
    query = models.CharField(max_length=500, blank=True)
    # Empty: private.
    shared_role = models.CharField(max_length=12, blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            UniqueConstraint(fields=["owner", "name"], name="kpi_view_name_once"),
            UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="kpi_one_default_view"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ViewMail(TimestampedModel):
    """A view sent to one person by e-mail in a rhythm, until they end it."""

    view = models.ForeignKey(SavedView, models.PROTECT, related_name="mails")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    next_on = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["view", "user"], name="kpi_view_mail_once")]
