"""A complaint, what was said in it, and who was asked to help."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from complaints import enums
from complaints.models.forums import Forum
from courierqa.core.enums import ClockKind
from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField, PhoneIndexField
from shipments.models import Parcel
from staff.models import Employee, Site, User, local


class Reason(models.Model):
    """The editable tree under the five classes, zh/en, with severity and clock targets."""

    code = models.SlugField(max_length=30, unique=True)
    case_class = models.CharField(max_length=12, choices=enums.CaseClass)
    group = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    severity = models.PositiveSmallIntegerField(default=2)
    first_hours = models.PositiveSmallIntegerField(default=24)
    resolve_hours = models.PositiveSmallIntegerField(default=72)
    # Whether these hours run around the clock or in working hours.
    clock_kind = models.CharField(max_length=15, choices=ClockKind, default=ClockKind.HOURS)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["group", "position"]

    def __str__(self) -> str:
        return local(self, "name")


class Case(TimestampedModel):
    """One person, one parcel or matter, one class. Only `complaints.services` moves it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    # The customer's key to the public status page.
    token = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=enums.CaseKind)
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="cases")
    case_class = models.CharField(max_length=12, choices=enums.CaseClass)
    channel = models.CharField(max_length=10, choices=enums.Channel)
    language = models.CharField(max_length=10, default="zh-hans")
    wish = models.CharField(max_length=12, choices=enums.Wish, blank=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="cases")
    waybill_given = models.CharField(max_length=40, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")

    customer_name = EncryptedField(data_class="complaint", blank=True)
    customer_phone = EncryptedField(data_class="complaint", blank=True)
    customer_email = EncryptedField(data_class="complaint", blank=True)
    phone_index = PhoneIndexField()
    # The last four digits alone, for the caller whose display shows no more.
    tail_index = PhoneIndexField()
    words = EncryptedField(data_class="complaint")

    status = models.CharField(max_length=15, choices=enums.Status, default=enums.Status.RECEIVED)
    severity = models.PositiveSmallIntegerField(default=2)
    received_at = models.DateTimeField()
    first_responder = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="owned_cases")

    first_due_at = models.DateTimeField()
    resolve_due_at = models.DateTimeField()
    legal_due_at = models.DateTimeField()
    first_answer_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    handovers = models.PositiveSmallIntegerField(default=0)
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeats")

    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="splits")
    # Where the customer spoke, when it was in public.
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, related_name="cases")
    source_url = models.URLField(max_length=500, blank=True)

    # What was promised when the case came in; later changes of the settings leave it alone.
    clock_kind = models.CharField(max_length=15, choices=ClockKind, default=ClockKind.HOURS)
    calendar_code = models.CharField(max_length=30, default="24/7")
    first_hours = models.PositiveSmallIntegerField(default=24)
    resolve_hours = models.PositiveSmallIntegerField(default=72)
    resolve_from = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    pause_until = models.DateTimeField(null=True)
    regulator_due_at = models.DateTimeField(null=True)
    regulator_replied_at = models.DateTimeField(null=True)

    # The first final answer is what the 7-day figure counts, whatever is reopened later.
    first_final_at = models.DateTimeField(null=True)
    first_told_at = models.DateTimeField(null=True)
    # Nearest deadline still running, for the inbox; nearest moment the watch must look.
    next_due_at = models.DateTimeField()
    next_check_at = models.DateTimeField(null=True)
    # A notice that waits for the working hours of whoever it goes to.
    notice_at = models.DateTimeField(null=True)

    liability = models.CharField(
        max_length=10, choices=enums.Liability, default=enums.Liability.UNDECIDED
    )
    liable_site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    liable_person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    liability_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    liability_at = models.DateTimeField(null=True)
    liability_reason = models.CharField(max_length=300, blank=True)
    # Only from here does the decision count against anybody.
    liability_final_at = models.DateTimeField(null=True)
    no_money_reason = models.CharField(max_length=300, blank=True)
    cause = models.CharField(max_length=60, blank=True)
    summary = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "legal_due_at"]),
            models.Index(fields=["owner", "next_due_at"]),
            models.Index(fields=["next_due_at", "-id"]),
            models.Index(fields=["next_check_at"]),
            models.Index(fields=["site", "next_due_at"]),
            models.Index(fields=["phone_index"]),
            models.Index(fields=["tail_index", "-id"]),
            models.Index(fields=["waybill_given"]),
            models.Index(fields=["status", "next_due_at", "-id"]),
            # A filter that few cases match must not walk through all the others.
            models.Index(fields=["kind", "next_due_at", "-id"]),
            models.Index(fields=["channel", "next_due_at", "-id"]),
            models.Index(fields=["case_class", "next_due_at", "-id"]),
            # The work list and its counts read open cases only, in the order of their dates, and
            # nothing of their rows but these columns.
            models.Index(
                fields=["next_due_at", "-id", "status", "owner", "told_at", "site", "case_class"],
                name="comp_case_open_due",
                condition=Q(status__in=sorted(enums.OPEN)),
            ),
        ]
        constraints = [
            CheckConstraint(
                name="comp_case_status_known", condition=Q(status__in=enums.Status.values)
            ),
            CheckConstraint(
                name="comp_case_tombstone",
                condition=Q(status=enums.Status.MERGED, merged_into__isnull=False)
                | ~Q(status=enums.Status.MERGED) & Q(merged_into=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Entry(models.Model):
    """A line of the case: the customer's words, a reply, a note. Insert-only."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=enums.EntryKind)
    is_public = models.BooleanField(default=False)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = EncryptedField(data_class="complaint")
    message_key = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]


class Transfer(models.Model):
    """A helper is asked; the owner stays until a named person accepts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    to_user = models.ForeignKey(User, models.PROTECT, related_name="+")
    to_site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    question = models.CharField(max_length=300)
    takes_over = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    # Declined, or given back after it was accepted: the owner has it again.
    returned_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=300, blank=True)
    next_check_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["answered_at", "missed_at", "due_at"]),
            models.Index(fields=["next_check_at"]),
        ]

    @property
    def ended_at(self) -> datetime | None:
        """Return when the helper answered or gave it back."""
        return self.answered_at or self.returned_at


class FollowUp(TimestampedModel):
    """A call back after the answer; done by somebody who did not handle the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="followups")
    due_at = models.DateTimeField()
    # When the answer made it due, and when somebody first tried (C07).
    planned_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=12, choices=enums.FollowUpResult, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["done_at", "due_at"])]
        constraints = [
            UniqueConstraint(
                fields=["case"], condition=Q(done_at=None), name="comp_one_open_followup"
            )
        ]


class CaseNumber(models.Model):
    """The last case number given in a year; its row is the lock that keeps numbers gapless."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)
