"""Licences and permits of the company, its sites, vehicles and people, with their terms."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, F, Q

from courierqa.core.models import TimestampedModel
from quality import thing_enums as words
from shipments.models import Vehicle
from staff.models import Employee, Site, User


class Licence(TimestampedModel):
    """One licence with the number, scope and days of its present term (LIC-01).

    Without site, vehicle and holder it is the company's. Renewal applied for is not valid (F04).
    """

    kind = models.CharField(max_length=12, choices=words.LicenceKind)
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=60)
    scope = models.CharField(max_length=300, blank=True)
    authority = models.CharField(max_length=80, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="licences")
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="licences")
    holder = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="licences")
    issued_on = models.DateField()
    # None: it does not expire.
    expires_on = models.DateField(null=True)
    # When it was last looked at, and when the renewal was applied for.
    examined_on = models.DateField(null=True)
    applied_on = models.DateField(null=True)
    is_active = models.BooleanField(default=True)
    # From that day on it is not needed any more.
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["expires_on", "pk"]
        indexes = [models.Index(fields=["is_active", "expires_on"], name="qual_licence_expiry")]
        constraints = [
            CheckConstraint(
                name="qual_licence_in_order",
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class LicenceTerm(models.Model):
    """A term a licence had: number, days, the paper. Insert-only; the newest is the present one."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="terms")
    # Where its site, vehicle or holder was when the term was written down; None: the company.
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    file = models.FileField(upload_to="licences/%Y/%m/", blank=True)
    name = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
