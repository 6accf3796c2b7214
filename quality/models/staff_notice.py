"""Notices to staff: for whom they are, and who has confirmed them."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from quality import communication_enums as enums
from staff.models import Employee, Site, User


class StaffNotice(TimestampedModel):
    """Something people have to know, until when they confirm it (COM-02).

    Its audience: people of its sites with one of its roles, and those named besides; without
    sites and roles and names it is for everybody with a login.
    """

    title = models.CharField(max_length=100)
    text = models.TextField()
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    roles = models.JSONField(default=list)
    people = models.ManyToManyField(Employee, blank=True, related_name="+")
    carriers = models.JSONField(default=list)
    due_on = models.DateField()
    status = models.CharField(
        max_length=10, choices=enums.NoticeStatus, default=enums.NoticeStatus.DRAFT
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            CheckConstraint(
                name="qual_notice_published_iff",
                condition=Q(status="draft", published_at=None)
                | ~Q(status="draft") & Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """That a notice concerns a person, and when the person confirmed it."""

    notice = models.ForeignKey(StaffNotice, models.PROTECT, related_name="receipts")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["employee", "confirmed_at"], name="qual_receipt_person")]
        constraints = [UniqueConstraint(fields=["notice", "employee"], name="qual_receipt_once")]
