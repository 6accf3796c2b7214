"""What went wrong with a parcel, its classes as data, who answers for it, its pictures."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from shipments import enums
from shipments.models.parcels import Parcel
from staff.enums import SiteKind
from staff.models import Employee, Site, local

NO_TIME = timedelta()


class ExceptionClass(TimestampedModel):
    """A class of exceptions: how grave it is, how soon the customer must know, what to do.

    `next_steps` holds one step per line. A class is switched off, never removed: old exceptions
    keep its name. Limits are proposals until somebody with the right has confirmed them.
    """

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    severity = models.CharField(
        max_length=10, choices=enums.Severity, default=enums.Severity.NORMAL
    )
    tell_hours = models.PositiveSmallIntegerField(default=24)
    solve_hours = models.PositiveSmallIntegerField(default=72)
    next_steps = models.TextField(blank=True)
    next_steps_en = models.TextField(blank=True)
    # The customer is told together with what is offered (late, damaged, lost).
    needs_remedy = models.BooleanField(default=False)
    # The customer hears of it from us: two hours of the day are what E03 allows. `tell_hours` is
    # the desk's own limit and stays what the board shows as due.
    needs_notice = models.BooleanField(default=False)
    # The end of the trip settles it; damage and loss are a person's to close.
    ends_with_trip = models.BooleanField(default=False)
    # Reporting it stops the parcel until somebody releases it.
    stops_parcel = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    is_proposal = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return local(self, "name")

    @property
    def steps(self) -> list[str]:
        """Return the steps in the reader's language, at most nine."""
        lines = local(self, "next_steps").splitlines()
        return [line.strip() for line in lines if line.strip()][:9]

    @property
    def is_grave(self) -> bool:
        """A grave exception closes only when every step has its time."""
        return self.severity == enums.Severity.CRITICAL


class WatchLimit(models.Model):
    """After how many hours the watch opens an exception; a kind of place may have its own."""

    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=10, choices=SiteKind, blank=True)
    hours = models.PositiveSmallIntegerField()
    is_proposal = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind", "place"]
        constraints = [UniqueConstraint(fields=["kind", "place"], name="ship_watch_limit_once")]


class ParcelException(TimestampedModel):
    """A thing gone wrong with a parcel, with an owner, a due time and the customer told.

    `kind` is the code of its class. `due_at` is when the next thing is due: until the customer
    was told that is the telling, afterwards the plan.
    """

    number = models.CharField(max_length=20, unique=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="exceptions")
    kind = models.CharField(max_length=20)
    status = models.CharField(
        max_length=10, choices=enums.ExceptionStatus, default=enums.ExceptionStatus.NEW
    )
    # When it was found, and when the system heard of it: the gap is a figure of its own.
    found_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # The limits as they stood when it was opened (E02, E03); without notice there is no second.
    solve_by = models.DateTimeField(null=True)
    notice_by = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    # The customer came to us before we told them (E03); the report turned out to be false (D09).
    called_at = models.DateTimeField(null=True)
    proved_wrong = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    place = models.CharField(max_length=60, blank=True)
    cause = models.CharField(max_length=60, blank=True)
    root_cause = models.CharField(max_length=300, blank=True)
    plan = models.CharField(max_length=12, choices=enums.Plan, blank=True)
    note = models.CharField(max_length=300, blank=True)
    description = models.CharField(max_length=500, blank=True)
    # Steps of the class that were done: place in the list -> ISO time.
    steps_done = models.JSONField(default=dict)

    class Meta:
        # Open ones have no closing time: the board reads them alone, however many are solved.
        indexes = [
            models.Index(fields=["status", "due_at"]),
            models.Index(fields=["closed_at", "due_at"]),
            models.Index(fields=["kind", "closed_at", "due_at"]),
        ]
        constraints = [
            UniqueConstraint(
                fields=["parcel", "kind"],
                condition=~Q(status="solved"),
                name="ship_one_open_exception",
            ),
            CheckConstraint(
                name="ship_exception_closed_iff_solved",
                condition=Q(status="solved", closed_at__isnull=False)
                | (~Q(status="solved") & Q(closed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def was_found_at(self) -> datetime:
        """When the trouble was found; what scans report was found by the scan."""
        return self.found_at or self.opened_at

    @property
    def reporting_delay(self) -> timedelta:
        """How long after the finding the report came."""
        return max((self.reported_at or self.opened_at) - self.was_found_at, NO_TIME)


class ExceptionPhoto(TimestampedModel):
    """A picture of what went wrong, kept without metadata, with its hash."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    exception = models.ForeignKey(ParcelException, models.PROTECT, related_name="photos")
    file = models.FileField(upload_to="exceptions/%Y/%m/")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )


class Responsibility(TimestampedModel):
    """Who answers for an exception: decided by a person on evidence, open to one appeal."""

    exception = models.OneToOneField(ParcelException, models.PROTECT, related_name="responsibility")
    status = models.CharField(
        max_length=10, choices=enums.BlameStatus, default=enums.BlameStatus.DECIDED
    )
    party = models.CharField(max_length=10, choices=enums.Blame)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=500)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    appeal = models.CharField(max_length=500, blank=True)
    appealed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )


class ServiceNotice(TimestampedModel):
    """A change of service told to customers: area, period, words (EXC-11).

    Without sites it holds everywhere. It is shown to visitors while it is public and not
    withdrawn, and hangs on every parcel that was under way in its area during its period.
    """

    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=600)
    text_en = models.CharField(max_length=600, blank=True)
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_public = models.BooleanField(default=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return local(self, "title")
