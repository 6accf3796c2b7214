"""Reviews: their plans, figures, inputs, decisions and signed minutes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from courierqa.core.new_tables import NewTables


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0034_source_kinds"),
        ("staff", "0013_counted_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="nonconformity",
            name="source",
            field=models.CharField(
                choices=[
                    ("parcel", "Parcel"),
                    ("case", "Complaint"),
                    ("exception", "Exception"),
                    ("violation", "Violation"),
                    ("observation", "Spot check or ride-along"),
                    ("exam", "Failed exam"),
                    ("survey", "Survey answer"),
                    ("signal", "Signal of a figure"),
                    ("incident", "Privacy incident"),
                    ("inspection", "Inspection"),
                    ("audit", "Audit finding"),
                    ("duty", "Legal duty not kept"),
                    ("vehicle", "Vehicle"),
                    ("equipment", "Equipment"),
                    ("maintenance", "Service overdue"),
                    ("ticket", "Call for help"),
                    ("licence", "Licence"),
                    ("hazard", "Hazard"),
                    ("safety", "Safety incident"),
                    ("drill", "Drill"),
                    ("review", "Review"),
                    ("other", "Seen by somebody"),
                ],
                max_length=12,
            ),
        ),
        NewTables(
            [
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("planned_day", models.DateField()),
                        ("due_day", models.DateField()),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("timeliness", "Timeliness review"),
                                    ("management", "Management review"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "To be held"),
                                    ("open", "Being prepared"),
                                    ("proposed", "Waits for the president"),
                                    ("held", "Held"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("guests", models.CharField(blank=True, max_length=200)),
                        ("figures", models.JSONField(default=dict)),
                        ("read_at", models.DateTimeField(null=True)),
                        ("causes", models.TextField(blank=True)),
                        ("conclusion", models.TextField(blank=True)),
                        ("held_on", models.DateField(null=True)),
                        ("told", models.BooleanField(default=False)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "participants",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="staff.employee"
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-due_day", "-id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReviewMinutes",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "review",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="quality.review",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReviewPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("timeliness", "Timeliness review"),
                                    ("management", "Management review"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "every",
                            models.CharField(
                                choices=[
                                    ("day", "Daily"),
                                    ("week", "Weekly"),
                                    ("month", "Monthly"),
                                    ("quarter", "Quarterly"),
                                    ("half_year", "Half-yearly"),
                                    ("year", "Yearly"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("interval", models.PositiveSmallIntegerField(default=1)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(null=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "site__code", "id"],
                    },
                ),
                migrations.AddField(
                    model_name="review",
                    name="plan",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="quality.reviewplan",
                    ),
                ),
                migrations.CreateModel(
                    name="ReviewVerdict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("metric", models.CharField(blank=True, max_length=8)),
                        ("line", models.JSONField(default=dict)),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("keep", "Keep as it is"), ("change", "Change it")],
                                max_length=8,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300)),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="quality.document",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="verdicts",
                                to="quality.review",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "output",
                            models.CharField(
                                choices=[
                                    ("improvement", "Improvement"),
                                    ("change", "Change of the system"),
                                    ("resources", "Resources"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("network", "Network layout"),
                                    ("transport", "Transport efficiency"),
                                    ("delivery", "Delivery speed"),
                                    ("systems", "Information systems"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("metric", models.CharField(blank=True, max_length=8)),
                        ("text", models.CharField(max_length=500)),
                        ("due_on", models.DateField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("keep", "Keep"), ("adjust", "Adjust"), ("stop", "Stop")],
                                max_length=8,
                            ),
                        ),
                        ("outcome_reason", models.CharField(blank=True, max_length=500)),
                        ("reading", models.JSONField(default=list)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="quality.action",
                            ),
                        ),
                        (
                            "cause",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="quality.cause",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "nonconformity",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="quality.nonconformity",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="quality.review",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("review", "position"), name="qual_decision_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("outcome", "")),
                                    models.Q(
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("outcome_reason", ""), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="qual_decision_ended_iff",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewInput",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("earlier", "What earlier reviews decided"),
                                    ("changes", "What changed around us and within"),
                                    ("customers", "Customers: satisfaction, complaints, needs"),
                                    ("objectives", "Objectives reached"),
                                    ("processes", "Processes and conformity of the service"),
                                    ("corrections", "Nonconformities and corrective actions"),
                                    ("monitoring", "Monitoring and measurement"),
                                    ("audits", "Audits"),
                                    ("partners", "Partners and other providers"),
                                    ("resources", "People, vehicles and equipment"),
                                    ("risks", "Whether measures against risks work"),
                                    ("opportunities", "Opportunities to improve"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("facts", models.JSONField(default=list)),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="inputs",
                                to="quality.review",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("review", "topic"), name="qual_input_once"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="reviewplan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("interval__gte", 1)), name="qual_review_plan_interval"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewplan",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("kind", "site"),
                        name="qual_review_plan_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewplan",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ends_on", None), ("site", None)),
                        fields=("kind",),
                        name="qual_review_plan_company",
                    ),
                ),
                migrations.AddIndex(
                    model_name="review",
                    index=models.Index(fields=["status", "due_day"], name="qual_review_due"),
                ),
                migrations.AddIndex(
                    model_name="review",
                    index=models.Index(fields=["kind", "-due_day", "-id"], name="qual_review_list"),
                ),
                migrations.AddIndex(
                    model_name="review",
                    index=models.Index(
                        fields=["owner", "status", "due_day"], name="qual_review_owner"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="review",
                    constraint=models.UniqueConstraint(
                        fields=("plan", "planned_day"), name="quality_review_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="review",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", False),
                                ("held_on__isnull", False),
                                ("status", "held"),
                            ),
                            models.Q(
                                models.Q(("status", "held"), _negated=True), ("done_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="qual_review_held_iff",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="review",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="qual_review_two_people",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewverdict",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("metric", ""), _negated=True),
                        fields=("review", "metric"),
                        name="qual_verdict_figure",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewverdict",
                    constraint=models.UniqueConstraint(
                        fields=("review", "document"), name="qual_verdict_document"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewverdict",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", None), models.Q(("metric", ""), _negated=True)),
                            models.Q(("document__isnull", False), ("metric", "")),
                            _connector="OR",
                        ),
                        name="qual_verdict_of_one",
                    ),
                ),
            ]
        ),
    ]
