"""Posts over time, the units and teams people work in, moves, and the texts they sign."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from staff.models.people import Employee, Post
from staff.models.places import Site, local
from staff.models.signin import User
from staff.models.training import Course


class PostVersion(models.Model):
    """What a post was from a review on; rows are only added (STF-01)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    duties = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    standard = models.TextField(blank=True)
    standard_en = models.TextField(blank=True)
    reviewed_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [UniqueConstraint(fields=["post", "version"], name="staff_post_version")]


class PostRequirement(models.Model):
    """From which day on a post asks for a course, or no longer (H04). Insert-only.

    What was written down last holds for every day from its own on.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="requirements")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    is_required = models.BooleanField()
    # None: since ever; what was asked before the history began.
    from_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Unit(TimestampedModel):
    """A unit of the quality organisation with its duties (STF-04)."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    duties = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    head = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return local(self, "name")


class Team(TimestampedModel):
    """People of a site who work towards one aim (STF-15)."""

    name = models.CharField(max_length=60)
    site = models.ForeignKey(Site, models.PROTECT, related_name="teams")
    aim = models.CharField(max_length=300)
    leader = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["site__code", "name"]
        constraints = [UniqueConstraint(fields=["site", "name"], name="staff_team_name")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A person in a team, from a day to a day; one team at a time."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=60, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["employee"], condition=Q(to_on=None), name="staff_one_team_now"
            )
        ]


class Move(models.Model):
    """A person taken to another post or site; rows are only added (ROL-02)."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="moves")
    from_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    to_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    from_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    to_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]


class Statement(TimestampedModel):
    """A text everybody signs, such as the promise of secrecy (STF-11, STF-19)."""

    code = models.SlugField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    body = models.TextField()
    body_en = models.TextField()
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(fields=["code", "version"], name="staff_statement_version"),
            UniqueConstraint(
                fields=["code"], condition=Q(is_current=True), name="staff_statement_current"
            ),
        ]

    def __str__(self) -> str:
        return local(self, "title")


class Signature(models.Model):
    """Who signed which version when; rows are only added."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="signatures")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="signatures")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [UniqueConstraint(fields=["statement", "employee"], name="staff_signed_once")]
