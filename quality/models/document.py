"""Controlled documents: what they are, their versions, who has to read them."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from quality import document_enums as enums
from staff.models import Employee, Post, Site, User, local


class Document(TimestampedModel):
    """One rule of the company under its number; its text is in its versions (DOC-01 … DOC-07).

    `readers` are the roles that may open it, as ",courier,lead,"; "" means everybody. Whoever must
    confirm it holds one of `posts` at one of `sites`; none means any.
    """

    number = models.CharField(max_length=20, unique=True)
    level = models.CharField(max_length=12, choices=enums.Level)
    category = models.CharField(max_length=12, choices=enums.Category)
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=140)
    # Who explains it (DOC-04).
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    readers = models.CharField(max_length=160, blank=True)
    must_be_read = models.BooleanField(default=False)
    posts = models.ManyToManyField(Post, blank=True, related_name="+")
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    # The figure this document defines, by its code (DOC-07).
    metric = models.CharField(max_length=8, blank=True)
    # Months until it is to be looked through again; a proposal, editable.
    review_months = models.PositiveSmallIntegerField(default=12)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["metric"], name="qual_doc_metric")]

    def __str__(self) -> str:
        return f"{self.number} {local(self, 'title')}"

    @property
    def reader_roles(self) -> list[str]:
        """The roles that may open it, none for everybody."""
        return [role for role in self.readers.split(",") if role]


class DocumentVersion(TimestampedModel):
    """The text of a document from a day on. What was in force once never changes again.

    `quiz` is a list of {"text", "options": [words], "correct": place}; none means no quiz. Words
    of a quiz hold both languages, "中文 | English".
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=10, choices=enums.VersionStatus, default=enums.VersionStatus.DRAFT
    )
    body = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    # What changed and why, for those who know the version before.
    change = models.CharField(max_length=300, blank=True)
    quiz = models.JSONField(default=list)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["-version"]
        indexes = [models.Index(fields=["status", "effective_on"], name="qual_version_due")]
        constraints = [
            UniqueConstraint(fields=["document", "version"], name="qual_docversion_once"),
            UniqueConstraint(
                fields=["document"], condition=Q(status="effective"), name="qual_one_in_force"
            ),
            UniqueConstraint(
                fields=["document"], condition=Q(status__in=["draft", "review", "approved"]),
                name="qual_one_coming",
            ),
            CheckConstraint(
                name="qual_version_approved",
                condition=Q(status__in=["draft", "review", "withdrawn"])
                | Q(approved_at__isnull=False, approved_by__isnull=False,
                    effective_on__isnull=False),
            ),
            CheckConstraint(
                name="qual_version_two_people",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("author")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document.number} v{self.version}"


class Reading(TimestampedModel):
    """A person who has to read and understand a version, and when they confirmed it (DOC-12).

    `from_on` is the day it was asked from them: when it came into force, or when they joined.
    """

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="readings")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=enums.ReadingState, default=enums.ReadingState.OWED
    )
    from_on = models.DateField()
    due_on = models.DateField()
    read_at = models.DateTimeField(null=True)
    # When it was no longer asked for: before its day it leaves the figure (I09).
    dropped_at = models.DateTimeField(null=True)
    # Questions answered wrongly before all were right.
    wrong = models.PositiveSmallIntegerField(default=0)
    # How far the person was told: 0 not yet, 1 asked, 2 reminded, 3 told that it is late.
    told = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="qual_reading_due"),
            models.Index(fields=["employee", "state"], name="qual_reading_person"),
        ]
        constraints = [
            UniqueConstraint(fields=["version", "employee"], name="qual_reading_once"),
            CheckConstraint(
                name="qual_reading_read_iff",
                condition=Q(state="read", read_at__isnull=False)
                | ~Q(state="read") & Q(read_at=None),
            ),
        ]


class DocumentScreen(models.Model):
    """A screen of the product that shows the way to this document (DOC-11)."""

    screen = models.CharField(max_length=12, choices=enums.Screen)
    document = models.ForeignKey(Document, models.PROTECT, related_name="screens")

    class Meta:
        ordering = ["screen", "document__number"]
        constraints = [UniqueConstraint(fields=["screen", "document"], name="qual_screen_once")]


class DocumentClause(models.Model):
    """A clause of ISO 9001 a document answers (DOC-10)."""

    clause = models.CharField(max_length=8)
    document = models.ForeignKey(Document, models.PROTECT, related_name="clauses")

    class Meta:
        ordering = ["clause", "document__number"]
        constraints = [UniqueConstraint(fields=["clause", "document"], name="qual_clause_once")]
