"""The tables of complaints as migrations 0001 to 0033 leave them, in one step for a new database.

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
    "faq", "claimrule", "incidentnote", "surveytemplate", "surveyquestion", "notpossible", "caserules",
    "forumlook",
)  # fmt: skip


def _of(migration, name):
    return part_of("complaints", migration, name)


class Migration(migrations.Migration):
    replaces = [
        ("complaints", "0001_initial"),
        ("complaints", "0002_catalogue"),
        ("complaints", "0003_repeated_cases"),
        ("complaints", "0004_claim_opened_at"),
        ("complaints", "0005_faq"),
        ("complaints", "0006_case_rules"),
        ("complaints", "0007_case_rules_data"),
        ("complaints", "0008_case_filters"),
        ("complaints", "0013_claims_in_depth"),
        ("complaints", "0014_claims_catalogue"),
        ("complaints", "0015_claims_tight"),
        ("complaints", "0020_customers_and_surveys"),
        ("complaints", "0021_voice_catalogue"),
        ("complaints", "0022_claim_proof"),
        ("complaints", "0023_case_open_due"),
        ("complaints", "0030_settling_facts"),
        ("complaints", "0031_case_open_due_class"),
        ("complaints", "0032_counted_rows"),
        ("complaints", "0033_undelivered_invitations"),
    ]

    initial = True

    dependencies = [
        ("core", "0007_idempotency"),
        ("shipments", "0035_things"),
        ("staff", "0013_counted_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Case",
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
                        ("token", models.CharField(max_length=40, unique=True)),
                        ("key", models.CharField(max_length=60, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("complaint", "Complaint"),
                                    ("query", "Query"),
                                    ("suggestion", "Suggestion"),
                                    ("appeal", "Appeal to the regulator"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "case_class",
                            models.CharField(
                                choices=[
                                    ("attitude", "Service attitude"),
                                    ("service", "Service quality"),
                                    ("fee", "Price dispute"),
                                    ("privacy", "Personal information"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("phone", "Phone"),
                                    ("web", "Web form"),
                                    ("email", "E-mail"),
                                    ("sms", "Text message"),
                                    ("courier", "Courier"),
                                    ("forum", "Forum or online"),
                                    ("api", "App or API"),
                                    ("regulator", "Regulator"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("language", models.CharField(default="zh-hans", max_length=10)),
                        (
                            "wish",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("redeliver", "Deliver again"),
                                    ("compensate", "Compensation"),
                                    ("apology", "Apology"),
                                    ("explain", "Explanation"),
                                    ("fix_record", "Correct the record"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("waybill_given", models.CharField(blank=True, max_length=40)),
                        (
                            "customer_name",
                            courierqa.core.privacy.EncryptedField(
                                blank=True, data_class="complaint"
                            ),
                        ),
                        (
                            "customer_phone",
                            courierqa.core.privacy.EncryptedField(
                                blank=True, data_class="complaint"
                            ),
                        ),
                        (
                            "customer_email",
                            courierqa.core.privacy.EncryptedField(
                                blank=True, data_class="complaint"
                            ),
                        ),
                        ("phone_index", courierqa.core.privacy.PhoneIndexField()),
                        ("words", courierqa.core.privacy.EncryptedField(data_class="complaint")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("registered", "Registered"),
                                    ("first_handling", "First answer"),
                                    ("transferred", "Transferred"),
                                    ("investigating", "Investigated"),
                                    ("answered", "Answered"),
                                    ("followed_up", "Followed up"),
                                    ("closed", "Closed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("merged", "Merged"),
                                ],
                                default="received",
                                max_length=15,
                            ),
                        ),
                        ("severity", models.PositiveSmallIntegerField(default=2)),
                        ("received_at", models.DateTimeField()),
                        ("first_due_at", models.DateTimeField()),
                        ("resolve_due_at", models.DateTimeField()),
                        ("legal_due_at", models.DateTimeField()),
                        ("first_answer_at", models.DateTimeField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("told_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("reopened", models.PositiveSmallIntegerField(default=0)),
                        ("first_final_at", models.DateTimeField(null=True)),
                        ("first_told_at", models.DateTimeField(null=True)),
                        ("next_due_at", models.DateTimeField()),
                        ("next_check_at", models.DateTimeField(null=True)),
                        (
                            "liability",
                            models.CharField(
                                choices=[
                                    ("undecided", "Not decided"),
                                    ("ours", "Ours"),
                                    ("partner", "Partner company"),
                                    ("sender", "Sender"),
                                    ("none", "Nobody is liable"),
                                ],
                                default="undecided",
                                max_length=10,
                            ),
                        ),
                        ("liability_at", models.DateTimeField(null=True)),
                        ("liability_reason", models.CharField(blank=True, max_length=300)),
                        ("no_money_reason", models.CharField(blank=True, max_length=300)),
                        ("cause", models.CharField(blank=True, max_length=60)),
                        ("summary", models.CharField(blank=True, max_length=300)),
                        ("liability_final_at", models.DateTimeField(null=True)),
                        ("calendar_code", models.CharField(default="24/7", max_length=30)),
                        (
                            "clock_kind",
                            models.CharField(
                                choices=[
                                    ("hours", "hours"),
                                    ("working_hours", "working hours"),
                                    ("calendar_days", "calendar days"),
                                    ("working_days", "working days"),
                                ],
                                default="hours",
                                max_length=15,
                            ),
                        ),
                        ("first_hours", models.PositiveSmallIntegerField(default=24)),
                        ("handovers", models.PositiveSmallIntegerField(default=0)),
                        ("notice_at", models.DateTimeField(null=True)),
                        ("pause_until", models.DateTimeField(null=True)),
                        ("paused_at", models.DateTimeField(null=True)),
                        ("regulator_due_at", models.DateTimeField(null=True)),
                        ("regulator_replied_at", models.DateTimeField(null=True)),
                        ("resolve_from", models.DateTimeField()),
                        ("resolve_hours", models.PositiveSmallIntegerField(default=72)),
                        ("source_url", models.URLField(blank=True, max_length=500)),
                        ("tail_index", courierqa.core.privacy.PhoneIndexField()),
                        (
                            "first_responder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "liability_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "liable_person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "liable_site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="complaints.case",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owned_cases",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parcel",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="shipments.parcel",
                            ),
                        ),
                        (
                            "repeat_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repeats",
                                to="complaints.case",
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
                        (
                            "split_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="splits",
                                to="complaints.case",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CaseNumber",
                    fields=[
                        (
                            "year",
                            models.PositiveSmallIntegerField(primary_key=True, serialize=False),
                        ),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="ChannelSetting",
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
                            "channel",
                            models.CharField(
                                choices=[
                                    ("phone", "Phone"),
                                    ("web", "Web form"),
                                    ("email", "E-mail"),
                                    ("sms", "Text message"),
                                    ("courier", "Courier"),
                                    ("forum", "Forum or online"),
                                    ("api", "App or API"),
                                    ("regulator", "Regulator"),
                                ],
                                max_length=10,
                                unique=True,
                            ),
                        ),
                        ("is_offered", models.BooleanField(default=True)),
                        ("sends_receipt", models.BooleanField(default=True)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimBand",
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
                        ("up_to_fen", models.PositiveBigIntegerField(null=True, unique=True)),
                        ("role", models.CharField(blank=True, max_length=12)),
                    ],
                    options={
                        "ordering": [models.OrderBy(models.F("up_to_fen"), nulls_last=True)],
                    },
                ),
                migrations.CreateModel(
                    name="PauseReason",
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
                        ("most_hours", models.PositiveSmallIntegerField(default=72)),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_proposal", models.BooleanField(default=False)),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Procedure",
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
                            "case_class",
                            models.CharField(
                                choices=[
                                    ("attitude", "Service attitude"),
                                    ("service", "Service quality"),
                                    ("fee", "Price dispute"),
                                    ("privacy", "Personal information"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                                unique=True,
                            ),
                        ),
                        ("steps", models.TextField()),
                        ("steps_en", models.TextField()),
                        ("remedies", models.TextField()),
                        ("remedies_en", models.TextField()),
                        ("is_proposal", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Reason",
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
                        ("code", models.SlugField(max_length=30, unique=True)),
                        (
                            "case_class",
                            models.CharField(
                                choices=[
                                    ("attitude", "Service attitude"),
                                    ("service", "Service quality"),
                                    ("fee", "Price dispute"),
                                    ("privacy", "Personal information"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("group", models.PositiveSmallIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=60)),
                        ("severity", models.PositiveSmallIntegerField(default=2)),
                        ("first_hours", models.PositiveSmallIntegerField(default=24)),
                        ("resolve_hours", models.PositiveSmallIntegerField(default=72)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "clock_kind",
                            models.CharField(
                                choices=[
                                    ("hours", "hours"),
                                    ("working_hours", "working hours"),
                                    ("calendar_days", "calendar days"),
                                    ("working_days", "working days"),
                                ],
                                default="hours",
                                max_length=15,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["group", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="ReplyTemplate",
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
                        ("title", models.CharField(max_length=80)),
                        ("title_en", models.CharField(max_length=80)),
                        ("body", models.TextField()),
                        ("body_en", models.TextField()),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyQuestion",
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
                                choices=[("scale", "Scale of five"), ("words", "Words")],
                                max_length=8,
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
                    name="Answer",
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
                        ("key", models.CharField(max_length=80, unique=True)),
                        ("channel", models.CharField(max_length=20)),
                        ("score", models.PositiveSmallIntegerField()),
                        ("asked_on", models.DateField(null=True)),
                        ("answered_at", models.DateTimeField()),
                        (
                            "words",
                            courierqa.core.privacy.EncryptedField(
                                blank=True, data_class="complaint"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "parcel",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="shipments.parcel",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CaseFacts",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="facts",
                                serialize=False,
                                to="complaints.case",
                            ),
                        ),
                        ("number", models.CharField(max_length=20)),
                        ("kind", models.CharField(max_length=10)),
                        ("case_class", models.CharField(max_length=12)),
                        ("reason_code", models.CharField(max_length=30)),
                        ("site_id", models.BigIntegerField(null=True)),
                        ("product_id", models.BigIntegerField(null=True)),
                        ("courier_id", models.BigIntegerField(null=True)),
                        ("received_at", models.DateTimeField()),
                        ("received_day", models.DateField()),
                        ("legal_due_at", models.DateTimeField()),
                        ("legal_due_day", models.DateField()),
                        ("first_due_at", models.DateTimeField()),
                        ("first_answer_at", models.DateTimeField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("told_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("out_c03", models.BooleanField(default=False)),
                        ("is_complaint", models.BooleanField(default=True)),
                        ("upheld", models.BooleanField(null=True)),
                        ("is_repeat", models.BooleanField(default=False)),
                        ("first_due_day", models.DateField(null=True)),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("settled_day", models.DateField(null=True)),
                        ("is_gone", models.BooleanField(default=False)),
                        ("needed_more", models.BooleanField(default=False)),
                        ("is_appeal", models.BooleanField(default=False)),
                        ("appeal_valid", models.BooleanField(null=True)),
                        ("made_by", models.PositiveSmallIntegerField(default=1)),
                    ],
                ),
                migrations.CreateModel(
                    name="CaseRules",
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
                        ("version", models.PositiveSmallIntegerField(unique=True)),
                        ("reopen_days", models.PositiveSmallIntegerField(default=30)),
                        ("transfer_hours", models.PositiveSmallIntegerField(default=24)),
                        ("follow_up_hours", models.PositiveSmallIntegerField(default=24)),
                        ("follow_up_tries", models.PositiveSmallIntegerField(default=3)),
                        ("try_again_hours", models.PositiveSmallIntegerField(default=4)),
                        ("regulator_days", models.PositiveSmallIntegerField(default=10)),
                        ("calendar_code", models.CharField(default="CN", max_length=30)),
                        ("ladder", models.JSONField(default=dict)),
                        ("why", models.CharField(blank=True, max_length=300)),
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
                        "ordering": ["-version"],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
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
                            "event_kind",
                            models.CharField(
                                choices=[
                                    ("delay", "Delay"),
                                    ("loss", "Loss"),
                                    ("damage", "Damage"),
                                    ("shortage", "Shortage"),
                                    ("overcharge", "Overcharge"),
                                    ("goodwill", "Goodwill"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("amount_fen", models.PositiveBigIntegerField()),
                        ("suggested_fen", models.PositiveBigIntegerField(default=0)),
                        ("arithmetic", models.JSONField(default=list)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("waiting", "Waiting for approval"),
                                    ("approved", "Approved"),
                                    ("rejected", "Rejected"),
                                    ("paid", "Paid"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        (
                            "paid_by",
                            models.CharField(
                                choices=[
                                    ("company", "Company account"),
                                    ("site", "Site's cash"),
                                    ("insurer", "Insurer"),
                                    ("partner", "Partner company"),
                                ],
                                default="company",
                                max_length=20,
                            ),
                        ),
                        ("paid_at", models.DateTimeField(null=True)),
                        ("payment_ref", models.CharField(blank=True, max_length=60)),
                        ("opened_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField()),
                        (
                            "fee_line",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("freight", "Freight"),
                                    ("premium", "Value insurance"),
                                    ("extra", "Extra fee at pickup or delivery"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("pay_due_at", models.DateTimeField(null=True)),
                        ("rule_version", models.PositiveSmallIntegerField(default=0)),
                        (
                            "approval",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claim",
                                to="core.approval",
                            ),
                        ),
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
                            "borne_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="complaints.case",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.order",
                            ),
                        ),
                        (
                            "paid_by_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parcel",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.parcel",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ClaimRule",
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
                            "event_kind",
                            models.CharField(
                                choices=[
                                    ("delay", "Delay"),
                                    ("loss", "Loss"),
                                    ("damage", "Damage"),
                                    ("shortage", "Shortage"),
                                    ("overcharge", "Overcharge"),
                                    ("goodwill", "Goodwill"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("insured", models.BooleanField()),
                        ("version", models.PositiveSmallIntegerField()),
                        ("valid_from", models.DateTimeField()),
                        ("fee_percent", models.PositiveSmallIntegerField(default=100)),
                        ("fee_only_whole", models.BooleanField(default=False)),
                        ("value_percent", models.PositiveSmallIntegerField(default=0)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["event_kind", "insured", "-version"],
                    },
                ),
                migrations.CreateModel(
                    name="CostShare",
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
                            "bearer",
                            models.CharField(
                                choices=[
                                    ("company", "The company"),
                                    ("site", "A site"),
                                    ("person", "A person"),
                                    ("outside", "Somebody outside"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("outside", models.CharField(blank=True, max_length=80)),
                        ("amount_fen", models.PositiveBigIntegerField()),
                        ("booked_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("settle_ref", models.CharField(blank=True, max_length=60)),
                        (
                            "booked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to="complaints.claim",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "settled_by",
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
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerFile",
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
                ),
                migrations.CreateModel(
                    name="DeskDuty",
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
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("customer", "Customer"),
                                    ("reply", "Reply"),
                                    ("note", "Note"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("is_public", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        ("text", courierqa.core.privacy.EncryptedField(data_class="complaint")),
                        ("message_key", models.CharField(blank=True, max_length=200)),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="complaints.case",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Expectation",
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
                                choices=[
                                    ("none", "Met"),
                                    ("small", "Partly met"),
                                    ("large", "Not met"),
                                ],
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
                    },
                ),
                migrations.CreateModel(
                    name="Faq",
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
                        ("code", models.SlugField(max_length=40)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("question", models.CharField(max_length=120)),
                        ("question_en", models.CharField(max_length=160)),
                        ("answer", models.TextField()),
                        ("answer_en", models.TextField()),
                        ("keywords", models.CharField(blank=True, max_length=300)),
                        ("keywords_en", models.CharField(blank=True, max_length=300)),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                        ("is_published", models.BooleanField(default=True)),
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
                        "ordering": ["position", "code", "-version"],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
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
                        ("due_at", models.DateTimeField()),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("satisfied", "Satisfied"),
                                    ("unsatisfied", "Not satisfied"),
                                    ("no_answer", "No answer"),
                                    ("later", "Call later"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("done_at", models.DateTimeField(null=True)),
                        ("planned_at", models.DateTimeField(null=True)),
                        ("tried_at", models.DateTimeField(null=True)),
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followups",
                                to="complaints.case",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Forum",
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
                        ("name", models.CharField(max_length=60, unique=True)),
                        ("url", models.URLField(max_length=300)),
                        ("every_days", models.PositiveSmallIntegerField(default=1)),
                        ("next_due_at", models.DateTimeField()),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "watcher",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.AddField(
                    model_name="case",
                    name="forum",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="complaints.forum",
                    ),
                ),
                migrations.CreateModel(
                    name="ForumLook",
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
                        ("found", models.PositiveSmallIntegerField(default=0)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "forum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looks",
                                to="complaints.forum",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                                    ("undelivered", "Never arrived"),
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
                    name="Measure",
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
                                    ("talk", "Criticism and education"),
                                    ("training", "Training"),
                                    ("penalty", "Penalty proposal"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting for approval"),
                                    ("ordered", "Ordered"),
                                    ("refused", "Not approved"),
                                    ("done", "Done"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                        ("result", models.CharField(blank=True, max_length=300)),
                        (
                            "approval",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.approval",
                            ),
                        ),
                        (
                            "assignment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.courseassignment",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="complaints.case",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.course",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Need",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="Pause",
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
                        ("note", models.CharField(max_length=300)),
                        ("started_at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "ended_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("customer", "The customer replied"),
                                    ("hand", "Ended by hand"),
                                    ("limit", "The longest pause was over"),
                                    ("step", "The case moved on"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="complaints.case",
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
                            "started_by",
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
                                to="complaints.pausereason",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["started_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="PrivacyIncident",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("contained", "Contained"),
                                    ("closed", "Closed"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("kinds", models.CharField(blank=True, max_length=200)),
                        ("affected", models.PositiveIntegerField(null=True)),
                        (
                            "cause",
                            courierqa.core.privacy.EncryptedField(
                                blank=True, data_class="complaint"
                            ),
                        ),
                        (
                            "harm",
                            courierqa.core.privacy.EncryptedField(
                                blank=True, data_class="complaint"
                            ),
                        ),
                        (
                            "measures",
                            courierqa.core.privacy.EncryptedField(
                                blank=True, data_class="complaint"
                            ),
                        ),
                        ("people_told_at", models.DateTimeField(null=True)),
                        ("authority_told_at", models.DateTimeField(null=True)),
                        ("postal_told_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="incident",
                                to="complaints.case",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="IncidentNote",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("at", models.DateTimeField()),
                        ("text", courierqa.core.privacy.EncryptedField(data_class="complaint")),
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
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="complaints.privacyincident",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ProofRequest",
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
                        ("asked", models.CharField(max_length=300)),
                        ("asked_at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "ended_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("customer", "The customer replied"),
                                    ("hand", "Ended by hand"),
                                    ("limit", "The longest pause was over"),
                                    ("step", "The case moved on"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proofs",
                                to="complaints.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="RateHit",
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
                        ("scope", models.CharField(max_length=20)),
                        ("visitor", models.CharField(max_length=64)),
                        ("minute", models.DateTimeField()),
                        ("count", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["minute"], name="complaints__minute_cdd7e4_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scope", "visitor", "minute"), name="comp_rate_once"
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
                            "reviewed_by",
                            models.ForeignKey(
                                null=True,
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
                    ],
                    options={
                        "ordering": ["-proposed_at", "-id"],
                    },
                ),
                migrations.AddField(
                    model_name="case",
                    name="reason",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="complaints.reason",
                    ),
                ),
                migrations.CreateModel(
                    name="Campaign",
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
                        ("title", models.CharField(max_length=80)),
                        ("goal", models.CharField(max_length=300)),
                        ("started_at", models.DateTimeField()),
                        ("ends_on", models.DateField()),
                        ("evidence", models.JSONField(default=dict)),
                        (
                            "status",
                            models.CharField(
                                choices=[("running", "Running"), ("closed", "Closed")],
                                default="running",
                                max_length=8,
                            ),
                        ),
                        ("result", models.CharField(blank=True, max_length=300)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "customer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.customer",
                            ),
                        ),
                        (
                            "lane",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.lane",
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
                        (
                            "started_by",
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
                    ],
                    options={
                        "ordering": ["-started_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="RegulatorFile",
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
                        ("authority", models.CharField(max_length=100)),
                        ("reference", models.CharField(max_length=60, unique=True)),
                        (
                            "matter",
                            models.CharField(
                                choices=[
                                    ("appeal", "Appeal of a customer"),
                                    ("penalty", "Penalty procedure"),
                                    ("inquiry", "Request for information"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("forwarded_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("replied_at", models.DateTimeField(null=True)),
                        ("reply_reference", models.CharField(blank=True, max_length=60)),
                        ("reply", models.TextField(blank=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("open", "Not decided yet"),
                                    ("valid", "Company responsible"),
                                    ("invalid", "Company not responsible"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="regulator_file",
                                to="complaints.case",
                            ),
                        ),
                        (
                            "replied_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Remedy",
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
                                    ("resend", "Send again"),
                                    ("redeliver", "Free redelivery"),
                                    ("apology", "Apology"),
                                    ("correct", "Correct the record"),
                                    ("other", "Something else"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("promised", "Promised"),
                                    ("done", "Done"),
                                    ("dropped", "No longer wanted"),
                                ],
                                default="promised",
                                max_length=8,
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remedies",
                                to="complaints.case",
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
                    ],
                    options={
                        "verbose_name_plural": "remedies",
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="RootCause",
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
                        ("code", models.SlugField(max_length=30, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=60)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="complaints.rootcause",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Investigation",
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
                        ("whys", models.JSONField(default=list)),
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
                                related_name="investigation",
                                to="complaints.case",
                            ),
                        ),
                        (
                            "root_cause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="complaints.rootcause",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Ruling",
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
                            "liability",
                            models.CharField(
                                choices=[
                                    ("undecided", "Not decided"),
                                    ("ours", "Ours"),
                                    ("partner", "Partner company"),
                                    ("sender", "Sender"),
                                    ("none", "Nobody is liable"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("evidence", models.CharField(max_length=300)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("decided", "Open to appeal"),
                                    ("appealed", "Appealed"),
                                    ("final", "Final"),
                                    ("upheld", "Upheld, final"),
                                    ("lifted", "Lifted"),
                                    ("replaced", "Decided anew"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField()),
                        ("appeal_until", models.DateTimeField(null=True)),
                        ("appeal", models.CharField(blank=True, max_length=500)),
                        ("appealed_at", models.DateTimeField(null=True)),
                        ("answer", models.CharField(blank=True, max_length=500)),
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
                            "appealed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rulings",
                                to="complaints.case",
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
                            "person",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["decided_at", "id"],
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
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("question", models.CharField(max_length=300)),
                        ("asked_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        (
                            "text",
                            courierqa.core.privacy.EncryptedField(
                                blank=True, data_class="complaint"
                            ),
                        ),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("missed_at", models.DateTimeField(null=True)),
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="complaints.case",
                            ),
                        ),
                        (
                            "person",
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
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceFile",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[("image", "Picture"), ("pdf", "PDF document")],
                                max_length=8,
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        ("file", models.FileField(upload_to="cases/%Y/%m/")),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("received_sha256", models.CharField(max_length=64)),
                        ("added_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(null=True)),
                        ("removed_why", models.CharField(blank=True, max_length=200)),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="complaints.case",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="complaints.statement",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyAnswer",
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
                    name="SurveyMeasure",
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
                    name="SurveyPlan",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("value", models.PositiveSmallIntegerField(null=True)),
                        (
                            "words",
                            courierqa.core.privacy.EncryptedField(
                                blank=True, data_class="complaint"
                            ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="Transfer",
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
                        ("due_at", models.DateTimeField()),
                        ("question", models.CharField(max_length=300)),
                        ("takes_over", models.BooleanField(default=False)),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("missed_at", models.DateTimeField(null=True)),
                        ("answer", models.CharField(blank=True, max_length=500)),
                        ("next_check_at", models.DateTimeField(null=True)),
                        ("return_reason", models.CharField(blank=True, max_length=300)),
                        ("returned_at", models.DateTimeField(null=True)),
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
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="complaints.case",
                            ),
                        ),
                        (
                            "to_site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "to_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                        ("planned_on", models.DateField()),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("visit", "In person"),
                                    ("phone", "Phone"),
                                    ("online", "Online"),
                                ],
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
                    name="VoiceRow",
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
                                fields=["day", "site_id"], name="complaints__day_ddb42f_idx"
                            ),
                            models.Index(
                                fields=["record_id"], name="complaints__record__65a167_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "record_id"), name="complaints_voicerow_once"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("score__gte", 1), ("score__lte", 5)),
                        name="comp_score_1_5",
                    ),
                ),
                migrations.AddIndex(
                    model_name="casefacts",
                    index=models.Index(
                        fields=["received_day", "site_id"], name="complaints__receive_35c1dc_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="casefacts",
                    index=models.Index(
                        fields=["legal_due_day", "site_id"], name="complaints__legal_d_5e0fe6_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="casefacts",
                    index=models.Index(
                        fields=["first_due_day", "site_id"], name="complaints__first_d_a91e50_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="casefacts",
                    index=models.Index(
                        fields=["settled_day", "site_id"], name="complaints__settled_a5080c_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="claim",
                    index=models.Index(
                        fields=["status", "-opened_at"], name="complaints__status_5dd12f_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="claim",
                    index=models.Index(
                        fields=["-opened_at", "-id"], name="complaints__opened__c0f051_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="comp_claim_positive"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("paid_by_user", None),
                            models.Q(
                                models.Q(("paid_by_user", models.F("requested_by")), _negated=True),
                                models.Q(
                                    ("approved_by", None),
                                    models.Q(
                                        ("paid_by_user", models.F("approved_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="comp_claim_payer_apart",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="comp_claim_approver_apart",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("paid_at__isnull", False),
                                ("paid_by_user__isnull", False),
                                ("status", "paid"),
                                models.Q(("payment_ref", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "paid"), _negated=True),
                                ("paid_at", None),
                                ("paid_by_user", None),
                                ("payment_ref", ""),
                            ),
                            _connector="OR",
                        ),
                        name="comp_claim_paid_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "rejected"), _negated=True),
                        fields=("case", "event_kind"),
                        name="comp_one_live_claim",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("payment_ref", ""), _negated=True),
                        fields=("payment_ref",),
                        name="comp_payment_ref_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("event_kind__in", ["delay", "loss", "damage", "shortage"]),
                            models.Q(("status", "rejected"), _negated=True),
                        ),
                        fields=("parcel", "event_kind"),
                        name="comp_one_claim_per_parcel",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("fee_line", ""), _negated=True),
                            models.Q(("status", "rejected"), _negated=True),
                        ),
                        fields=("order", "fee_line"),
                        name="comp_fee_line_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claimrule",
                    constraint=models.UniqueConstraint(
                        fields=("event_kind", "insured", "version"), name="comp_rule_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claimrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("fee_percent__lte", 100), ("value_percent__lte", 100)),
                        name="comp_rule_percent",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="costshare",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="comp_share_positive"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="costshare",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("bearer", "company"),
                                ("outside", ""),
                                ("person", None),
                                ("site", None),
                            ),
                            models.Q(
                                ("bearer", "site"),
                                ("outside", ""),
                                ("person", None),
                                ("site__isnull", False),
                            ),
                            models.Q(
                                ("bearer", "person"),
                                ("outside", ""),
                                ("person__isnull", False),
                                ("site", None),
                            ),
                            models.Q(
                                ("bearer", "outside"),
                                ("person", None),
                                ("site", None),
                                models.Q(("outside", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comp_share_names_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="costshare",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settle_ref", ""), ("settled_at", None), ("settled_by", None)
                            ),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("settle_ref", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comp_share_settled_whole",
                    ),
                ),
                migrations.AddIndex(
                    model_name="customerfile",
                    index=models.Index(
                        fields=["phone_index"], name="complaints__phone_i_a5aaf5_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deskduty",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("opens__lt", models.F("closes"))),
                        name="comp_duty_opens_first",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="expectation",
                    constraint=models.UniqueConstraint(
                        fields=("group", "topic", "expects"), name="comp_expectation_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="faq",
                    constraint=models.UniqueConstraint(
                        fields=("code", "version"), name="comp_faq_version_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="followup",
                    index=models.Index(
                        fields=["done_at", "due_at"], name="complaints__done_at_968e15_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="followup",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("case",),
                        name="comp_one_open_followup",
                    ),
                ),
                migrations.AddIndex(
                    model_name="forumlook",
                    index=models.Index(
                        fields=["forum", "-at"], name="complaints__forum_i_7ac0fa_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pause",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("case",),
                        name="comp_one_open_pause",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="comp_pause_forward",
                    ),
                ),
                migrations.AddIndex(
                    model_name="privacyincident",
                    index=models.Index(
                        fields=["status", "-opened_at"], name="complaints__status_0a0cac_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proofrequest",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("claim",),
                        name="comp_one_open_proof",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proofrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("until__gte", models.F("asked_at")),
                            models.Q(
                                ("ended_at", None),
                                ("ended_at__gte", models.F("asked_at")),
                                _connector="OR",
                            ),
                        ),
                        name="comp_proof_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="libraryentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by", None),
                            models.Q(("reviewed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="comp_library_four_eyes",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["status", "legal_due_at"], name="complaints__status_069d21_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["owner", "next_due_at"], name="complaints__owner_i_05f48d_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["next_due_at", "-id"], name="complaints__next_du_65ae24_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["next_check_at"], name="complaints__next_ch_ae4860_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["site", "next_due_at"], name="complaints__site_id_0d1217_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["phone_index"], name="complaints__phone_i_a7b79b_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["tail_index", "-id"], name="complaints__tail_in_063e68_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["waybill_given"], name="complaints__waybill_168142_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["status", "next_due_at", "-id"],
                        name="complaints__status_2bc44e_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["kind", "next_due_at", "-id"], name="complaints__kind_be2715_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["channel", "next_due_at", "-id"],
                        name="complaints__channel_9184b3_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["case_class", "next_due_at", "-id"],
                        name="complaints__case_cl_47c190_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "answered",
                                    "first_handling",
                                    "followed_up",
                                    "investigating",
                                    "received",
                                    "registered",
                                    "transferred",
                                ],
                            )
                        ),
                        fields=[
                            "next_due_at",
                            "-id",
                            "status",
                            "owner",
                            "told_at",
                            "site",
                            "case_class",
                        ],
                        name="comp_case_open_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "received",
                                    "registered",
                                    "first_handling",
                                    "transferred",
                                    "investigating",
                                    "answered",
                                    "followed_up",
                                    "closed",
                                    "withdrawn",
                                    "merged",
                                ],
                            )
                        ),
                        name="comp_case_status_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("status", "merged")),
                            models.Q(
                                models.Q(("status", "merged"), _negated=True), ("merged_into", None)
                            ),
                            _connector="OR",
                        ),
                        name="comp_case_tombstone",
                    ),
                ),
                migrations.AddIndex(
                    model_name="regulatorfile",
                    index=models.Index(
                        fields=["replied_at", "due_at"], name="complaints__replied_1d9203_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regulatorfile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replied_at", None), ("replied_by", None), ("reply", "")),
                            models.Q(
                                ("replied_at__isnull", False),
                                ("replied_by__isnull", False),
                                models.Q(("reply", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comp_regulator_reply_whole",
                    ),
                ),
                migrations.AddIndex(
                    model_name="ruling",
                    index=models.Index(
                        fields=["status", "appeal_until"], name="complaints__status_2235e5_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="ruling",
                    index=models.Index(
                        fields=["person", "status"], name="complaints__person__8e317a_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="ruling",
                    index=models.Index(
                        fields=["site", "status"], name="complaints__site_id_e69554_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ruling",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["lifted", "replaced"]), _negated=True),
                        fields=("case",),
                        name="comp_one_standing_ruling",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ruling",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", None),
                            ("decided_by", None),
                            models.Q(("answered_by", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="comp_appeal_second_person",
                    ),
                ),
                migrations.AddIndex(
                    model_name="statement",
                    index=models.Index(
                        fields=["person", "answered_at"], name="complaints__person__3c7c30_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="statement",
                    index=models.Index(
                        fields=["site", "answered_at"], name="complaints__site_id_286ff2_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="statement",
                    index=models.Index(
                        fields=["answered_at", "missed_at", "due_at"],
                        name="complaints__answere_ad650e_idx",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="comp_statement_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidencefile",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("case", "received_sha256"),
                        name="comp_file_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="surveyanswer",
                    index=models.Index(
                        fields=["answered_at"], name="complaints__answere_5f2c17_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="surveyanswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("score", None), ("score__lte", 10000), _connector="OR"),
                        name="comp_survey_score_range",
                    ),
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
                            ("value", None),
                            models.Q(("value__gte", 1), ("value__lte", 5)),
                            _connector="OR",
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
                        condition=models.Q(("from_at__lt", models.F("to_at"))),
                        name="comp_round_window",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="surveyquestion",
                    constraint=models.UniqueConstraint(
                        fields=("template", "position"), name="comp_question_place_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="transfer",
                    index=models.Index(
                        fields=["answered_at", "missed_at", "due_at"],
                        name="complaints__answere_ce190f_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="transfer",
                    index=models.Index(
                        fields=["next_check_at"], name="complaints__next_ch_fc84c3_idx"
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
                            ("score", None),
                            models.Q(("score__gte", 1), ("score__lte", 5)),
                            _connector="OR",
                        ),
                        name="comp_visit_score_1_5",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="visit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("held_at", None), ("cancelled_at", None), _connector="OR"
                        ),
                        name="comp_visit_held_or_cancelled",
                    ),
                ),
            ]
        ),
        RunRows(_of("0002_catalogue", "fill"), _of("0002_catalogue", "empty")),
        RunRows(_of("0005_faq", "load_answers"), migrations.RunPython.noop),
        RunRows(_of("0005_faq", "add_reason"), _of("0005_faq", "remove_reason")),
        RunRows(_of("0014_claims_catalogue", "fill"), _of("0014_claims_catalogue", "empty")),
        RunRows(_of("0021_voice_catalogue", "fill"), _of("0021_voice_catalogue", "empty")),
        RunRows(_of("0007_case_rules_data", "fill"), _of("0007_case_rules_data", "empty")),
        *(insert_only(f"complaints_{name}") for name in INSERT_ONLY),
    ]
