"""Privacy incidents: what leaked, whom it concerns, who was told when (INF-08, PIPL 57)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models

from complaints import work_enums as enums
from complaints.models.cases import Case
from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField
from staff.models import User

TELL_WITHIN = timedelta(hours=72)


class PrivacyIncident(TimestampedModel):
    """Opened by every complaint about personal data; restricted to named roles."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="incident")
    status = models.CharField(
        max_length=10, choices=enums.IncidentStatus, default=enums.IncidentStatus.OPEN
    )
    opened_at = models.DateTimeField()
    kinds = models.CharField(max_length=200, blank=True)
    affected = models.PositiveIntegerField(null=True)
    cause = EncryptedField(data_class="complaint", blank=True)
    harm = EncryptedField(data_class="complaint", blank=True)
    measures = EncryptedField(data_class="complaint", blank=True)
    # Who had to be told, and when they were.
    people_told_at = models.DateTimeField(null=True)
    authority_told_at = models.DateTimeField(null=True)
    postal_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "-opened_at"])]

    @property
    def tell_by(self) -> datetime:
        """The outer limit of the notices: 72 hours; the law says at once (X03, PIPL 57)."""
        return self.opened_at + TELL_WITHIN

    def told_late(self, now: datetime) -> bool:
        """Say whether the authority or the people were not told by the limit, or still are not."""
        told = (self.people_told_at, self.authority_told_at)
        return any((at or now) > self.tell_by for at in told)


class IncidentNote(models.Model):
    """A line of the incident's own time line. Insert-only."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(PrivacyIncident, models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    text = EncryptedField(data_class="complaint")

    class Meta:
        ordering = ["at", "id"]
