"""People and the posts they hold."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q

from courierqa.core.enums import Role
from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField, PhoneIndexField
from staff.enums import CheckResult, EmployeeState, Grade
from staff.models.places import Site, local
from staff.models.signin import User
from staff.models.training import Course


class Post(TimestampedModel):
    """What a person is employed to do: duties, hiring standard and the courses it requires."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    duties = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    standard = models.TextField(blank=True)
    standard_en = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    reviewed_on = models.DateField(null=True, blank=True)
    # The role a login of this post is given first.
    role = models.CharField(max_length=12, choices=Role, blank=True)
    needs_background_check = models.BooleanField(default=True)
    is_graded = models.BooleanField(default=False)
    courses = models.ManyToManyField(Course, blank=True, related_name="posts")
    # Who may ask for this post: months of service, and a month of this grade or better.
    promotion_months = models.PositiveSmallIntegerField(null=True)
    promotion_grade = models.CharField(max_length=1, choices=Grade, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return local(self, "name")


class Employee(TimestampedModel):
    """A person who works here, with or without a login."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=EmployeeState, default=EmployeeState.ACTIVE)
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="employee"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="employees")
    site = models.ForeignKey(Site, models.PROTECT, related_name="employees")
    supervisor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reports"
    )
    hired_on = models.DateField()
    # The day somebody taken on before was activated; empty: active since `hired_on`.
    active_from = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    background_checked_on = models.DateField(null=True, blank=True)
    background_result = models.CharField(max_length=10, choices=CheckResult, blank=True)
    phone = EncryptedField(data_class="staff", blank=True)
    phone_index = PhoneIndexField(db_index=True)
    id_number = EncryptedField(data_class="staff", blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["site", "state"])]
        constraints = [
            CheckConstraint(
                name="staff_left_iff_state_left",
                condition=Q(state="left", left_on__isnull=False) | ~Q(state="left"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
