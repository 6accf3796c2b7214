"""The measure: cells, histograms, runs, targets, snapshots, reports."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.enums import Role
from courierqa.core.models import TimestampedModel
from kpi.enums import CauseKind, FileKind, Rhythm, Stage, Step


class Cell(models.Model):
    """Counts of one metric for one day, site and product. Never a percentage.

    Where a metric adds up a column (fen, scans), `hits` and `total` hold the sums. `pending` rows
    are not yet due, `excluded` ones left the share by rule; neither is in `total`.
    """

    metric = models.CharField(max_length=8)
    day = models.DateField()
    site_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    hits = models.PositiveBigIntegerField()
    total = models.PositiveBigIntegerField()
    pending = models.PositiveIntegerField(default=0)
    excluded = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "day", "site_id", "product_id"], name="kpi_cell_once"
            )
        ]
        indexes = [models.Index(fields=["day", "metric"])]


class MonthCell(models.Model):
    """The cells of one metric, site and product summed over a month, for long series.

    Written in the same transaction as the cells it sums; derived, never a source.
    """

    metric = models.CharField(max_length=8)
    month = models.DateField()
    site_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    hits = models.PositiveBigIntegerField()
    total = models.PositiveBigIntegerField()
    pending = models.PositiveIntegerField(default=0)
    excluded = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "month", "site_id", "product_id"], name="kpi_month_cell_once"
            )
        ]
        indexes = [models.Index(fields=["month", "site_id"])]


class CourierCell(models.Model):
    """Counts of one metric for one day and courier."""

    metric = models.CharField(max_length=8)
    day = models.DateField()
    courier_id = models.BigIntegerField()
    site_id = models.BigIntegerField()
    hits = models.PositiveBigIntegerField()
    total = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "day", "courier_id", "site_id"], name="kpi_courier_cell_once"
            )
        ]
        indexes = [models.Index(fields=["site_id", "day"])]


class CauseCell(models.Model):
    """How many records of one day and site had one cause: late parcels by link, complaints by
    reason. `cause_site_id` is where the cause lies, 0 when nobody knows."""

    kind = models.CharField(max_length=10, choices=CauseKind)
    day = models.DateField()
    site_id = models.BigIntegerField()
    cause = models.CharField(max_length=30, blank=True)
    cause_site_id = models.BigIntegerField()
    records = models.PositiveIntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["kind", "day", "site_id", "cause", "cause_site_id"],
                name="kpi_cause_cell_once",
            )
        ]


class Durations(models.Model):
    """How long things took: numbers per bucket of `kpi.buckets`.

    `buckets` holds [bucket, number] pairs of the `measured`, `minutes` their sum. `still_open` rank
    behind all; `left` are out of the ranks by rule; `missing` were passed without a measure.
    """

    metric = models.CharField(max_length=8)
    site_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    buckets = models.JSONField(default=list)
    measured = models.PositiveIntegerField()
    minutes = models.PositiveBigIntegerField()
    still_open = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()

    class Meta:
        abstract = True


class DurationCell(Durations):
    """The durations of one figure, day, site and product."""

    day = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "day", "site_id", "product_id"], name="kpi_duration_day_once"
            )
        ]
        indexes = [models.Index(fields=["day", "metric"], name="kpi_duration_day")]


class DurationMonth(Durations):
    """The duration cells of one figure, site and product summed over a month."""

    month = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "month", "site_id", "product_id"], name="kpi_duration_month_once"
            )
        ]
        indexes = [models.Index(fields=["month", "metric"], name="kpi_duration_month")]


class Watermark(models.Model):
    """How far figures reach: all facts changed and deadlines passed before `through`."""

    name = models.CharField(max_length=40, unique=True)
    through = models.DateTimeField()


class Target(TimestampedModel):
    """The wanted value of a metric from a date on; a proposal until somebody confirms it."""

    metric = models.CharField(max_length=8)
    site = models.ForeignKey("staff.Site", models.PROTECT, null=True, related_name="+")
    # A target of one team of the site; without a team it is the site's own.
    team = models.ForeignKey("staff.Team", models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(max_digits=12, decimal_places=4)
    valid_from = models.DateField()
    is_proposal = models.BooleanField(default=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    # Who answers for reaching it.
    owner = models.ForeignKey("staff.Employee", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "site", "valid_from"],
                condition=Q(team=None),
                name="kpi_target_once",
            ),
            UniqueConstraint(
                fields=["metric", "team", "valid_from"], name="kpi_target_once_per_team"
            ),
        ]


class Verification(models.Model):
    """One double-entry check: the SQL cells against the independent path from raw events."""

    period = models.CharField(max_length=10)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    cells = models.PositiveIntegerField(default=0)
    differences = models.JSONField(default=list)


class Snapshot(models.Model):
    """A frozen month: every number the report prints, with its hash. Insert-only.

    `site` is the code of the one site it is about, empty for the whole company.
    """

    period = models.CharField(max_length=7)
    site = models.CharField(max_length=12, blank=True, default="")
    version = models.CharField(max_length=6)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    is_final = models.BooleanField(default=False)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["period", "site", "version"], name="kpi_snapshot_once")
        ]
        indexes = [models.Index(fields=["sha256"])]


class ReportComment(models.Model):
    """What a person says about one figure of a month, or about all of it (`code` empty).

    Insert-only: the newest counts until the month is frozen, which copies it into the content.
    """

    period = models.CharField(max_length=7)
    site = models.CharField(max_length=12, blank=True, default="")
    code = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=600, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["period", "site"])]


class Signature(models.Model):
    """Who signed which hash of a frozen month, as what, when. Insert-only."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="signatures")
    step = models.CharField(max_length=10, choices=Step)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["snapshot", "step"], name="kpi_signature_step_once"),
            UniqueConstraint(fields=["snapshot", "user"], name="kpi_signature_three_people"),
        ]

    @property
    def role_label(self) -> str:
        """Return what the person signed as, in the reader's language."""
        return str(Role(self.role).label)


