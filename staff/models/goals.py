"""Personal goals: a figure to reach by a day, or something to learn about oneself."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q

from courierqa.core.models import TimestampedModel
from staff import enums
from staff.models.people import Employee
from staff.models.signin import User


class Goal(TimestampedModel):
    """What a person wants to reach by a day (ASM-13), or to grow in (ASM-15).

    A goal with a figure names a part of the monthly assessment and the share to reach, 0 to 1;
    what was really reached is read from the assessed months and never stored here.
    """

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="goals")
    kind = models.CharField(max_length=12, choices=enums.GoalKind)
    text = models.CharField(max_length=300)
    part = models.CharField(max_length=12, choices=enums.GradePart, blank=True)
    target = models.FloatField(null=True)
    set_on = models.DateField()
    due_on = models.DateField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=enums.GoalState, default=enums.GoalState.OPEN)
    result = models.CharField(max_length=300, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            CheckConstraint(
                name="staff_goal_figure_iff_part",
                condition=(Q(kind="figure", target__isnull=False) & ~Q(part=""))
                | Q(kind="development", target=None, part=""),
            ),
            CheckConstraint(
                name="staff_goal_closed_iff_at",
                condition=Q(state="open", closed_at=None)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.text
