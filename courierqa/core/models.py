"""Rows of the engines: history, calendars, clocks, outbox, audit, keys, messages, imports."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from courierqa.core import enums
from courierqa.core.privacy import EncryptedField


class TimestampedModel(models.Model):
    """Rows that say when they were written. Rules never read these times."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class StatusChange(models.Model):
    """One step of one object's life. Insert-only in the database."""

    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    from_status = models.CharField(max_length=30, blank=True)
    to_status = models.CharField(max_length=30)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id", "id"])]


class Calendar(models.Model):
    """Working days and hours of a country, region or site, as versioned data."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    # [[weekday 0-6, "08:00", "12:00"], …]: several periods a day are several rows.
    hours = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.code


class CalendarDay(models.Model):
    """A day that differs from its weekday: a holiday, or a make-up workday (调休)."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="days")
    day = models.DateField()
    is_working = models.BooleanField()
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [UniqueConstraint(fields=["calendar", "day"], name="core_day_once")]


class CalendarYear(models.Model):
    """A year whose official list has been loaded; a year without one warns."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [UniqueConstraint(fields=["calendar", "year"], name="core_year_once")]


class ClockMiss(models.Model):
    """A deadline that passed unmet: one immutable row per clock and object."""

    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    clock = models.CharField(max_length=30)
    due_at = models.DateTimeField()
    noticed_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["object_type", "object_id", "clock", "due_at"], name="core_miss_once"
            )
        ]


class Effect(models.Model):
    """A side effect that must happen: written with its cause, run at least once, done once."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=enums.EffectState, default=enums.EffectState.WAITING
    )
    run_after = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "run_after"])]


class Lease(models.Model):
    """Single execution of a named job: the holder's fencing token is checked at commit."""

    name = models.CharField(max_length=80, unique=True)
    fence = models.PositiveBigIntegerField(default=0)
    holder = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField(null=True)


class JobRun(models.Model):
    """One run of a recurring or requested job, shown on the runs page."""

    name = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ok = models.BooleanField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["name", "-started_at"])]


class ChangedDay(models.Model):
    """Facts of this source changed for this day and site; figures must be recomputed.

    `version` counts the changes, so that whoever drains a row deletes only what it has seen.
    """

    source = models.CharField(max_length=20)
    day = models.DateField()
    site_id = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["source", "day", "site_id"], name="core_changed_day_once")
        ]


class AuditEntry(models.Model):
    """Who did what to which object: field names, never values. Insert-only, hash-chained.

    Unsealed rows have no `seq`; the sealer gives them one within seconds. Reveal, export, grant
    and retention are sealed in their own transaction.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=60)
    # The last word of the action, so that "every reveal" is found by index.
    verb = models.CharField(max_length=30, blank=True)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    # The number people call the object by.
    object_code = models.CharField(max_length=60, blank=True)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["object_code", "-id"]),
            models.Index(fields=["verb", "-id"]),
            models.Index(fields=["actor_id", "-id"]),
            models.Index(fields=["at"]),
        ]


class AuditSeal(models.Model):
    """The chain: one link per entry, in order; each hash covers the entry and the link before."""

    seq = models.PositiveBigIntegerField(unique=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="seal")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)


class DataKey(models.Model):
    """A data key of one class of personal data and one month, wrapped by the master key.

    Destroying the wrapped bytes destroys every value written with it.
    """

    data_class = models.CharField(max_length=30)
    month = models.CharField(max_length=7)
    wrapped = models.TextField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["data_class", "month"], name="core_datakey_once")]


class Approval(TimestampedModel):
    """A request for a second person's yes. It lapses when the object changes."""

    kind = models.CharField(max_length=40)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    # What was asked for, so that a later change of the object lapses the request.
    fingerprint = models.CharField(max_length=64)
    amount_fen = models.BigIntegerField(default=0)
    needs_role = models.CharField(max_length=20)
    site_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=12, choices=enums.ApprovalState, default=enums.ApprovalState.REQUESTED
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["kind", "object_type", "object_id"],
                condition=Q(state="requested"),
                name="core_one_open_approval",
            ),
            CheckConstraint(
                name="core_approval_four_eyes",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("requested_by")),
            ),
        ]


class Message(TimestampedModel):
    """A message to a person outside or inside, with its delivery state in plain sight."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=10, choices=enums.Channel)
    template = models.CharField(max_length=60)
    # A mark of the words of the template when this was written: which text the customer got.
    text_version = models.CharField(max_length=8, blank=True)
    language = models.CharField(max_length=10)
    recipient_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    address = EncryptedField(data_class="contact", blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = EncryptedField(data_class="contact", blank=True)
    link = models.CharField(max_length=300, blank=True)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    state = models.CharField(
        max_length=10, choices=enums.MessageState, default=enums.MessageState.QUEUED
    )
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["recipient_user", "channel", "read_at"]),
        ]


class ImportRun(TimestampedModel):
    """One upload of one file: what was made of each row, and who did it."""

    kind = models.CharField(max_length=30)
    mapping = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/", blank=True)
    sha256 = models.CharField(max_length=64)
    dry_run = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True)
    # Our column → the file's column, as guessed or as a person chose.
    columns = models.JSONField(default=dict)
    undo_asked_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )


class ImportChoice(TimestampedModel):
    """A value of files that means one of ours, kept per kind: HZ1 is HZ-01 (ux.md 3.26)."""

    kind = models.CharField(max_length=30)
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    target = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["kind", "field", "value"], name="core_import_choice_once")
        ]


class ImportRow(models.Model):
    """A row that was not simply taken: refused, or kept and marked, with the reason and the fix."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="problem_rows")
    number = models.PositiveIntegerField()
    result = models.CharField(max_length=10, choices=enums.RowResult)
    code = models.CharField(max_length=40)
    field = models.CharField(max_length=60, blank=True)
    message = models.CharField(max_length=300)
    fix = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60, blank=True)
    raw = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["run", "code"])]


class IdempotencyKey(models.Model):
    """A POST that may be sent again: the first answer is kept under the sender's own key."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    endpoint = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    # None while the first sending is still at work.
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"])]
        constraints = [
            UniqueConstraint(fields=["owner", "endpoint", "key"], name="core_idempotency_once")
        ]


class PersonalView(models.Model):
    """One look at full personal data and the viewer's own task it was for (X02). Insert-only.

    `is_hit`: tied to an own task. `is_out`: a colleague's file, no customer's data.
    """

    kind = models.CharField(max_length=8, default="X02")
    # The entry of the access log, sealed before anything was shown.
    record_id = models.BigIntegerField(unique=True)
    label = models.CharField(max_length=60, blank=True)
    task = models.CharField(max_length=10, choices=enums.ViewTask, blank=True)
    task_ref = models.CharField(max_length=60, blank=True)
    site_id = models.BigIntegerField(null=True)
    product_id = models.BigIntegerField(null=True)
    courier_id = models.BigIntegerField(null=True)
    day = models.DateField()
    moment = models.DateTimeField()
    is_hit = models.BooleanField()
    is_out = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["day", "site_id"], name="core_view_day")]