class Publication(models.Model):
    """A signed month that was made known: from now on auditors see it and anybody can check it."""

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="publication")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ReportFile(models.Model):
    """A file made from a snapshot, in one language; the same snapshot gives the same bytes.

    A PDF that carries a digital signature is stored once; `plain_sha256` is the fingerprint of
    the bytes before it, which can be printed again at any time.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="files")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=5, choices=FileKind, default=FileKind.PDF)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.MADE)
    file = models.FileField(upload_to="reports/")
    sha256 = models.CharField(max_length=64)
    plain_sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["snapshot", "language", "kind", "stage"], name="kpi_report_file_once"
            ),
            CheckConstraint(name="kpi_report_file_full", condition=Q(size__gt=0)),
        ]
        indexes = [models.Index(fields=["sha256"])]


class Note(models.Model):
    """What somebody says about a figure and a day: an event on its chart, a word about a target.

    Insert-only: a note that was wrong is answered by another one.
    """

    metric = models.CharField(max_length=8)
    site = models.ForeignKey("staff.Site", models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    text = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["metric", "day"])]


class SavedView(TimestampedModel):
    """The filters of a dashboard under a name; a reader sees it within their own reach only."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    # The tail of the address; without a period the view always shows the newest finished month.
    query = models.CharField(max_length=500, blank=True)
    # Empty: private.
    shared_role = models.CharField(max_length=12, blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            UniqueConstraint(fields=["owner", "name"], name="kpi_view_name_once"),
            UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="kpi_one_default_view"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ViewMail(TimestampedModel):
    """A view sent to one person by e-mail in a rhythm, until they end it."""

    view = models.ForeignKey(SavedView, models.PROTECT, related_name="mails")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    next_on = models.DateField()

    class Meta:
        constraints = [UniqueConstraint(fields=["view", "user"], name="kpi_view_mail_once")]
