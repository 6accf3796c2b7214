"""The process system: how an order becomes a delivered parcel, and how each step is measured."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint

from courierqa.core.models import TimestampedModel
from quality import document_enums as enums
from quality.models.document import Document
from staff.models import Post, local


class Process(TimestampedModel):
    """One process with its owner, what goes in and what comes out (DOC-08).

    Steps are lines of text, one step a line, the same number of lines in both languages.
    """

    code = models.SlugField(max_length=30, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    inputs = models.CharField(max_length=300)
    inputs_en = models.CharField(max_length=400)
    outputs = models.CharField(max_length=300)
    outputs_en = models.CharField(max_length=400)
    steps = models.TextField()
    steps_en = models.TextField()
    documents = models.ManyToManyField(Document, blank=True, related_name="processes")

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return local(self, "name")


class ProcessMeasure(models.Model):
    """One figure that shows how well a process works, and the method behind it (DOC-09)."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="measures")
    metric = models.CharField(max_length=8)
    method = models.CharField(max_length=12, choices=enums.Method)

    class Meta:
        ordering = ["metric"]
        constraints = [
            UniqueConstraint(fields=["process", "metric"], name="qual_process_measure_once")
        ]
