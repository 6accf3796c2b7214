"""Orders with their terms and tariff; the acceptance record and what stands beside it."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import courierqa.core.privacy


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0019_violation_kinds"),
        ("staff", "0002_catalogue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "parcel",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="acceptance",
                        serialize=False,
                        to="shipments.parcel",
                    ),
                ),
                ("event_uid", models.UUIDField()),
                ("accepted_at", models.DateTimeField()),
                ("day", models.DateField()),
                ("site_id", models.BigIntegerField(null=True)),
                ("person_id", models.BigIntegerField(null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("courier", "Courier phone"),
                            ("hub", "Hub scanner"),
                            ("office", "Office"),
                            ("import", "Import"),
                            ("api", "API"),
                            ("system", "System"),
                        ],
                        max_length=10,
                    ),
                ),
                ("needs_inspection", models.BooleanField()),
                ("needs_identity", models.BooleanField()),
                ("inspected_at", models.DateTimeField(null=True)),
                ("inspected_by_id", models.BigIntegerField(null=True)),
                ("identity_at", models.DateTimeField(null=True)),
                ("identity_by_id", models.BigIntegerField(null=True)),
                ("identity_kind", models.CharField(blank=True, max_length=20)),
                ("screened_at", models.DateTimeField(null=True)),
                ("item_kind", models.CharField(blank=True, max_length=15)),
                ("item_name", models.CharField(blank=True, max_length=100)),
                ("pieces", models.PositiveIntegerField(null=True)),
                ("weight_g", models.PositiveIntegerField(null=True)),
                ("declared_weight_g", models.PositiveIntegerField(null=True)),
                ("length_cm", models.PositiveIntegerField(null=True)),
                ("width_cm", models.PositiveIntegerField(null=True)),
                ("height_cm", models.PositiveIntegerField(null=True)),
                ("volume_cm3", models.BigIntegerField(null=True)),
                ("declared_volume_cm3", models.BigIntegerField(null=True)),
                ("differs", models.BooleanField(default=False)),
                ("instrument", models.CharField(blank=True, max_length=20)),
                ("appearance", models.CharField(blank=True, max_length=10)),
                ("opened_intact", models.BooleanField(null=True)),
                ("packing", models.CharField(blank=True, max_length=20)),
                ("packing_checked", models.BooleanField(default=False)),
                ("overpacked", models.BooleanField(null=True)),
                ("seal", models.CharField(blank=True, max_length=30)),
                ("marks", models.JSONField(default=list)),
                (
                    "waybill_kind",
                    models.CharField(
                        blank=True,
                        choices=[("electronic", "Electronic waybill"), ("paper", "Paper waybill")],
                        max_length=12,
                    ),
                ),
                ("missing", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="DangerReport",
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
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("flammable", "Flammable"),
                            ("explosive", "Explosive"),
                            ("poison", "Poisonous or infectious"),
                            ("corrosive", "Corrosive"),
                            ("radioactive", "Radioactive"),
                            ("other", "Other danger"),
                        ],
                        max_length=12,
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("found_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DangerStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("found", "Found and reported"),
                            ("isolated", "Set apart, people moved away"),
                            ("police", "Police told"),
                            ("bureau", "Postal bureau told"),
                            ("sender", "Sender questioned"),
                            ("handed", "Handed to the authority"),
                            ("outcome", "Outcome"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FeeChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_fen", models.PositiveIntegerField()),
                ("new_fen", models.PositiveIntegerField()),
                ("tariff_fen", models.PositiveIntegerField()),
                ("is_manual", models.BooleanField()),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="GoodsList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(unique=True)),
                ("valid_from", models.DateTimeField()),
                ("source", models.CharField(max_length=200)),
                ("source_en", models.CharField(max_length=200)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="IdentityCheck",
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
                        choices=[
                            ("id_card", "Identity card"),
                            ("passport", "Passport or permit"),
                            ("business", "Organisation, credit code"),
                            ("known", "Registered before"),
                            ("agreement", "Safety agreement"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "number_masked",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                ),
                ("is_verified", models.BooleanField()),
                ("checked_at", models.DateTimeField()),
                ("event_uid", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Instrument",
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
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("scale", "Scale"),
                            ("tape", "Tape measure"),
                            ("volume", "Volume scanner"),
                        ],
                        max_length=10,
                    ),
                ),
                ("calibrated_on", models.DateField()),
                ("valid_until", models.DateField()),
                ("certificate", models.CharField(blank=True, max_length=60)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["site__code", "code"],
            },
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("topic", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=160)),
                ("article", models.CharField(blank=True, max_length=60)),
                ("says", models.CharField(max_length=300)),
                ("says_en", models.CharField(max_length=300)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["topic", "position"],
            },
        ),
        migrations.CreateModel(
            name="PackingCount",
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
                ("day", models.DateField()),
                ("issued", models.PositiveIntegerField(default=0)),
                ("collected", models.PositiveIntegerField(default=0)),
                ("reused", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="PackingMaterial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("name_en", models.CharField(max_length=60)),
                ("is_eco", models.BooleanField()),
                ("is_reusable", models.BooleanField(default=False)),
                ("is_original", models.BooleanField(default=False)),
                ("fee_fen", models.PositiveIntegerField(default=0)),
                ("rule", models.CharField(max_length=300)),
                ("rule_en", models.CharField(max_length=300)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Payment",
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
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("provider", models.CharField(max_length=20)),
                ("amount_fen", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("paid", "Paid"),
                            ("declined", "Declined"),
                        ],
                        default="started",
                        max_length=10,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PickupChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_start", models.DateTimeField(null=True)),
                ("old_end", models.DateTimeField(null=True)),
                ("new_start", models.DateTimeField()),
                ("new_end", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "told_who",
                    models.CharField(
                        choices=[
                            ("sender", "Sender"),
                            ("family", "Family or colleague of the sender"),
                            ("nobody", "Nobody could be reached"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "told_way",
                    models.CharField(
                        choices=[
                            ("order", "Order terms"),
                            ("call", "Phone call"),
                            ("sms", "Text message"),
                            ("standing", "Standing preference"),
                            ("in_person", "In person"),
                        ],
                        max_length=12,
                    ),
                ),
                ("told_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Refusal",
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
                ("number", models.CharField(max_length=20, unique=True)),
                ("event_uid", models.UUIDField(null=True, unique=True)),
                ("item_name", models.CharField(blank=True, max_length=100)),
                ("explained", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("courier", "Courier phone"),
                            ("hub", "Hub scanner"),
                            ("office", "Office"),
                            ("import", "Import"),
                            ("api", "API"),
                            ("system", "System"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tariff",
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
                ("version", models.CharField(max_length=20, unique=True)),
                ("valid_from", models.DateField(unique=True)),
                ("volume_divisor", models.PositiveIntegerField(default=6000)),
                ("premium_bp", models.PositiveSmallIntegerField(default=50)),
                ("premium_least_fen", models.PositiveIntegerField(default=100)),
                ("is_proposal", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("note_en", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TariffRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("same_city", "Within one city"),
                            ("same_region", "Within one province"),
                            ("other", "To another province"),
                        ],
                        max_length=12,
                    ),
                ),
                ("first_g", models.PositiveIntegerField(default=1000)),
                ("first_fen", models.PositiveIntegerField()),
                ("step_g", models.PositiveIntegerField(default=1000)),
                ("step_fen", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Terms",
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
                ("version", models.CharField(max_length=20, unique=True)),
                ("valid_from", models.DateField(unique=True)),
                ("points", models.JSONField(default=list)),
                ("is_proposal", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="order",
            name="confirmed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="door_delivery",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="order",
            name="door_pickup",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="order",
            name="freight_fen",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="height_cm",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="invoice_number",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="order",
            name="invoiced_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="is_insured",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="length_cm",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="paid_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="payment_state",
            field=models.CharField(
                choices=[("due", "Not paid yet"), ("paid", "Paid"), ("refunded", "Refunded")],
                default="due",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="pieces",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="premium_fen",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="quoted_promise",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="taken_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="told",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="order",
            name="width_cm",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="zone",
            field=models.CharField(
                blank=True,
                choices=[
                    ("same_city", "Within one city"),
                    ("same_region", "Within one province"),
                    ("other", "To another province"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="marks",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="product",
            name="max_declared_fen",
            field=models.PositiveIntegerField(default=2000000),
        ),
        migrations.AddField(
            model_name="product",
            name="max_side_cm",
            field=models.PositiveSmallIntegerField(default=150),
        ),
        migrations.AddField(
            model_name="product",
            name="max_sum_cm",
            field=models.PositiveSmallIntegerField(default=300),
        ),
        migrations.AddField(
            model_name="product",
            name="max_weight_g",
            field=models.PositiveIntegerField(default=50000),
        ),
        migrations.AddField(
            model_name="prohibiteditem",
            name="category",
            field=models.CharField(
                choices=[
                    ("weapon", "Guns and ammunition"),
                    ("knife", "Controlled tools"),
                    ("explosive", "Explosives"),
                    ("gas", "Compressed gases"),
                    ("flammable", "Flammable goods"),
                    ("oxidiser", "Oxidising goods"),
                    ("poison", "Poisons and infectious goods"),
                    ("radioactive", "Radioactive goods"),
                    ("corrosive", "Corrosive goods"),
                    ("drug", "Narcotics"),
                    ("print", "Illegal publications"),
                    ("money", "Money and papers of value"),
                    ("living", "Animals, plants and their products"),
                    ("battery", "Batteries and magnets"),
                    ("perishable", "Perishable and liquid goods"),
                    ("other", "Other goods"),
                ],
                default="other",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="prohibiteditem",
            name="kind",
            field=models.CharField(
                choices=[("prohibited", "Prohibited"), ("restricted", "Restricted")],
                default="prohibited",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="prohibiteditem",
            name="since",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="prohibiteditem",
            name="until",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="prohibiteditem",
            name="term",
            field=models.CharField(max_length=60),
        ),
        migrations.AddConstraint(
            model_name="prohibiteditem",
            constraint=models.UniqueConstraint(fields=("term", "since"), name="ship_goods_once"),
        ),
        migrations.AddIndex(
            model_name="acceptance",
            index=models.Index(fields=["day", "site_id"], name="shipments_a_day_781827_idx"),
        ),
        migrations.AddField(
            model_name="dangerreport",
            name="exception",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.parcelexception",
            ),
        ),
        migrations.AddField(
            model_name="dangerreport",
            name="found_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.employee",
            ),
        ),
        migrations.AddField(
            model_name="dangerreport",
            name="parcel",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="danger_reports",
                to="shipments.parcel",
            ),
        ),
        migrations.AddField(
            model_name="dangerreport",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.site"
            ),
        ),
        migrations.AddField(
            model_name="dangerstep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="dangerstep",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="shipments.dangerreport",
            ),
        ),
        migrations.AddField(
            model_name="feechange",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="feechange",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fee_changes",
                to="shipments.order",
            ),
        ),
        migrations.AddField(
            model_name="goodslist",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="identitycheck",
            name="checked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.employee",
            ),
        ),
        migrations.AddField(
            model_name="identitycheck",
            name="parcel",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="identity_checks",
                to="shipments.parcel",
            ),
        ),
        migrations.AddField(
            model_name="instrument",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instruments",
                to="staff.site",
            ),
        ),
        migrations.AddField(
            model_name="packingcount",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="packingcount",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.site"
            ),
        ),
        migrations.AddField(
            model_name="packingcount",
            name="material",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.packingmaterial",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="shipments.order",
            ),
        ),
        migrations.AddField(
            model_name="pickupchange",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pickupchange",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pickup_changes",
                to="shipments.order",
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="parcel",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refusals",
                to="shipments.parcel",
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.employee",
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="reason",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.reason",
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.site",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="tariff",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.tariff",
            ),
        ),
        migrations.AddField(
            model_name="tariffrate",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.product",
            ),
        ),
        migrations.AddField(
            model_name="tariffrate",
            name="tariff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rates",
                to="shipments.tariff",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="terms",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.terms",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["pickup_site", "-ordered_at"], name="shipments_o_pickup__4a308b_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="dangerreport",
            index=models.Index(fields=["-found_at"], name="shipments_d_found_a_f1c2e8_idx"),
        ),
        migrations.AddIndex(
            model_name="feechange",
            index=models.Index(fields=["-at"], name="shipments_f_at_46c9ea_idx"),
        ),
        migrations.AddIndex(
            model_name="identitycheck",
            index=models.Index(
                fields=["parcel", "-checked_at"], name="shipments_i_parcel__49d91d_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="packingcount",
            constraint=models.UniqueConstraint(
                fields=("site", "day", "material"), name="ship_packing_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "paid")),
                fields=("order",),
                name="ship_one_paid_payment",
            ),
        ),
        migrations.AddIndex(
            model_name="refusal",
            index=models.Index(fields=["site", "-at"], name="shipments_r_site_id_bf9273_idx"),
        ),
        migrations.AddConstraint(
            model_name="tariffrate",
            constraint=models.UniqueConstraint(
                fields=("tariff", "product", "zone"), name="ship_rate_once"
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="channel",
            field=models.CharField(
                choices=[
                    ("phone", "Phone"),
                    ("web", "Website"),
                    ("app", "Mobile app"),
                    ("counter", "At the counter"),
                    ("api", "API"),
                    ("import", "Import"),
                ],
                max_length=20,
            ),
        ),
        # The tariff holds the prices now.
        migrations.RemoveField(model_name="product", name="base_fee_fen"),
        migrations.RemoveField(model_name="product", name="per_kg_fen"),
    ]
