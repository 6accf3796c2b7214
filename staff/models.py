"""Who works here and where: sites, people, posts, courses, exams, certificates, grades."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import get_language

from courierqa.core.enums import Role
from courierqa.core.models import Calendar, TimestampedModel
from courierqa.core.privacy import EncryptedField
from staff import enums


def local(obj: models.Model, field: str) -> str:
    """Return the English text of `field` for English readers, the Chinese one otherwise."""
    english = getattr(obj, f"{field}_en", "")
    return english if english and (get_language() or "").startswith("en") else getattr(obj, field)


class Site(TimestampedModel):
    """A place of the network: station, hub, service point, locker or office."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=enums.SiteKind)
    region = models.CharField(max_length=30, blank=True)
    region_en = models.CharField(max_length=30, blank=True)
    city = models.CharField(max_length=40, blank=True)
    hub = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="spokes")
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=30, blank=True)
    is_partner = models.BooleanField(default=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return local(self, "name")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A login. What it may do comes from its grants alone."""

    username = models.CharField(max_length=30, unique=True)
    display_name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    single_keys = models.BooleanField(default=True)
    theme = models.CharField(max_length=10, default="auto")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.display_name

    def grants_at(self, at: datetime) -> list[tuple[str, int | None]]:
        """Return (role, site id or None for every site) valid at `at`; read at every request."""
        rows = self.grants.filter(valid_from__lte=at).filter(Q(valid_to=None) | Q(valid_to__gt=at))
        return list(rows.values_list("role", "site_id"))


class Grant(TimestampedModel):
    """A role for a person at a site (or everywhere), from and to; acts at the next request."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=12, choices=Role)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")


class ApiToken(TimestampedModel):
    """A key of an integration, stored as a hash, limited to sites and rights."""

    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    rights = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)


class LoginAttempt(models.Model):
    """A try to sign in, counted per user and per (user, address), never per address alone."""

    username = models.CharField(max_length=60)
    ip = models.CharField(max_length=45)
    at = models.DateTimeField()
    ok = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["username", "at"])]


class Course(TimestampedModel):
    """Something people must know, with lessons and an exam."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    summary = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=300, blank=True)
    valid_months = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return local(self, "title")


class Lesson(models.Model):
    """A page of a course, in Markdown, readable on a phone."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    body = models.TextField()
    body_en = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [UniqueConstraint(fields=["course", "position"], name="staff_lesson_place")]


class Post(TimestampedModel):
    """What a person is employed to do, its duties and the courses it requires."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    duties = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    is_graded = models.BooleanField(default=False)
    courses = models.ManyToManyField(Course, blank=True, related_name="posts")

    def __str__(self) -> str:
        return local(self, "name")


class Employee(TimestampedModel):
    """A person who works here, with or without a login."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="employee"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="employees")
    site = models.ForeignKey(Site, models.PROTECT, related_name="employees")
    supervisor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reports"
    )
    hired_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    background_checked_on = models.DateField(null=True, blank=True)
    phone = EncryptedField(data_class="staff", blank=True)
    id_number = EncryptedField(data_class="staff", blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Question(TimestampedModel):
    """A single-choice question of a course, both languages."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="questions")
    text = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500)
    # [{"key": "A", "zh": …, "en": …}, …]
    options = models.JSONField()
    correct = models.CharField(max_length=1)
    explanation = models.CharField(max_length=500)
    explanation_en = models.CharField(max_length=500)
    is_active = models.BooleanField(default=True)


class Exam(TimestampedModel):
    """The rules under which a course is examined."""

    course = models.OneToOneField(Course, models.PROTECT, related_name="exam")
    size = models.PositiveSmallIntegerField(default=10)
    pass_percent = models.PositiveSmallIntegerField(default=80)
    minutes = models.PositiveSmallIntegerField(default=20)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    retake_hours = models.PositiveSmallIntegerField(default=24)


class CourseAssignment(TimestampedModel):
    """A person owes a course by a date."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="assignments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="assignments")
    due_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=enums.CourseState, default=enums.CourseState.ASSIGNED
    )
    assigned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lessons_read = models.JSONField(default=list)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["employee", "course"],
                condition=Q(state__in=["assigned", "started"]),
                name="staff_one_open_assignment",
            )
        ]


class Attempt(models.Model):
    """One sitting of an exam: the paper drawn, each answer as it was given, the result."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="attempts")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    paper = models.JSONField()
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=10, choices=enums.AttemptState, default=enums.AttemptState.OPEN
    )
    hits = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["exam", "employee", "number"], name="staff_attempt_number"),
            UniqueConstraint(
                fields=["exam", "employee"],
                condition=Q(state="open"),
                name="staff_one_open_attempt",
            ),
        ]


class Certificate(TimestampedModel):
    """Proof that a person passed a course, until it expires."""

    number = models.CharField(max_length=30, unique=True)
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="certificates")
    course = models.ForeignKey(Course, models.PROTECT, related_name="certificates")
    attempt = models.OneToOneField(Attempt, models.PROTECT, null=True, related_name="certificate")
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)


class AssessmentScheme(TimestampedModel):
    """Parts, weights and grade limits for a post from a date on (proposals, editable)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="schemes")
    valid_from = models.DateField()
    # [{"code": "T01", "weight": 25, "target": 0.95, "floor": 0.85, "bound": "low"}, …]
    parts = models.JSONField()
    a_from = models.DecimalField(max_digits=5, decimal_places=2, default=90)
    b_from = models.DecimalField(max_digits=5, decimal_places=2, default=75)
    min_deliveries = models.PositiveIntegerField(default=100)
    min_weight_percent = models.PositiveSmallIntegerField(default=60)

    class Meta:
        constraints = [UniqueConstraint(fields=["post", "valid_from"], name="staff_scheme_once")]


class Assessment(TimestampedModel):
    """A person's month: the score with its parts, the grade, frozen with the month."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="assessments")
    month = models.CharField(max_length=7)
    version = models.PositiveSmallIntegerField(default=1)
    scheme = models.ForeignKey(AssessmentScheme, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    raw_grade = models.CharField(max_length=1, choices=enums.Grade, blank=True)
    grade = models.CharField(max_length=1, choices=enums.Grade, blank=True)
    not_graded_reason = models.CharField(max_length=60, blank=True)
    red_lines = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=enums.AssessmentState, default=enums.AssessmentState.DRAFT
    )
    computed_at = models.DateTimeField()
    as_of = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["employee", "month", "version"], name="staff_assessment_once")
        ]
        indexes = [models.Index(fields=["month", "site"])]


class AssessmentPart(models.Model):
    """One part of a month's score, with the counts and the address of the records behind it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="parts")
    code = models.CharField(max_length=12)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    hits = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(null=True)
    bound = models.FloatField(null=True)
    target = models.FloatField()
    floor = models.FloatField()
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["assessment", "code"], name="staff_part_once"),
            CheckConstraint(name="staff_part_weight", condition=Q(weight__gt=0)),
        ]
