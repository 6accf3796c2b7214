"""The customer's file, needs, visits, examples, and surveys with drawn samples."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import courierqa.core.privacy


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0015_claims_tight"),
        ("shipments", "0025_placement_left"),
        ("staff", "0006_scheme_drawn_to_the_mean"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SurveyQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "block",
                    models.CharField(
                        choices=[
                            ("attitude", "Service attitude"),
                            ("efficiency", "Service efficiency"),
                            ("quality", "Service quality"),
                            ("overall", "The company as a whole"),
                            ("problems", "Problems in delivery"),
                            ("proposals", "Proposals"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("scale", "Scale of five"), ("words", "Words")], max_length=8
                    ),
                ),
                ("text", models.CharField(max_length=120)),
                ("text_en", models.CharField(max_length=160)),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("token", models.CharField(max_length=48, unique=True)),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("message_key", models.CharField(blank=True, max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "No answer yet"),
                            ("answered", "Answered"),
                            ("refused", "Does not want to answer"),
                            ("unreached", "Not reached"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "courier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.employee",
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="shipments.parcel",
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
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            ("research", "Market research"),
                            ("feedback", "Feedback"),
                            ("complaint", "Complaint"),
                            ("suggestion", "Suggestion"),
                            ("survey", "Survey"),
                            ("visit", "Visit"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("recipient", "Recipients"),
                            ("sender", "Private senders"),
                            ("shop", "Online shops"),
                            ("vip", "Key customers"),
                            ("all", "All customers"),
                        ],
                        max_length=12,
                    ),
                ),
                ("requirement", models.CharField(max_length=200)),
                ("analysis", models.TextField(blank=True)),
                ("change", models.CharField(blank=True, max_length=300)),
                ("improvement", models.CharField(blank=True, max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("heard", "Heard"),
                            ("changing", "Being changed"),
                            ("changed", "Changed"),
                            ("declined", "Declined"),
                        ],
                        default="heard",
                        max_length=10,
                    ),
                ),
                ("heard_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="need",
                        to="complaints.case",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-heard_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="NotPossible",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("alternative", models.CharField(max_length=300)),
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
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_possible",
                        to="complaints.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("finding", models.CharField(max_length=200)),
                ("measure", models.CharField(max_length=300)),
                ("improvement", models.CharField(blank=True, max_length=40)),
                (
                    "block",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("attitude", "Service attitude"),
                            ("efficiency", "Service efficiency"),
                            ("quality", "Service quality"),
                            ("overall", "The company as a whole"),
                            ("problems", "Problems in delivery"),
                            ("proposals", "Proposals"),
                        ],
                        max_length=12,
                    ),
                ),
                ("started_on", models.DateField()),
                ("check_on", models.DateField()),
                ("window_days", models.PositiveSmallIntegerField(default=90)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("better", "Better"),
                            ("same", "No difference shown"),
                            ("worse", "Worse"),
                            ("too_few", "Too few answers"),
                        ],
                        max_length=10,
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "checked_by",
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
                "ordering": ["-started_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[("online", "Link by message"), ("interview", "Interview")],
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(null=True)),
                ("score", models.PositiveIntegerField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="complaints.case",
                    ),
                ),
                (
                    "interviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="complaints.invitation",
                    ),
                ),
                (
                    "rating",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey",
                        to="complaints.answer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("purpose", models.CharField(max_length=200)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("recipients", "All recipients"),
                            ("late", "Recipients of late parcels"),
                            ("key", "Recipients of key customers"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("online", "Link by message"), ("interview", "Interview")],
                        max_length=10,
                    ),
                ),
                ("template_code", models.SlugField(max_length=40)),
                ("interval_days", models.PositiveSmallIntegerField()),
                ("sample_size", models.PositiveSmallIntegerField()),
                ("next_on", models.DateField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["next_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="SurveyItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("value", models.PositiveSmallIntegerField(null=True)),
                (
                    "words",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="complaint"),
                ),
                ("tags", models.JSONField(default=list)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="complaints.surveyanswer",
                    ),
                ),
                (
                    "tagged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="complaints.surveyquestion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_on", models.DateField()),
                ("held_at", models.DateTimeField()),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                ("seed", models.CharField(max_length=64)),
                ("population", models.PositiveIntegerField()),
                ("population_mark", models.CharField(max_length=64)),
                ("sample", models.PositiveIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="complaints.surveyplan",
                    ),
                ),
            ],
            options={
                "ordering": ["-planned_on", "-id"],
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="complaints.surveyround",
            ),
        ),
        migrations.CreateModel(
            name="SurveyTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("version", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("weights", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["code", "-version"],
            },
        ),
        migrations.AddField(
            model_name="surveyround",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="complaints.surveytemplate",
            ),
        ),
        migrations.AddField(
            model_name="surveyquestion",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="complaints.surveytemplate",
            ),
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("planned_on", models.DateField()),
                (
                    "way",
                    models.CharField(
                        choices=[("visit", "In person"), ("phone", "Phone"), ("online", "Online")],
                        max_length=8,
                    ),
                ),
                ("purpose", models.CharField(max_length=200)),
                ("held_at", models.DateTimeField(null=True)),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("heard", models.TextField(blank=True)),
                ("agreed", models.CharField(blank=True, max_length=300)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=200)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="shipments.customer",
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["planned_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="CustomerFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "contact_name",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="contact"),
                ),
                (
                    "contact_phone",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="contact"),
                ),
                ("phone_index", courierqa.core.privacy.PhoneIndexField()),
                ("notes", models.TextField(blank=True)),
                ("first_hours", models.PositiveSmallIntegerField(null=True)),
                ("resolve_hours", models.PositiveSmallIntegerField(null=True)),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file",
                        to="shipments.customer",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["phone_index"], name="complaints__phone_i_a5aaf5_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskDuty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "queue",
                    models.CharField(
                        choices=[
                            ("complaints", "Complaints"),
                            ("queries", "Queries"),
                            ("follow_ups", "Follow-ups"),
                            ("surveys", "Surveys and visits"),
                            ("claims", "Claims"),
                        ],
                        max_length=12,
                    ),
                ),
                ("duty", models.CharField(max_length=200)),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("weekdays", models.CharField(default="0123456", max_length=7)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["queue", "opens", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opens__lt", models.F("closes"))),
                        name="comp_duty_opens_first",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Expectation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("recipient", "Recipients"),
                            ("sender", "Private senders"),
                            ("shop", "Online shops"),
                            ("vip", "Key customers"),
                            ("all", "All customers"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("time", "Time"),
                            ("safety", "Safety"),
                            ("price", "Price"),
                            ("attitude", "Attitude"),
                            ("information", "Information"),
                            ("privacy", "Privacy"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("expects", models.CharField(max_length=200)),
                ("expects_en", models.CharField(max_length=200)),
                ("promise", models.CharField(max_length=200)),
                ("promise_en", models.CharField(max_length=200)),
                (
                    "gap",
                    models.CharField(
                        choices=[("none", "Met"), ("small", "Partly met"), ("large", "Not met")],
                        max_length=8,
                    ),
                ),
                ("gap_note", models.CharField(blank=True, max_length=200)),
                ("metric", models.CharField(blank=True, max_length=8)),
                ("is_proposal", models.BooleanField(default=False)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["group", "topic", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "topic", "expects"), name="comp_expectation_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LibraryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("title", models.CharField(max_length=80)),
                ("story", models.TextField()),
                ("cause", models.CharField(max_length=200)),
                ("action", models.CharField(max_length=300)),
                ("lesson", models.CharField(max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for review"),
                            ("published", "Published"),
                            ("rejected", "Sent back"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("review_note", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="example",
                        to="complaints.case",
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
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="complaints.reason",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-proposed_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by", None),
                            models.Q(("reviewed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="comp_library_four_eyes",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="surveymeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by", None),
                    models.Q(("checked_by", models.F("owner")), _negated=True),
                    _connector="OR",
                ),
                name="comp_measure_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveymeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(("check_on__gt", models.F("started_on"))),
                name="comp_measure_checked_later",
            ),
        ),
        migrations.AddIndex(
            model_name="surveyanswer",
            index=models.Index(fields=["answered_at"], name="complaints__answere_5f2c17_idx"),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("score", None), ("score__lte", 10000), _connector="OR"),
                name="comp_survey_score_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("owner")), _negated=True),
                    _connector="OR",
                ),
                name="comp_plan_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("interval_days__gt", 0), ("sample_size__gt", 0)),
                name="comp_plan_has_rhythm",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyitem",
            constraint=models.UniqueConstraint(
                fields=("answer", "question"), name="comp_item_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value", None), models.Q(("value__gte", 1), ("value__lte", 5)), _connector="OR"
                ),
                name="comp_item_1_5",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                fields=["invited_at", "site"], name="complaints__invited_2b5952_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                fields=["courier", "invited_at"], name="complaints__courier_776f87_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("round", "parcel"), name="comp_invited_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveytemplate",
            constraint=models.UniqueConstraint(
                fields=("code", "version"), name="comp_survey_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.UniqueConstraint(
                fields=("plan", "planned_on"), name="comp_round_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_at__lt", models.F("to_at"))), name="comp_round_window"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyquestion",
            constraint=models.UniqueConstraint(
                fields=("template", "position"), name="comp_question_place_once"
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                fields=["held_at", "planned_on"], name="complaints__held_at_dcf290_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("score", None), models.Q(("score__gte", 1), ("score__lte", 5)), _connector="OR"
                ),
                name="comp_visit_score_1_5",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("held_at", None), ("cancelled_at", None), _connector="OR"),
                name="comp_visit_held_or_cancelled",
            ),
        ),
    ]
