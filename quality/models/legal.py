"""Law that binds the company, what each article asks for, and when it was last checked."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.models import TimestampedModel
from courierqa.core.recurrence import Every, Occurrence
from quality import document_enums as enums
from quality.models.document import Document
from staff.models import Employee, User, local


class Law(TimestampedModel):
    """A law, a regulation or a standard that binds us; law goes before our own rules (DOC-05)."""

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=enums.LawKind)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    issuer = models.CharField(max_length=80)
    issuer_en = models.CharField(max_length=120, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return local(self, "title")


class LawVersion(models.Model):
    """The wording of a law from a day on; rows are only added."""

    law = models.ForeignKey(Law, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    # As it is cited, such as the number of the decree.
    citation = models.CharField(max_length=160)
    effective_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [UniqueConstraint(fields=["law", "version"], name="qual_law_version_once")]


class LegalDuty(TimestampedModel):
    """What one article asks of the company, and how often somebody looks whether it is kept.

    `owner` is empty only for duties that came with the installation and wait for one.
    """

    law = models.ForeignKey(Law, models.PROTECT, related_name="duties")
    # Its number alone; "" means the law as a whole.
    article = models.CharField(max_length=30, blank=True)
    subject = models.CharField(max_length=60)
    subject_en = models.CharField(max_length=80)
    duty = models.CharField(max_length=300)
    duty_en = models.CharField(max_length=400)
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    documents = models.ManyToManyField(Document, blank=True, related_name="duties")
    every = models.CharField(max_length=10, choices=Every, default=Every.YEAR)
    interval = models.PositiveSmallIntegerField(default=1)
    anchor = models.DateField(null=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["law__code", "article", "id"]
        constraints = [
            UniqueConstraint(fields=["law", "article", "subject"], name="qual_duty_once"),
            CheckConstraint(name="qual_duty_interval", condition=Q(interval__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.law} {self.article_words}"

    @property
    def article_words(self) -> str:
        """The article as it is said, such as "article 22"."""
        if not self.article:
            return _("as a whole")
        said = pgettext("legal", "article %(n)s") % {"n": self.article}
        return said if self.article.isdecimal() else self.article


class DutyCheck(Occurrence):
    """One look at whether a duty is kept, with its proof (LIC-03)."""

    plan = models.ForeignKey(LegalDuty, models.PROTECT, related_name="checks")
    result = models.CharField(max_length=10, choices=enums.Kept, blank=True)
    proof = models.CharField(max_length=500, blank=True)
    # The document that says otherwise; law goes first until its next version.
    conflict_with = models.ForeignKey(Document, models.PROTECT, null=True, related_name="conflicts")
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta(Occurrence.Meta):
        ordering = ["due_day", "id"]
        indexes = [models.Index(fields=["done_at", "due_day"], name="qual_duty_check_due")]
        constraints = [
            *Occurrence.Meta.constraints,
            CheckConstraint(
                name="qual_duty_check_whole",
                condition=Q(done_at=None, result="")
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(result=""),
            ),
        ]
