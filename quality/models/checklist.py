"""Checklists: what is looked at, how and how often; each version is approved and then stays."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.recurrence import Every
from quality import inspection_enums as enums
from staff.models import Employee, User, local


class Norm(TimestampedModel):
    """A rule of the company whose keeping is checked; one that no point names is not (INS-05)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    # Where it is written: the law, a standard, a rule of the house.
    basis = models.CharField(max_length=160, blank=True)
    basis_en = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return local(self, "name")


class Checklist(TimestampedModel):
    """A template with an owner; its points stand in versions (INS-10)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    # The person who answers for it; a proposal has none until somebody takes it.
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return local(self, "name")


class ChecklistVersion(TimestampedModel):
    """One state of a template. Once approved, its points are never changed."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=enums.VersionState, default=enums.VersionState.DRAFT
    )
    # Comes with the product and waits for the company's own judgement.
    is_proposal = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["checklist", "-number"]
        constraints = [
            UniqueConstraint(fields=["checklist", "number"], name="qual_version_once"),
            UniqueConstraint(
                fields=["checklist"], condition=Q(state="draft"), name="qual_one_draft"
            ),
            UniqueConstraint(
                fields=["checklist"], condition=Q(state="approved"), name="qual_one_approved"
            ),
            CheckConstraint(
                name="qual_version_four_eyes",
                condition=Q(approved_by=None) | Q(made_by=None) | ~Q(approved_by=F("made_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checklist} V{self.number}"


class ChecklistLine(models.Model):
    """One point: its words, what it controls, by which method, how often, within what limit."""

    version = models.ForeignKey(ChecklistVersion, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=12, choices=enums.Area)
    text = models.CharField(max_length=160)
    text_en = models.CharField(max_length=160)
    # One that fails makes the whole inspection fail (I02).
    is_critical = models.BooleanField(default=False)
    method = models.CharField(max_length=12, choices=enums.Method, default=enums.Method.INSPECTION)
    limit = models.CharField(max_length=80, blank=True)
    limit_en = models.CharField(max_length=80, blank=True)
    every = models.CharField(max_length=10, choices=Every, default=Every.MONTH)
    norm = models.ForeignKey(Norm, models.PROTECT, null=True, related_name="lines")

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            UniqueConstraint(fields=["version", "position"], name="qual_line_once"),
        ]

    def __str__(self) -> str:
        return local(self, "text")
