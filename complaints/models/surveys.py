"""Surveys: templates in versions, plans, rounds with a drawn sample, invitations and answers."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from complaints import enums
from complaints.models.cases import Case
from complaints.models.voice import Answer
from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField, mask_text
from shipments.models import Parcel
from staff.models import Employee, Site, User, local


class SurveyTemplate(models.Model):
    """One version of a questionnaire; insert-only. `weights` are per block, in whole numbers."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    weights = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            UniqueConstraint(fields=["code", "version"], name="comp_survey_version_once")
        ]

    def __str__(self) -> str:
        return local(self, "name")


class SurveyQuestion(models.Model):
    """A question of one version. Insert-only; the one of the overall block is the first tap."""

    template = models.ForeignKey(SurveyTemplate, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    block = models.CharField(max_length=12, choices=enums.Block)
    kind = models.CharField(max_length=8, choices=enums.QuestionKind)
    text = models.CharField(max_length=120)
    text_en = models.CharField(max_length=160)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            UniqueConstraint(fields=["template", "position"], name="comp_question_place_once")
        ]

    def __str__(self) -> str:
        return local(self, "text")


class SurveyPlan(TimestampedModel):
    """What is asked, whom, how often and by whom; it runs after a second person's yes (SAT-09)."""

    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    audience = models.CharField(max_length=12, choices=enums.Audience)
    method = models.CharField(max_length=10, choices=enums.SurveyMethod)
    template_code = models.SlugField(max_length=40)
    interval_days = models.PositiveSmallIntegerField()
    sample_size = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    next_on = models.DateField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["next_on", "id"]
        constraints = [
            CheckConstraint(
                name="comp_plan_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=F("owner")),
            ),
            CheckConstraint(
                name="comp_plan_has_rhythm", condition=Q(interval_days__gt=0, sample_size__gt=0)
            ),
        ]

    def is_overdue_on(self, day: date) -> bool:
        """Say whether the plan runs and its next round should have been held before `day`."""
        return bool(self.approved_at) and not self.ended_at and self.next_on < day

    def __str__(self) -> str:
        return local(self, "name")


class SurveyRound(models.Model):
    """One holding of a plan: its window of deliveries and the drawn sample.

    The sample follows from `seed` and the listed parcels alone: whoever ranks the same parcels by
    the fingerprint of seed and waybill gets the same people (SAT-04).
    """

    plan = models.ForeignKey(SurveyPlan, models.PROTECT, related_name="rounds")
    template = models.ForeignKey(SurveyTemplate, models.PROTECT, related_name="+")
    planned_on = models.DateField()
    held_at = models.DateTimeField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    seed = models.CharField(max_length=64)
    population = models.PositiveIntegerField()
    population_mark = models.CharField(max_length=64)
    sample = models.PositiveIntegerField()

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [
            UniqueConstraint(fields=["plan", "planned_on"], name="comp_round_once"),
            CheckConstraint(name="comp_round_window", condition=Q(from_at__lt=F("to_at"))),
        ]


class Invitation(models.Model):
    """One person of a sample, asked about one parcel; the token is the only key."""

    round = models.ForeignKey(SurveyRound, models.PROTECT, related_name="invitations")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="invitations")
    place = models.PositiveIntegerField()
    token = models.CharField(max_length=48, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    courier = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    message_key = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=12, choices=enums.Outcome, default=enums.Outcome.OPEN)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["invited_at", "site"]),
            models.Index(fields=["courier", "invited_at"]),
        ]
        constraints = [UniqueConstraint(fields=["round", "parcel"], name="comp_invited_once")]


class SurveyAnswer(TimestampedModel):
    """One answer to one invitation. `score` is 0–10000, in hundredths of a point (V01)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="answer")
    # The first tap, which is also the courier's rating (SAT-10).
    rating = models.OneToOneField(Answer, models.PROTECT, related_name="survey")
    channel = models.CharField(max_length=10, choices=enums.SurveyMethod)
    interviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    score = models.PositiveIntegerField(null=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["answered_at"])]
        constraints = [
            CheckConstraint(
                name="comp_survey_score_range", condition=Q(score=None) | Q(score__lte=10_000)
            )
        ]

    @property
    def points(self) -> float | None:
        """Return the score in points, 0 to 100."""
        return None if self.score is None else self.score / 100


class SurveyItem(models.Model):
    """What was said to one question: a step of the scale, or words."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.ForeignKey(SurveyAnswer, models.PROTECT, related_name="items")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True)
    words = EncryptedField(data_class="complaint", blank=True)
    tags = models.JSONField(default=list)
    tagged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["answer", "question"], name="comp_item_once"),
            CheckConstraint(
                name="comp_item_0_10", condition=Q(value=None) | Q(value__gte=0, value__lte=10)
            ),
        ]

    @property
    def shown(self) -> str:
        """Return the words without the numbers of people."""
        return mask_text(self.words)


class SurveyMeasure(TimestampedModel):
    """What is done about a finding, and whether the score moved (SAT-07, SAT-08)."""

    finding = models.CharField(max_length=200)
    measure = models.CharField(max_length=300)
    # Number of the action or programme of improvement, as people call it.
    improvement = models.CharField(max_length=40, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    block = models.CharField(max_length=12, choices=enums.Block, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_on = models.DateField()
    check_on = models.DateField()
    window_days = models.PositiveSmallIntegerField(default=90)
    result = models.CharField(max_length=10, choices=enums.Effect, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            CheckConstraint(
                name="comp_measure_four_eyes",
                condition=Q(checked_by=None) | ~Q(checked_by=F("owner")),
            ),
            CheckConstraint(
                name="comp_measure_checked_later", condition=Q(check_on__gt=F("started_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.measure
