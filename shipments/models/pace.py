"""How fast parcels usually move, and what the watch concludes from it. Rebuilt, never edited.

Plain ids instead of foreign keys: these rows are written in bulk and may be thrown away.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q, UniqueConstraint

from shipments import enums
from shipments.forecast import WARN_SHARE


class LanePace(models.Model):
    """Eightieth percentiles of one link of a lane for one product, in minutes (TIM-16).

    `leg_p80` is the time from the link before, `rest_p80` the time from this link until done;
    `rest_warn` is that of the share a warning waits for, 0 until it is learnt.
    `lane_id` 0 pools all lanes of the same shape (their scan codes in order); `code` and
    `site_id` name the link, the site is 0 in a pool.
    """

    lane_id = models.BigIntegerField()
    shape = models.CharField(max_length=60)
    product_id = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=3)
    site_id = models.BigIntegerField()
    n = models.PositiveIntegerField()
    leg_p80 = models.PositiveIntegerField()
    rest_p80 = models.PositiveIntegerField()
    rest_warn = models.PositiveIntegerField(default=0)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["lane_id", "shape", "product_id", "position"], name="ship_pace_once"
            )
        ]


class StationWait(models.Model):
    """Minutes from arrival at the station to the first attempt, per station and day (TIM-17)."""

    site_id = models.BigIntegerField()
    day = models.DateField()
    n = models.PositiveIntegerField()
    median = models.PositiveIntegerField()
    p80 = models.PositiveIntegerField()

    class Meta:
        constraints = [UniqueConstraint(fields=["site_id", "day"], name="ship_wait_once")]


class WatchMark(models.Model):
    """A parcel the watch expects to be late, said before it is; cleared when that has passed."""

    parcel_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=enums.WatchKind)
    site_id = models.BigIntegerField()
    since = models.DateTimeField()
    expected_at = models.DateTimeField()
    due_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["parcel_id", "kind"], name="ship_watch_mark_once")]
        indexes = [
            models.Index(
                fields=["kind", "due_at"], condition=Q(cleared_at=None), name="ship_watch_open"
            )
        ]


class PredictionScore(models.Model):
    """How good the predictions were: paces learnt before a week, judged on that week.

    `warned` parcels were predicted late before their promise passed, `late` ones were late,
    `hits` were both. Precision is hits / warned, recall is hits / late.
    """

    day = models.DateField(unique=True)
    judged = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    warned = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()
    # Half of the hits were warned at least so many minutes before the promise passed.
    lead_minutes = models.PositiveIntegerField()

    @property
    def warn_share(self) -> float:
        """Return the share of such parcels whose need decides about a warning."""
        return WARN_SHARE

    @property
    def precision(self) -> float | None:
        """Return the share of warnings that came true."""
        return self.hits / self.warned if self.warned else None

    @property
    def recall(self) -> float | None:
        """Return the share of late parcels that were warned of."""
        return self.hits / self.late if self.late else None

    @property
    def lead(self) -> timedelta:
        """Return the lead as a span."""
        return timedelta(minutes=self.lead_minutes)
