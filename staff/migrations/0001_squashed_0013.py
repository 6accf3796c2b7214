"""The tables of people as migrations 0001 to 0013 leave them, in one step for a new database.

A database that has run any of those goes on with them; nothing is done twice. What they load is
taken from them, after all tables stand.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import courierqa.core.privacy
from courierqa.core.insert_only import insert_only
from courierqa.core.new_tables import NewTables, part_of
from courierqa.core.rows_of_migrations import RunRows

INSERT_ONLY = (
    "postversion", "move", "signature", "observation", "practicetest", "ledgerentry",
)  # fmt: skip


def _of(migration, name):
    return part_of("staff", migration, name)


class Migration(migrations.Migration):
    replaces = [
        ("staff", "0001_initial"),
        ("staff", "0002_catalogue"),
        ("staff", "0003_site_capacity"),
        ("staff", "0004_renewals"),
        ("staff", "0005_part_mean"),
        ("staff", "0006_scheme_drawn_to_the_mean"),
        ("staff", "0007_city_in_english"),
        ("staff", "0008_people_at_work"),
        ("staff", "0009_catalogue_of_topics"),
        ("staff", "0010_kept_for_ever"),
        ("staff", "0011_entry_of_a_deduction"),
        ("staff", "0012_goals_and_needs"),
        ("staff", "0013_counted_rows"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("username", models.CharField(max_length=30, unique=True)),
                        ("display_name", models.CharField(max_length=60)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("language", models.CharField(blank=True, max_length=10)),
                        ("single_keys", models.BooleanField(default=True)),
                        (
                            "theme",
                            models.CharField(
                                choices=[
                                    ("auto", "As the device"),
                                    ("light", "Light"),
                                    ("dark", "Dark"),
                                    ("outdoor", "Outdoor, high contrast"),
                                ],
                                default="auto",
                                max_length=10,
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("date_joined", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AssessmentScheme",
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
                        ("valid_from", models.DateField()),
                        ("parts", models.JSONField()),
                        ("a_from", models.DecimalField(decimal_places=2, default=90, max_digits=5)),
                        ("b_from", models.DecimalField(decimal_places=2, default=75, max_digits=5)),
                        ("min_deliveries", models.PositiveIntegerField(default=100)),
                        ("min_work_days", models.PositiveSmallIntegerField(default=10)),
                        ("min_weight_percent", models.PositiveSmallIntegerField(default=60)),
                        ("is_proposal", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["post", "-valid_from"],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("paper", models.JSONField()),
                        ("answers", models.JSONField(default=dict)),
                        ("started_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("extended_at", models.DateTimeField(null=True)),
                        ("finished_at", models.DateTimeField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "In progress"),
                                    ("passed", "Passed"),
                                    ("failed", "Not passed"),
                                    ("expired", "Time ran out"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("hits", models.PositiveSmallIntegerField(null=True)),
                        ("total", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
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
                        ("code", models.SlugField(max_length=40, unique=True)),
                        ("title", models.CharField(max_length=100)),
                        ("title_en", models.CharField(max_length=100)),
                        ("summary", models.CharField(blank=True, max_length=300)),
                        ("summary_en", models.CharField(blank=True, max_length=300)),
                        ("valid_months", models.PositiveSmallIntegerField(null=True)),
                        (
                            "guards",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Nothing"),
                                    ("post", "The post that requires it"),
                                    ("round", "Rounds"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("induction", "Induction"),
                                    ("post", "For the post"),
                                    ("skill", "Skills"),
                                    ("regular", "Regular"),
                                    ("external", "External certificate"),
                                ],
                                default="post",
                                max_length=10,
                            ),
                        ),
                        ("practice_percent", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
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
                        ("number", models.CharField(max_length=30, unique=True)),
                        ("issued_on", models.DateField()),
                        ("expires_on", models.DateField(null=True)),
                        ("issuer", models.CharField(blank=True, max_length=100)),
                        ("level", models.CharField(blank=True, max_length=40)),
                        ("outer_number", models.CharField(blank=True, max_length=60)),
                        (
                            "attempt",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificate",
                                to="staff.attempt",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="staff.course",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-issued_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CourseAssignment",
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
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("assigned", "Assigned"),
                                    ("started", "Started"),
                                    ("passed", "Passed"),
                                    ("failed", "Not passed"),
                                ],
                                default="assigned",
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("lessons_read", models.JSONField(default=list)),
                        ("finished_at", models.DateTimeField(null=True)),
                        (
                            "assigned_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="staff.course",
                            ),
                        ),
                        (
                            "renews",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewal",
                                to="staff.certificate",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="attempt",
                    name="assignment",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="staff.courseassignment",
                    ),
                ),
                migrations.CreateModel(
                    name="Employee",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "Not yet active"),
                                    ("active", "Active"),
                                    ("left", "Has left"),
                                ],
                                default="active",
                                max_length=10,
                            ),
                        ),
                        ("hired_on", models.DateField()),
                        ("left_on", models.DateField(blank=True, null=True)),
                        ("background_checked_on", models.DateField(blank=True, null=True)),
                        (
                            "background_result",
                            models.CharField(
                                blank=True,
                                choices=[("clear", "No concern"), ("concern", "Concern found")],
                                max_length=10,
                            ),
                        ),
                        (
                            "phone",
                            courierqa.core.privacy.EncryptedField(blank=True, data_class="staff"),
                        ),
                        ("phone_index", courierqa.core.privacy.PhoneIndexField(db_index=True)),
                        (
                            "id_number",
                            courierqa.core.privacy.EncryptedField(blank=True, data_class="staff"),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="employee",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="Discipline",
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
                            "level",
                            models.CharField(
                                choices=[
                                    ("warning", "Warning"),
                                    ("correction", "Correction"),
                                    ("fine", "Deduction"),
                                    ("dismissal", "Dismissal"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("basis", models.CharField(max_length=300)),
                        ("evidence", models.CharField(max_length=500)),
                        ("amount_fen", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("decided", "Decided"),
                                    ("dropped", "Dropped"),
                                    ("appealed", "Appeal open"),
                                    ("upheld", "Stands after the appeal"),
                                    ("lifted", "Lifted after the appeal"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("decision", models.CharField(blank=True, max_length=500)),
                        ("appeal_until", models.DateTimeField(null=True)),
                        ("appeal", models.CharField(blank=True, max_length=1000)),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discipline",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.AddField(
                    model_name="courseassignment",
                    name="employee",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="staff.employee",
                    ),
                ),
                migrations.AddField(
                    model_name="certificate",
                    name="employee",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="staff.employee",
                    ),
                ),
                migrations.AddField(
                    model_name="attempt",
                    name="employee",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="staff.employee",
                    ),
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                        ("month", models.CharField(max_length=7)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("score", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("covered_percent", models.PositiveSmallIntegerField(default=0)),
                        (
                            "raw_grade",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A"), ("B", "B"), ("C", "C")],
                                max_length=1,
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A"), ("B", "B"), ("C", "C")],
                                max_length=1,
                            ),
                        ),
                        (
                            "previous_grade",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A"), ("B", "B"), ("C", "C")],
                                max_length=1,
                            ),
                        ),
                        (
                            "not_graded_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("few_deliveries", "Too few deliveries"),
                                    ("few_days", "Too few working days"),
                                    ("little_data", "Too little of the score has data"),
                                ],
                                max_length=60,
                            ),
                        ),
                        ("red_lines", models.JSONField(default=list)),
                        ("deliveries", models.PositiveIntegerField(null=True)),
                        ("work_days", models.PositiveSmallIntegerField(null=True)),
                        ("fingerprint", models.CharField(blank=True, max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("confirmed", "Confirmed"),
                                    ("objected", "Objection open"),
                                    ("final", "Grade final"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("computed_at", models.DateTimeField()),
                        ("as_of", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("confirm_note", models.CharField(blank=True, max_length=300)),
                        ("object_until", models.DateTimeField(null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.assessmentscheme",
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-month", "-version"],
                    },
                ),
                migrations.CreateModel(
                    name="Exam",
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
                        ("size", models.PositiveSmallIntegerField(default=10)),
                        ("pass_percent", models.PositiveSmallIntegerField(default=80)),
                        ("minutes", models.PositiveSmallIntegerField(default=20)),
                        ("extra_minutes", models.PositiveSmallIntegerField(default=10)),
                        ("max_attempts", models.PositiveSmallIntegerField(default=3)),
                        ("retake_hours", models.PositiveSmallIntegerField(default=24)),
                        ("blueprint", models.JSONField(default=dict)),
                        (
                            "course",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exam",
                                to="staff.course",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="attempt",
                    name="exam",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="staff.exam",
                    ),
                ),
                migrations.CreateModel(
                    name="Goal",
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
                                    ("figure", "A figure to reach"),
                                    ("development", "Personal development"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        (
                            "part",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("T01", "On-time delivery"),
                                    ("D01", "First-attempt success"),
                                    ("C02", "Upheld complaints"),
                                    ("CONDUCT", "Inspection and conduct"),
                                    ("CONSENT", "Consent and proof"),
                                    ("V02", "Customer rating"),
                                    ("S06", "Exceptions told and scans in time"),
                                    ("TRAINING", "Training"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("target", models.FloatField(null=True)),
                        ("set_on", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Under way"),
                                    ("reached", "Reached"),
                                    ("missed", "Not reached"),
                                    ("dropped", "Given up"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("result", models.CharField(blank=True, max_length=300)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goals",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=100)),
                        ("title_en", models.CharField(max_length=100)),
                        ("body", models.TextField()),
                        ("body_en", models.TextField()),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lessons",
                                to="staff.course",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="LoginAttempt",
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
                        ("username", models.CharField(max_length=60)),
                        ("ip", models.CharField(max_length=45)),
                        ("at", models.DateTimeField()),
                        ("ok", models.BooleanField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["username", "at"], name="staff_login_usernam_607975_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Nomination",
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
                        ("month", models.CharField(max_length=7)),
                        ("words", models.CharField(max_length=500)),
                        ("at", models.DateTimeField()),
                        ("awarded_at", models.DateTimeField(null=True)),
                        (
                            "awarded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-month", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
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
                        ("text", models.CharField(max_length=1000)),
                        ("at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for a decision"),
                                    ("upheld", "Accepted, graded again"),
                                    ("rejected", "Grade stands"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("decision", models.CharField(blank=True, max_length=1000)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "assessment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objection",
                                to="staff.assessment",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Observation",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ride_along", "Ride-along"),
                                    ("spot_check", "Spot check"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("on", models.DateField(db_index=True)),
                        ("answers", models.JSONField()),
                        ("seen", models.PositiveSmallIntegerField()),
                        ("fails", models.PositiveSmallIntegerField()),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="staff.observation",
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="observations",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CoachingNote",
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
                        ("text", models.CharField(max_length=1000)),
                        ("next_on", models.DateField(null=True)),
                        ("at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                        ("result", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coaching",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "observation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coaching",
                                to="staff.observation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PeopleRow",
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
                        ("kind", models.CharField(max_length=8)),
                        ("record_id", models.BigIntegerField()),
                        ("label", models.CharField(blank=True, max_length=60)),
                        ("site_id", models.BigIntegerField(null=True)),
                        ("product_id", models.BigIntegerField(null=True)),
                        ("courier_id", models.BigIntegerField(null=True)),
                        ("day", models.DateField()),
                        ("moment", models.DateTimeField()),
                        ("is_hit", models.BooleanField(default=False)),
                        ("is_out", models.BooleanField(default=False)),
                        ("amount", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["day", "site_id"], name="staff_peopl_day_437067_idx"
                            ),
                            models.Index(
                                fields=["record_id"], name="staff_peopl_record__e27f70_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "record_id"), name="staff_peoplerow_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
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
                        ("code", models.SlugField(max_length=30, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=60)),
                        ("duties", models.TextField(blank=True)),
                        ("duties_en", models.TextField(blank=True)),
                        ("standard", models.TextField(blank=True)),
                        ("standard_en", models.TextField(blank=True)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("reviewed_on", models.DateField(blank=True, null=True)),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("courier", "Courier"),
                                    ("supervisor", "Site supervisor"),
                                    ("agent", "Service agent"),
                                    ("lead", "Service lead"),
                                    ("quality", "Quality manager"),
                                    ("manager", "Manager"),
                                    ("hr", "Trainer and HR"),
                                    ("auditor", "Auditor"),
                                    ("admin", "Administrator"),
                                    ("api", "API integration"),
                                    ("public", "Visitor"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("needs_background_check", models.BooleanField(default=True)),
                        ("is_graded", models.BooleanField(default=False)),
                        (
                            "promotion_grade",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A"), ("B", "B"), ("C", "C")],
                                max_length=1,
                            ),
                        ),
                        ("promotion_months", models.PositiveSmallIntegerField(null=True)),
                        (
                            "courses",
                            models.ManyToManyField(
                                blank=True, related_name="posts", to="staff.course"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.AddField(
                    model_name="employee",
                    name="post",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employees",
                        to="staff.post",
                    ),
                ),
                migrations.AddField(
                    model_name="assessmentscheme",
                    name="post",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schemes",
                        to="staff.post",
                    ),
                ),
                migrations.CreateModel(
                    name="PostVersion",
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
                        ("version", models.PositiveSmallIntegerField()),
                        ("duties", models.TextField(blank=True)),
                        ("duties_en", models.TextField(blank=True)),
                        ("standard", models.TextField(blank=True)),
                        ("standard_en", models.TextField(blank=True)),
                        ("reviewed_on", models.DateField(null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="staff.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-version"],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeTest",
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
                        ("percent", models.PositiveSmallIntegerField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practice_tests",
                                to="staff.course",
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="practice_tests",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Promotion",
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
                        ("words", models.CharField(max_length=500)),
                        ("conditions", models.JSONField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for a decision"),
                                    ("approved", "Agreed"),
                                    ("rejected", "Not agreed"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promotions",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "to_post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                        ("text", models.CharField(max_length=500)),
                        ("text_en", models.CharField(max_length=500)),
                        ("options", models.JSONField()),
                        ("correct", models.CharField(max_length=1)),
                        ("explanation", models.CharField(max_length=500)),
                        ("explanation_en", models.CharField(max_length=500)),
                        ("is_active", models.BooleanField(default=True)),
                        ("section", models.CharField(blank=True, max_length=40)),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="staff.course",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RewardProposal",
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
                        ("amount_fen", models.IntegerField()),
                        ("basis", models.CharField(max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for a decision"),
                                    ("approved", "Agreed"),
                                    ("rejected", "Not agreed"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        (
                            "assessment",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposal",
                                to="staff.assessment",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerEntry",
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
                        ("amount_fen", models.IntegerField()),
                        ("words", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "discipline",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="staff.discipline",
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversal",
                                to="staff.ledgerentry",
                            ),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="staff.rewardproposal",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RewardRule",
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
                            "grade",
                            models.CharField(
                                choices=[("A", "A"), ("B", "B"), ("C", "C")], max_length=1
                            ),
                        ),
                        ("amount_fen", models.IntegerField()),
                        ("words", models.CharField(max_length=120)),
                        ("words_en", models.CharField(max_length=120)),
                        ("valid_from", models.DateField()),
                        ("is_proposal", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["grade", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("grade", "valid_from"), name="staff_rule_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Site",
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
                        ("code", models.CharField(max_length=12, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(blank=True, max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("station", "Station"),
                                    ("hub", "Hub"),
                                    ("point", "Service point"),
                                    ("locker", "Locker"),
                                    ("office", "Office"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("region", models.CharField(blank=True, max_length=30)),
                        ("region_en", models.CharField(blank=True, max_length=30)),
                        ("city", models.CharField(blank=True, max_length=40)),
                        ("phone", models.CharField(blank=True, max_length=30)),
                        ("is_partner", models.BooleanField(default=False)),
                        ("latitude", models.FloatField(null=True)),
                        ("longitude", models.FloatField(null=True)),
                        ("opened_on", models.DateField(null=True)),
                        ("closed_on", models.DateField(null=True)),
                        ("address", models.CharField(blank=True, max_length=120)),
                        ("daily_capacity", models.PositiveIntegerField(null=True)),
                        ("city_en", models.CharField(blank=True, max_length=40)),
                        (
                            "calendar",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.calendar",
                            ),
                        ),
                        (
                            "hub",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="spokes",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.AddField(
                    model_name="observation",
                    name="site",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
                migrations.CreateModel(
                    name="Move",
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
                        ("on", models.DateField()),
                        ("reason", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "from_post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.post",
                            ),
                        ),
                        (
                            "to_post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.post",
                            ),
                        ),
                        (
                            "from_site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "to_site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Grant",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("courier", "Courier"),
                                    ("supervisor", "Site supervisor"),
                                    ("agent", "Service agent"),
                                    ("lead", "Service lead"),
                                    ("quality", "Quality manager"),
                                    ("manager", "Manager"),
                                    ("hr", "Trainer and HR"),
                                    ("auditor", "Auditor"),
                                    ("admin", "Administrator"),
                                    ("api", "API integration"),
                                    ("public", "Visitor"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("valid_from", models.DateTimeField()),
                        ("valid_to", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("revoke_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "granted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["role", "site__code", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="employee",
                    name="site",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employees",
                        to="staff.site",
                    ),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="site",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                        ("name", models.CharField(max_length=60)),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("rights", models.JSONField(default=list)),
                        ("expires_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        ("last_used_at", models.DateTimeField(null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tokens",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sites",
                            models.ManyToManyField(blank=True, related_name="+", to="staff.site"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
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
                        ("code", models.SlugField(max_length=30)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("title", models.CharField(max_length=100)),
                        ("title_en", models.CharField(max_length=100)),
                        ("body", models.TextField()),
                        ("body_en", models.TextField()),
                        ("is_current", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "version"), name="staff_statement_version"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)),
                                fields=("code",),
                                name="staff_statement_current",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
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
                        ("at", models.DateTimeField()),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="staff.statement",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
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
                        ("title", models.CharField(max_length=100)),
                        ("text", models.CharField(max_length=2000)),
                        ("at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for a review"),
                                    ("adopted", "Adopted"),
                                    ("declined", "Not adopted"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Team",
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
                        ("name", models.CharField(max_length=60)),
                        ("aim", models.CharField(max_length=300)),
                        ("closed_on", models.DateField(null=True)),
                        (
                            "leader",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["site__code", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMember",
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
                        ("role", models.CharField(blank=True, max_length=60)),
                        ("from_on", models.DateField()),
                        ("to_on", models.DateField(null=True)),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="staff.team",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["from_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingNeed",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("hand", "Seen at work"),
                                    ("complaint", "Complaint"),
                                    ("inspection", "Inspection on site"),
                                    ("grade", "Monthly grade"),
                                    ("exam", "Exam not passed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=60)),
                        ("text", models.CharField(max_length=500)),
                        ("raised_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Not answered yet"),
                                    ("assigned", "Course assigned"),
                                    ("dropped", "No course needed"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300)),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "assignment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="staff.courseassignment",
                            ),
                        ),
                        (
                            "employee",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.post",
                            ),
                        ),
                        (
                            "raised_by",
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
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingSession",
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
                        ("trainer", models.CharField(blank=True, max_length=60)),
                        ("first_planned_on", models.DateField()),
                        ("planned_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("held", "Held"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("held_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("effect_due_on", models.DateField(null=True)),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="staff.course",
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
                        "ordering": ["planned_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="EffectCheck",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("test", "Test result"),
                                    ("figure", "Figure before and after"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("before", models.CharField(blank=True, max_length=60)),
                        ("after", models.CharField(blank=True, max_length=60)),
                        ("is_effective", models.BooleanField()),
                        ("note", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        ("counts", models.JSONField(default=dict)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="effect",
                                to="staff.trainingsession",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                        ("was_present", models.BooleanField(null=True)),
                        (
                            "employee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="staff.trainingsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["employee__number"],
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
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
                        ("code", models.SlugField(max_length=30, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=60)),
                        ("duties", models.TextField(blank=True)),
                        ("duties_en", models.TextField(blank=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "head",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="staff.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AssessmentPart",
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
                        ("code", models.CharField(max_length=12)),
                        ("weight", models.DecimalField(decimal_places=2, max_digits=5)),
                        ("hits", models.PositiveIntegerField(null=True)),
                        ("total", models.PositiveIntegerField(null=True)),
                        ("value", models.FloatField(null=True)),
                        ("bound", models.FloatField(null=True)),
                        ("target", models.FloatField()),
                        ("floor", models.FloatField()),
                        ("score", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("records_url", models.CharField(blank=True, max_length=200)),
                        ("mean", models.FloatField(null=True)),
                        ("pull", models.PositiveSmallIntegerField(null=True)),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="staff.assessment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assessment", "code"), name="staff_part_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gt", 0)), name="staff_part_weight"
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="courseassignment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["assigned", "started"])),
                        fields=("employee", "course"),
                        name="staff_one_open_assignment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.UniqueConstraint(
                        fields=("exam", "employee", "number"), name="staff_attempt_number"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("exam", "employee"),
                        name="staff_one_open_attempt",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("hits", None), ("hits__lte", models.F("total")), _connector="OR"
                        ),
                        name="staff_attempt_hits_within_total",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "figure"),
                                ("target__isnull", False),
                                models.Q(("part", ""), _negated=True),
                            ),
                            models.Q(("kind", "development"), ("part", ""), ("target", None)),
                            _connector="OR",
                        ),
                        name="staff_goal_figure_iff_part",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="staff_goal_closed_iff_at",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lesson",
                    constraint=models.UniqueConstraint(
                        fields=("course", "position"), name="staff_lesson_place"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="nomination",
                    constraint=models.UniqueConstraint(
                        fields=("employee", "month", "by"), name="staff_nominated_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessmentscheme",
                    constraint=models.UniqueConstraint(
                        fields=("post", "valid_from"), name="staff_scheme_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="postversion",
                    constraint=models.UniqueConstraint(
                        fields=("post", "version"), name="staff_post_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="practicetest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("percent__lte", 100)), name="staff_practice_percent"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="promotion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("employee",),
                        name="staff_one_open_promotion",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ledgerentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount_fen", 0), _negated=True),
                        name="staff_ledger_not_zero",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="grant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("granted_by", None),
                            models.Q(("granted_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="staff_grant_not_to_self",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="grant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="staff_grant_ends_after_start",
                    ),
                ),
                migrations.AddIndex(
                    model_name="employee",
                    index=models.Index(
                        fields=["site", "state"], name="staff_emplo_site_id_55f798_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="employee",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_on__isnull", False), ("state", "left")),
                            models.Q(("state", "left"), _negated=True),
                            _connector="OR",
                        ),
                        name="staff_left_iff_state_left",
                    ),
                ),
                migrations.AddIndex(
                    model_name="assessment",
                    index=models.Index(
                        fields=["month", "site"], name="staff_asses_month_add079_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.UniqueConstraint(
                        fields=("employee", "month", "version"), name="staff_assessment_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("employee", "month"),
                        name="staff_one_draft_assessment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("confirmed_at__isnull", False), ("object_until__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="staff_assessment_confirmed_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signature",
                    constraint=models.UniqueConstraint(
                        fields=("statement", "employee"), name="staff_signed_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="team",
                    constraint=models.UniqueConstraint(
                        fields=("site", "name"), name="staff_team_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="teammember",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("employee",),
                        name="staff_one_team_now",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trainingneed",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("source", "reference", "employee"),
                        name="staff_need_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trainingsession",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_on__isnull", False), ("state", "held")),
                            models.Q(models.Q(("state", "held"), _negated=True), ("held_on", None)),
                            _connector="OR",
                        ),
                        name="staff_session_held_iff_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attendance",
                    constraint=models.UniqueConstraint(
                        fields=("session", "employee"), name="staff_attendance_once"
                    ),
                ),
            ]
        ),
        RunRows(_of("0002_catalogue", "load"), _of("0002_catalogue", "unload")),
        RunRows(_of("0006_scheme_drawn_to_the_mean", "amend"), migrations.RunPython.noop),
        # Posts refer to their courses: the step follows that from the other side.
        migrations.RunPython(
            _of("0009_catalogue_of_topics", "load"), _of("0009_catalogue_of_topics", "unload")
        ),
        *(insert_only(f"staff_{name}") for name in INSERT_ONLY),
    ]
