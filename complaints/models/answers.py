"""Answers to questions customers often ask, as data in versions."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint

from staff.models import User, local


class Faq(models.Model):
    """One version of one answer. Insert-only: the newest version of a code is the answer.

    `keywords` are words customers use for the matter, apart by blanks or commas; the search of the
    public page weighs them above the words of the answer (ONL-06). An answer taken off the page
    is a version that is not published.
    """

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=120)
    question_en = models.CharField(max_length=160)
    answer = models.TextField()
    answer_en = models.TextField()
    keywords = models.CharField(max_length=300, blank=True)
    keywords_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=100)
    is_published = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [UniqueConstraint(fields=["code", "version"], name="comp_faq_version_once")]
        ordering = ["position", "code", "-version"]

    def __str__(self) -> str:
        return local(self, "question")
