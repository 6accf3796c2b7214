"""Internal audits: the programme of a year, each audit, its lines, certificates of others."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from quality import document_enums as enums
from quality.models.document import Document
from staff.models import Employee, Site, User


class AuditProgramme(TimestampedModel):
    """What is audited in a year and why; management approves it (AUD-01)."""

    year = models.PositiveSmallIntegerField(unique=True)
    aim = models.TextField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    last_number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-year"]
        constraints = [
            CheckConstraint(
                name="qual_programme_two_people",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("made_by")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class InternalAudit(TimestampedModel):
    """One audit of a site, or of the company, by people who do not work there.

    `planned_month` is the first day of the month it was first planned for and never changes; two
    postponements make it missed (I07). `owner` answers for what is audited.
    """

    number = models.CharField(max_length=20, unique=True)
    programme = models.ForeignKey(AuditProgramme, models.PROTECT, related_name="audits")
    status = models.CharField(
        max_length=10, choices=enums.AuditStatus, default=enums.AuditStatus.PLANNED
    )
    title = models.CharField(max_length=120)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    team = models.ManyToManyField(Employee, blank=True, related_name="+")
    scopes = models.JSONField(default=list)
    methods = models.JSONField(default=list)
    criteria = models.ManyToManyField(Document, blank=True, related_name="+")
    criteria_text = models.CharField(max_length=500, blank=True)
    planned_month = models.DateField()
    planned_on = models.DateField()
    postponed = models.PositiveSmallIntegerField(default=0)
    # A re-audit follows the findings of an earlier one.
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    started_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-planned_on", "-id"]
        indexes = [
            models.Index(fields=["status", "planned_on"], name="qual_audit_status"),
            models.Index(fields=["planned_month"], name="qual_audit_month"),
        ]
        constraints = [
            CheckConstraint(
                name="qual_audit_reported_iff",
                condition=Q(status__in=["reported", "closed"], reported_at__isnull=False)
                | ~Q(status__in=["reported", "closed"]) & Q(reported_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AuditLine(TimestampedModel):
    """One question of the checklist and what was found; a finding lives on its line.

    A finding ends when a re-audit, or an auditor who is not its owner, has seen it gone (AUD-05).
    """

    audit = models.ForeignKey(InternalAudit, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=8, blank=True)
    question = models.CharField(max_length=300)
    grade = models.CharField(max_length=12, choices=enums.LineGrade, blank=True)
    evidence = models.TextField(blank=True)
    graded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    graded_at = models.DateTimeField(null=True)
    # The finding of the audit before that this line looks at again.
    looks_at = models.ForeignKey("self", models.PROTECT, null=True, related_name="looked_at_by")
    responsible = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    verification = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["grade", "verified_at", "due_on"], name="qual_finding_open")
        ]
        constraints = [
            UniqueConstraint(fields=["audit", "position"], name="qual_audit_line_place"),
            CheckConstraint(
                name="qual_line_graded",
                condition=Q(grade="", graded_at=None) | ~Q(grade="") & Q(graded_at__isnull=False),
            ),
            CheckConstraint(
                name="qual_line_verified",
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people and nonconformities call the finding."""
        return f"{self.audit.number}-{self.position}"

    @property
    def is_finding(self) -> bool:
        return self.grade in enums.FINDING_GRADES


class Certification(TimestampedModel):
    """A certificate another body gave the company, such as ISO 9001 (AUD-02)."""

    number = models.CharField(max_length=60, unique=True)
    standard = models.CharField(max_length=60)
    issuer = models.CharField(max_length=100)
    scope = models.CharField(max_length=300)
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    expires_on = models.DateField()

    class Meta:
        ordering = ["expires_on", "id"]
        constraints = [
            CheckConstraint(
                name="qual_certification_lasts", condition=Q(expires_on__gt=models.F("valid_from"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.number}"


class Surveillance(TimestampedModel):
    """A visit of the certifying body between two certifications."""

    certification = models.ForeignKey(Certification, models.PROTECT, related_name="visits")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    result = models.CharField(max_length=12, choices=enums.VisitResult, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            UniqueConstraint(fields=["certification", "due_on"], name="qual_surveillance_once"),
            CheckConstraint(
                name="qual_surveillance_whole",
                condition=Q(done_on=None, result="") | Q(done_on__isnull=False) & ~Q(result=""),
            ),
        ]
