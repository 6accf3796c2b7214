"""Investigation, rulings with appeal, remedies, claim rules, cost shares, privacy incidents."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import courierqa.core.privacy


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0005_faq"),
        ("core", "0007_idempotency"),
        ("shipments", "0025_placement_left"),
        ("staff", "0006_scheme_drawn_to_the_mean"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
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
            ],
            options={
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ClaimRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceFile",
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
                    "kind",
                    models.CharField(
                        choices=[("image", "Picture"), ("pdf", "PDF document")], max_length=8
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
            ],
            options={
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="IncidentNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("at", models.DateTimeField()),
                ("text", courierqa.core.privacy.EncryptedField(data_class="complaint")),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Investigation",
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
                ("whys", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Measure",
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
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="PrivacyIncident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
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
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="complaint"),
                ),
                ("harm", courierqa.core.privacy.EncryptedField(blank=True, data_class="complaint")),
                (
                    "measures",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="complaint"),
                ),
                ("people_told_at", models.DateTimeField(null=True)),
                ("authority_told_at", models.DateTimeField(null=True)),
                ("postal_told_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Remedy",
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("text", courierqa.core.privacy.EncryptedField(blank=True, data_class="complaint")),
                ("answered_at", models.DateTimeField(null=True)),
                ("missed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["asked_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="liability_final_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claim",
            name="decided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claim",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claim",
            name="fee_line",
            field=models.CharField(
                blank=True,
                choices=[
                    ("freight", "Freight"),
                    ("premium", "Value insurance"),
                    ("extra", "Extra fee at pickup or delivery"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="order",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.order",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="parcel",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.parcel",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="pay_due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claim",
            name="rule_version",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="claim",
            name="paid_by",
            field=models.CharField(
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
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["status", "-opened_at"], name="complaints__status_5dd12f_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["-opened_at", "-id"], name="complaints__opened__c0f051_idx"),
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
        migrations.AddField(
            model_name="campaign",
            name="customer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.customer",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="lane",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.lane",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="reason",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="complaints.reason",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.site",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="started_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimrule",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="costshare",
            name="booked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="costshare",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shares",
                to="complaints.claim",
            ),
        ),
        migrations.AddField(
            model_name="costshare",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.employee",
            ),
        ),
        migrations.AddField(
            model_name="costshare",
            name="settled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="costshare",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.site",
            ),
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="added_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="complaints.case",
            ),
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="removed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="incidentnote",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="investigation",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="investigation",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="investigation",
                to="complaints.case",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="approval",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.approval",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="assignment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.courseassignment",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="complaints.case",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="course",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.course",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.employee"
            ),
        ),
        migrations.AddField(
            model_name="privacyincident",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="incident",
                to="complaints.case",
            ),
        ),
        migrations.AddField(
            model_name="incidentnote",
            name="incident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notes",
                to="complaints.privacyincident",
            ),
        ),
        migrations.AddField(
            model_name="remedy",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="remedy",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remedies",
                to="complaints.case",
            ),
        ),
        migrations.AddField(
            model_name="remedy",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rootcause",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="complaints.rootcause",
            ),
        ),
        migrations.AddField(
            model_name="investigation",
            name="root_cause",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="complaints.rootcause",
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="appealed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rulings",
                to="complaints.case",
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.employee",
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.site",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statements",
                to="complaints.case",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.employee",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.site"
            ),
        ),
        migrations.AddField(
            model_name="evidencefile",
            name="statement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="complaints.statement",
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
                        ("bearer", "company"), ("outside", ""), ("person", None), ("site", None)
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
                    models.Q(("settle_ref", ""), ("settled_at", None), ("settled_by", None)),
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
            model_name="privacyincident",
            index=models.Index(
                fields=["status", "-opened_at"], name="complaints__status_0a0cac_idx"
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
            index=models.Index(fields=["person", "status"], name="complaints__person__8e317a_idx"),
        ),
        migrations.AddIndex(
            model_name="ruling",
            index=models.Index(fields=["site", "status"], name="complaints__site_id_e69554_idx"),
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
                fields=["answered_at", "missed_at", "due_at"], name="complaints__answere_ad650e_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("answered_by", None)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
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
    ]
