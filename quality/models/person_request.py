"""Requests of persons about their own data (X04)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, F, Q

from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField, mask_name, mask_phone
from quality import request_enums as enums
from staff.models import User


class PersonRequest(TimestampedModel):
    """A person asks to see, copy, correct, delete or have explained what is kept of them.

    To be answered within 15 working days; checking who asks stops the clock once.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=8, choices=enums.RequestKind)
    name = EncryptedField(data_class="complaint")
    phone = EncryptedField(data_class="complaint")
    words = EncryptedField(data_class="complaint")
    received_at = models.DateTimeField()
    # Since when we wait for proof of who they are, and until when.
    checking_from = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    # None while the clock stands.
    due_at = models.DateTimeField(null=True)
    handler = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer_kind = models.CharField(max_length=8, choices=enums.AnswerKind, blank=True)
    answer = EncryptedField(data_class="complaint", blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["answered_at", "due_at"], name="qual_request_due")]
        constraints = [
            CheckConstraint(
                name="qual_request_in_order",
                condition=(Q(checked_at=None) | Q(checked_at__gte=F("checking_from")))
                & (Q(answered_at=None) | Q(answered_at__gte=F("received_at"))),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_standing(self) -> bool:
        """Say whether the clock stands, because we wait for proof of who asks."""
        return self.checking_from is not None and self.checked_at is None

    @property
    def masked(self) -> str:
        """Name and phone as lists and pages show them."""
        return f"{mask_name(self.name)} {mask_phone(self.phone)}"
