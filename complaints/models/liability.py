"""Who answers for a case, whether it is final, and what was done with the person."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from complaints import work_enums as enums
from complaints.enums import Liability
from complaints.models.cases import Case
from courierqa.core.models import Approval, TimestampedModel
from staff.models import Course, CourseAssignment, Employee, Site, User


class Ruling(TimestampedModel):
    """One decision on liability. Whoever is named may appeal; only a final one counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rulings")
    liability = models.CharField(max_length=10, choices=Liability)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=300)
    status = models.CharField(max_length=10, choices=enums.RulingStatus)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    appeal_until = models.DateTimeField(null=True)
    appeal = models.CharField(max_length=500, blank=True)
    appealed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    appealed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["decided_at", "id"]
        indexes = [
            models.Index(fields=["status", "appeal_until"]),
            models.Index(fields=["person", "status"]),
            models.Index(fields=["site", "status"]),
        ]
        constraints = [
            UniqueConstraint(
                fields=["case"],
                condition=~Q(status__in=[status.value for status in enums.GONE]),
                name="comp_one_standing_ruling",
            ),
            CheckConstraint(
                name="comp_appeal_second_person",
                condition=Q(answered_by=None)
                | Q(decided_by=None)
                | ~Q(answered_by=models.F("decided_by")),
            ),
        ]

    @property
    def is_standing(self) -> bool:
        """Say whether this is the decision its case stands on now."""
        return self.status not in enums.GONE


class Measure(TimestampedModel):
    """What a person held liable has to do or accept; a penalty is proposed, not imposed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    person = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=enums.MeasureKind)
    words = models.CharField(max_length=300)
    status = models.CharField(max_length=10, choices=enums.MeasureStatus)
    course = models.ForeignKey(Course, models.PROTECT, null=True, related_name="+")
    assignment = models.ForeignKey(CourseAssignment, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, related_name="+")
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
