"""What else keeps improving: benchmarks, activities, strategy, changed processes, routines."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q

from courierqa.core.models import TimestampedModel
from courierqa.core.recurrence import Every, Occurrence
from quality import improvement_enums as enums
from quality.models.document import Document
from quality.models.process import Process
from quality.models.programme import Programme
from staff.models import Employee, Site, User, local


class Benchmark(models.Model):
    """How good somebody else is: who says so, when, how much (IMP-05).

    `value` is in the unit people read, such as 96.5 for a share of 96.5 %.
    """

    metric = models.CharField(max_length=8)
    who = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=200)
    link = models.URLField(max_length=300, blank=True)
    on = models.DateField()
    lesson = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["metric", "-on", "-id"]

    def __str__(self) -> str:
        return f"{self.metric} {self.who} {self.on}"


class Activity(TimestampedModel):
    """An activity that keeps people at it: planned, held, with its result (IMP-06)."""

    kind = models.CharField(max_length=10, choices=enums.ActivityKind)
    title = models.CharField(max_length=100)
    aim = models.CharField(max_length=300)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(
        max_length=10, choices=enums.ActivityStatus, default=enums.ActivityStatus.PLANNED
    )
    took_part = models.PositiveIntegerField(null=True)
    result = models.CharField(max_length=1000, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            CheckConstraint(name="qual_activity_lasts", condition=Q(ends_on__gte=F("starts_on"))),
            CheckConstraint(
                name="qual_activity_ended",
                condition=Q(status="planned", ended_at=None)
                | ~Q(status="planned") & ~Q(result="") & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StrategyDecision(TimestampedModel):
    """What management decided about range, way of serving or contact, and why (IMP-08)."""

    number = models.CharField(max_length=20, unique=True)
    field = models.CharField(max_length=10, choices=enums.StrategyField)
    title = models.CharField(max_length=100)
    situation = models.CharField(max_length=1000)
    decision = models.CharField(max_length=1000)
    reason = models.CharField(max_length=1000)
    decided_on = models.DateField()
    effective_on = models.DateField()
    review_on = models.DateField()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="strategies")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=1000, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-decided_on", "-id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ProcessChange(TimestampedModel):
    """One change of a process: why, what may go wrong, what else must change with it (IMP-09)."""

    number = models.CharField(max_length=20, unique=True)
    process = models.ForeignKey(Process, models.PROTECT, related_name="changes")
    status = models.CharField(
        max_length=10, choices=enums.ChangeStatus, default=enums.ChangeStatus.PROPOSED
    )
    what = models.CharField(max_length=1000)
    reason = models.CharField(max_length=1000)
    risk = models.CharField(max_length=8, choices=enums.Risk)
    risk_note = models.CharField(max_length=500)
    training = models.CharField(max_length=300, blank=True)
    documents = models.ManyToManyField(Document, blank=True, related_name="+")
    effective_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-effective_on", "-id"]
        constraints = [
            CheckConstraint(
                name="qual_change_four_eyes",
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.process}"


class Routine(TimestampedModel):
    """What is done again and again without anybody having to think of it (IMP-07).

    `owner` is empty only for routines that came with the installation and wait for one.
    """

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=enums.RoutineKind)
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=140, blank=True)
    # Where in the product it is done.
    link = models.CharField(max_length=100, blank=True)
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    every = models.CharField(max_length=10, choices=Every)
    interval = models.PositiveSmallIntegerField(default=1)
    anchor = models.DateField()
    is_active = models.BooleanField(default=True)
    is_proposal = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            CheckConstraint(name="qual_routine_interval", condition=Q(interval__gte=1)),
        ]

    def __str__(self) -> str:
        return local(self, "title")


class RoutineTurn(Occurrence):
    """One time a routine is due, and what came of it."""

    plan = models.ForeignKey(Routine, models.PROTECT, related_name="turns")
    result = models.CharField(max_length=500, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta(Occurrence.Meta):
        ordering = ["due_day", "id"]
        indexes = [models.Index(fields=["done_at", "due_day"], name="qual_routine_due")]
        constraints = [
            *Occurrence.Meta.constraints,
            CheckConstraint(
                name="qual_routine_done",
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(result=""),
            ),
        ]
