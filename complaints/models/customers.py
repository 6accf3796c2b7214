"""The customer's file, what customers expect and need, visits to them, and who serves them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from complaints import enums
from complaints.models.cases import Case, Reason
from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField, PhoneIndexField
from shipments.models import Customer
from staff.models import User, local


class CustomerFile(TimestampedModel):
    """What the service desk knows about a customer; the class itself stands on the customer.

    Own limits, in hours, replace those of the reason when they are shorter (CUS-02); nothing
    lengthens the legal limit.
    """

    customer = models.OneToOneField(Customer, models.PROTECT, related_name="file")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact_name = EncryptedField(data_class="contact", blank=True)
    contact_phone = EncryptedField(data_class="contact", blank=True)
    phone_index = PhoneIndexField()
    notes = models.TextField(blank=True)
    first_hours = models.PositiveSmallIntegerField(null=True)
    resolve_hours = models.PositiveSmallIntegerField(null=True)
    manager = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["phone_index"])]


class Expectation(TimestampedModel):
    """What a group of customers expects, what we promise, and what lies between (CUS-10)."""

    group = models.CharField(max_length=12, choices=enums.CustomerGroup)
    topic = models.CharField(max_length=12, choices=enums.Topic)
    expects = models.CharField(max_length=200)
    expects_en = models.CharField(max_length=200)
    promise = models.CharField(max_length=200)
    promise_en = models.CharField(max_length=200)
    gap = models.CharField(max_length=8, choices=enums.Gap)
    gap_note = models.CharField(max_length=200, blank=True)
    # Code of the figure that shows whether the promise is kept, such as T01.
    metric = models.CharField(max_length=8, blank=True)
    # What an installation starts with is a proposal until somebody decides.
    is_proposal = models.BooleanField(default=False)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["group", "topic", "id"]
        constraints = [
            UniqueConstraint(fields=["group", "topic", "expects"], name="comp_expectation_once")
        ]

    def __str__(self) -> str:
        return local(self, "expects")


class Need(TimestampedModel):
    """A requirement of customers: where it was heard, what it means, what changes (CUS-03).

    A suggestion that is used becomes a need with the case it came from (CUS-08).
    """

    source = models.CharField(max_length=12, choices=enums.NeedSource)
    group = models.CharField(max_length=12, choices=enums.CustomerGroup)
    requirement = models.CharField(max_length=200)
    analysis = models.TextField(blank=True)
    change = models.CharField(max_length=300, blank=True)
    # Number of the action or programme of improvement, as people call it.
    improvement = models.CharField(max_length=40, blank=True)
    status = models.CharField(
        max_length=10, choices=enums.NeedStatus, default=enums.NeedStatus.HEARD
    )
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="need")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    heard_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-heard_at", "-id"]

    def __str__(self) -> str:
        return self.requirement


class Visit(TimestampedModel):
    """A return visit: planned with a person and a day, then what was heard (CUS-09)."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="visits")
    planned_on = models.DateField()
    way = models.CharField(max_length=8, choices=enums.VisitWay)
    purpose = models.CharField(max_length=200)
    visitor = models.ForeignKey(User, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    heard = models.TextField(blank=True)
    agreed = models.CharField(max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["planned_on", "id"]
        indexes = [models.Index(fields=["held_at", "planned_on"])]
        constraints = [
            CheckConstraint(
                name="comp_visit_score_1_5",
                condition=Q(score=None) | Q(score__gte=1, score__lte=5),
            ),
            CheckConstraint(
                name="comp_visit_held_or_cancelled",
                condition=Q(held_at=None) | Q(cancelled_at=None),
            ),
        ]


class NotPossible(models.Model):
    """A wish that cannot be met: why, and what is offered instead (CUS-07). Insert-only."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="not_possible")
    reason = models.CharField(max_length=300)
    alternative = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class LibraryEntry(TimestampedModel):
    """A closed complaint told as an example, without any person in it (CMP-10)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="example")
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    story = models.TextField()
    cause = models.CharField(max_length=200)
    action = models.CharField(max_length=300)
    lesson = models.CharField(max_length=300)
    status = models.CharField(
        max_length=10, choices=enums.LibraryStatus, default=enums.LibraryStatus.WAITING
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            CheckConstraint(
                name="comp_library_four_eyes",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("proposed_by")),
            )
        ]

    def __str__(self) -> str:
        return self.title


class DeskDuty(TimestampedModel):
    """Who does what at the service desk, and when (CUS-04)."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    queue = models.CharField(max_length=12, choices=enums.DeskQueue)
    duty = models.CharField(max_length=200)
    opens = models.TimeField()
    closes = models.TimeField()
    # Digits 0–6, Monday first.
    weekdays = models.CharField(max_length=7, default="0123456")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["queue", "opens", "id"]
        constraints = [
            CheckConstraint(name="comp_duty_opens_first", condition=Q(opens__lt=F("closes")))
        ]

    @property
    def day_names(self) -> str:
        """Return the days in the reader's language."""
        if self.weekdays == "0123456":
            return str(_("every day"))
        return " ".join(str(WEEKDAYS_ABBR[int(digit)]) for digit in self.weekdays)
