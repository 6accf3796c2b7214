import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import courierqa.core.privacy


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("staff", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Customer",
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
                ("code", models.CharField(max_length=30, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("customer_class", models.CharField(default="standard", max_length=20)),
                ("agreement_from", models.DateField(null=True)),
                ("agreement_to", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Parcel",
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
                ("waybill", models.CharField(max_length=40, unique=True)),
                ("is_same_city", models.BooleanField(default=False)),
                ("is_test", models.BooleanField(default=False)),
                (
                    "sender_name",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                ),
                (
                    "sender_phone",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                ),
                (
                    "sender_address",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                ),
                (
                    "recipient_name",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                ),
                (
                    "recipient_phone",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                ),
                (
                    "recipient_address",
                    courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                ),
                ("sender_phone_index", courierqa.core.privacy.PhoneIndexField()),
                ("recipient_phone_index", courierqa.core.privacy.PhoneIndexField()),
                ("recipient_tail_index", courierqa.core.privacy.PhoneIndexField()),
                (
                    "item_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("letter", "Letter"),
                            ("document", "Documents"),
                            ("clothes", "Clothes"),
                            ("food", "Food"),
                            ("electronics", "Electronics"),
                            ("household", "Household goods"),
                            ("liquid", "Liquid"),
                            ("other", "Other"),
                        ],
                        max_length=15,
                    ),
                ),
                ("item_name", models.CharField(blank=True, max_length=100)),
                ("weight_g", models.PositiveIntegerField(null=True)),
                ("fee_fen", models.PositiveIntegerField(default=0)),
                ("cod_fen", models.PositiveIntegerField(default=0)),
                ("declared_value_fen", models.PositiveIntegerField(default=0)),
                ("promised_original", models.DateTimeField(null=True)),
                ("promised_by", models.DateTimeField(db_index=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("none", "Not registered"),
                            ("ordered", "Ordered"),
                            ("pickup_due", "Waiting for pickup"),
                            ("accepted", "Accepted"),
                            ("at_site", "At a hub"),
                            ("in_transit", "On the way"),
                            ("at_station", "At the delivery station"),
                            ("out", "Out for delivery"),
                            ("undelivered", "Attempt failed"),
                            ("at_point", "Ready for collection"),
                            ("returning", "Returning to sender"),
                            ("delivered", "Delivered"),
                            ("returned", "Returned"),
                            ("lost", "Lost"),
                            ("disposed", "Disposed"),
                            ("cancelled", "Cancelled"),
                            ("rejected", "Acceptance refused"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                ("conditions", models.JSONField(default=list)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("last_event_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("fold_version", models.PositiveIntegerField(default=0)),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcels",
                        to="shipments.customer",
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holding",
                        to="staff.employee",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Product",
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
                ("code", models.SlugField(max_length=30, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("name_en", models.CharField(max_length=40)),
                (
                    "clock",
                    models.CharField(
                        choices=[
                            ("hours", "hours"),
                            ("working_hours", "working hours"),
                            ("calendar_days", "calendar days"),
                            ("working_days", "working days"),
                        ],
                        max_length=15,
                    ),
                ),
                ("low", models.PositiveSmallIntegerField()),
                ("high", models.PositiveSmallIntegerField()),
                ("cutoff", models.TimeField(null=True)),
                ("calendar_code", models.CharField(default="CN", max_length=30)),
                ("base_fee_fen", models.PositiveIntegerField(default=1200)),
                ("per_kg_fen", models.PositiveIntegerField(default=300)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProhibitedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=60, unique=True)),
                ("term_en", models.CharField(max_length=60)),
                ("rule", models.CharField(max_length=200)),
                ("rule_en", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True)),
                (
                    "scan_code",
                    models.CharField(
                        choices=[
                            ("ORD", "Order registered"),
                            ("PAS", "Pickup assigned"),
                            ("PFL", "Pickup failed"),
                            ("RNV", "Sender identity verified"),
                            ("INS", "Contents inspected"),
                            ("REJ", "Acceptance refused"),
                            ("PUP", "Picked up"),
                            ("XRY", "Machine screening"),
                            ("ARR", "Arrived at site"),
                            ("SRT", "Sorted to lane"),
                            ("MIS", "Mis-sort found"),
                            ("BAG", "Put into bag"),
                            ("UNB", "Taken out of bag"),
                            ("DEP", "Left site"),
                            ("AST", "Arrived at delivery station"),
                            ("OFD", "Out for delivery"),
                            ("CON", "Consent recorded"),
                            ("ATT", "Delivery attempt failed"),
                            ("NAT", "Not attempted, brought back"),
                            ("RDY", "Placed in locker or pickup point"),
                            ("OVD", "Not collected by deadline"),
                            ("DLV", "Delivered"),
                            ("RFS", "Refused by recipient"),
                            ("PRT", "Partly delivered"),
                            ("HLD", "Held"),
                            ("RLS", "Released"),
                            ("DLY", "Delay declared"),
                            ("DMG", "Damage found"),
                            ("SRH", "Search begun"),
                            ("LST", "Loss confirmed"),
                            ("FND", "Found again"),
                            ("ADR", "Address problem"),
                            ("RTS", "Return decided"),
                            ("RTD", "Returned to sender"),
                            ("CNL", "Cancelled"),
                            ("DSP", "Disposed or handed to authority"),
                            ("NTF", "Customer told"),
                            ("DNR", "Recipient says not received"),
                            ("COR", "Correction"),
                            ("VOI", "Declared wrong"),
                        ],
                        max_length=3,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("us", "Us"),
                            ("sender", "Sender"),
                            ("recipient", "Recipient"),
                            ("third", "Third party"),
                            ("outside", "Outside"),
                        ],
                        max_length=10,
                    ),
                ),
                ("needs_photo", models.BooleanField(default=False)),
                ("needs_call", models.BooleanField(default=False)),
                ("may_excuse", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["scan_code", "position"],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
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
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("cause", models.CharField(max_length=200)),
                ("evidence", models.CharField(max_length=300)),
                ("approved_at", models.DateTimeField(null=True)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Lane",
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
                ("is_key", models.BooleanField(default=False)),
                ("promise_hours", models.PositiveSmallIntegerField(null=True)),
                (
                    "destination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LaneLeg",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("ORD", "Order registered"),
                            ("PAS", "Pickup assigned"),
                            ("PFL", "Pickup failed"),
                            ("RNV", "Sender identity verified"),
                            ("INS", "Contents inspected"),
                            ("REJ", "Acceptance refused"),
                            ("PUP", "Picked up"),
                            ("XRY", "Machine screening"),
                            ("ARR", "Arrived at site"),
                            ("SRT", "Sorted to lane"),
                            ("MIS", "Mis-sort found"),
                            ("BAG", "Put into bag"),
                            ("UNB", "Taken out of bag"),
                            ("DEP", "Left site"),
                            ("AST", "Arrived at delivery station"),
                            ("OFD", "Out for delivery"),
                            ("CON", "Consent recorded"),
                            ("ATT", "Delivery attempt failed"),
                            ("NAT", "Not attempted, brought back"),
                            ("RDY", "Placed in locker or pickup point"),
                            ("OVD", "Not collected by deadline"),
                            ("DLV", "Delivered"),
                            ("RFS", "Refused by recipient"),
                            ("PRT", "Partly delivered"),
                            ("HLD", "Held"),
                            ("RLS", "Released"),
                            ("DLY", "Delay declared"),
                            ("DMG", "Damage found"),
                            ("SRH", "Search begun"),
                            ("LST", "Loss confirmed"),
                            ("FND", "Found again"),
                            ("ADR", "Address problem"),
                            ("RTS", "Return decided"),
                            ("RTD", "Returned to sender"),
                            ("CNL", "Cancelled"),
                            ("DSP", "Disposed or handed to authority"),
                            ("NTF", "Customer told"),
                            ("DNR", "Recipient says not received"),
                            ("COR", "Correction"),
                            ("VOI", "Declared wrong"),
                        ],
                        max_length=3,
                    ),
                ),
                ("limit_minutes", models.PositiveIntegerField()),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legs",
                        to="shipments.lane",
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
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Order",
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
                ("key", models.CharField(max_length=60, unique=True)),
                ("channel", models.CharField(max_length=20)),
                ("ordered_at", models.DateTimeField()),
                ("fee_fen", models.PositiveIntegerField(default=0)),
                ("window_start", models.DateTimeField(null=True)),
                ("window_end", models.DateTimeField(null=True)),
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
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="shipments.customer",
                    ),
                ),
                (
                    "pickup_site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.site",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shipments.product",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ParcelFacts",
            fields=[
                (
                    "parcel",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="facts",
                        serialize=False,
                        to="shipments.parcel",
                    ),
                ),
                ("waybill", models.CharField(max_length=40)),
                ("product_id", models.BigIntegerField()),
                ("origin_id", models.BigIntegerField()),
                ("site_id", models.BigIntegerField()),
                ("courier_id", models.BigIntegerField(null=True)),
                ("cause_site_id", models.BigIntegerField(null=True)),
                ("cause_courier_id", models.BigIntegerField(null=True)),
                ("cause_leg", models.CharField(blank=True, max_length=20)),
                ("same_city", models.BooleanField()),
                ("state", models.CharField(max_length=12)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("accepted_day", models.DateField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_day", models.DateField(null=True)),
                ("due_defaulted", models.BooleanField(default=False)),
                ("h72_at", models.DateTimeField(null=True)),
                ("h72_day", models.DateField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_day", models.DateField(null=True)),
                ("attempt_at", models.DateTimeField(null=True)),
                ("attempt_day", models.DateField(null=True)),
                ("attempt_done", models.BooleanField(default=False)),
                ("lost_at", models.DateTimeField(null=True)),
                ("out_t01", models.BooleanField(default=False)),
                ("out_t02", models.BooleanField(default=False)),
                ("out_t03", models.BooleanField(default=False)),
                ("lost", models.BooleanField(default=False)),
                ("damaged", models.BooleanField(default=False)),
                ("short", models.BooleanField(default=False)),
                ("exempt", models.BooleanField(default=False)),
                ("marked", models.BooleanField(default=False)),
                ("is_test", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="parcel",
            name="lane",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.lane",
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="last_site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.site",
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="order",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parcels",
                to="shipments.order",
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="origin",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.site"
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="shipments.parcel",
            ),
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_uid", models.UUIDField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("missing_scan", "Missing scan"),
                            ("anomaly", "Does not fit the state"),
                            ("conflict", "Conflict with an earlier scan"),
                            ("gate", "Gate not passed"),
                            ("clock", "Device clock in doubt"),
                            ("after_end", "Scan after the end"),
                            ("import", "Faulty source row"),
                        ],
                        max_length=15,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("detail", models.JSONField(default=dict)),
                ("site_id", models.BigIntegerField(null=True)),
                ("found_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "parcel",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="shipments.parcel",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
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
                ("phone_index", courierqa.core.privacy.PhoneIndexField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("recipient", "Recipient in person"),
                            ("proxy", "Named proxy"),
                            ("locker", "Locker"),
                            ("station", "Service point"),
                            ("safe_place", "Safe place"),
                            ("collected", "Collected by recipient"),
                            ("counter", "At the counter"),
                        ],
                        max_length=12,
                    ),
                ),
                ("given", models.BooleanField()),
                (
                    "way",
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
                ("who", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("event_uid", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "recorded_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="shipments.parcel",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ParcelException",
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
                            ("lost", "Lost?"),
                            ("damaged", "Damaged"),
                            ("delayed", "Late"),
                            ("address", "Address problem"),
                            ("attempt", "Attempt failed"),
                            ("refused", "Refused"),
                            ("stuck", "No movement"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("locating", "Being handled"),
                            ("told", "Customer told"),
                            ("solved", "Solved"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("cause", models.CharField(blank=True, max_length=60)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "owner",
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
                        related_name="exceptions",
                        to="shipments.parcel",
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
        ),
        migrations.AddField(
            model_name="parcel",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="shipments.product",
            ),
        ),
        migrations.CreateModel(
            name="PromiseChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old", models.DateTimeField(null=True)),
                ("new", models.DateTimeField()),
                ("asked_by_customer", models.BooleanField()),
                ("cause", models.CharField(max_length=200)),
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
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promise_changes",
                        to="shipments.parcel",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proof",
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
                ("uid", models.UUIDField(unique=True)),
                ("event_uid", models.UUIDField(db_index=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signature", "Signature"),
                            ("photo", "Photo"),
                            ("code", "Pickup code"),
                        ],
                        max_length=10,
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to="proofs/%Y/%m/")),
                ("strokes", models.JSONField(default=list)),
                ("sha256", models.CharField(max_length=64)),
                ("captured_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="shipments.parcel",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScanEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField()),
                ("device", models.CharField(max_length=60)),
                ("parcel_id", models.BigIntegerField(null=True)),
                ("waybill", models.CharField(max_length=40)),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("ORD", "Order registered"),
                            ("PAS", "Pickup assigned"),
                            ("PFL", "Pickup failed"),
                            ("RNV", "Sender identity verified"),
                            ("INS", "Contents inspected"),
                            ("REJ", "Acceptance refused"),
                            ("PUP", "Picked up"),
                            ("XRY", "Machine screening"),
                            ("ARR", "Arrived at site"),
                            ("SRT", "Sorted to lane"),
                            ("MIS", "Mis-sort found"),
                            ("BAG", "Put into bag"),
                            ("UNB", "Taken out of bag"),
                            ("DEP", "Left site"),
                            ("AST", "Arrived at delivery station"),
                            ("OFD", "Out for delivery"),
                            ("CON", "Consent recorded"),
                            ("ATT", "Delivery attempt failed"),
                            ("NAT", "Not attempted, brought back"),
                            ("RDY", "Placed in locker or pickup point"),
                            ("OVD", "Not collected by deadline"),
                            ("DLV", "Delivered"),
                            ("RFS", "Refused by recipient"),
                            ("PRT", "Partly delivered"),
                            ("HLD", "Held"),
                            ("RLS", "Released"),
                            ("DLY", "Delay declared"),
                            ("DMG", "Damage found"),
                            ("SRH", "Search begun"),
                            ("LST", "Loss confirmed"),
                            ("FND", "Found again"),
                            ("ADR", "Address problem"),
                            ("RTS", "Return decided"),
                            ("RTD", "Returned to sender"),
                            ("CNL", "Cancelled"),
                            ("DSP", "Disposed or handed to authority"),
                            ("NTF", "Customer told"),
                            ("DNR", "Recipient says not received"),
                            ("COR", "Correction"),
                            ("VOI", "Declared wrong"),
                        ],
                        max_length=3,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=30)),
                ("detail", models.JSONField(default=dict)),
                ("happened_at", models.DateTimeField()),
                ("utc_offset", models.SmallIntegerField(default=480)),
                ("recorded_at", models.DateTimeField()),
                ("effective_at", models.DateTimeField()),
                ("flags", models.JSONField(default=list)),
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
                ("corrects", models.UUIDField(null=True)),
                ("fingerprint", models.CharField(max_length=32)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("accuracy_m", models.FloatField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["parcel_id", "happened_at"], name="shipments_s_parcel__a37f5b_idx"
                    ),
                    models.Index(
                        fields=["site_id", "happened_at"], name="shipments_s_site_id_28ff7e_idx"
                    ),
                    models.Index(
                        condition=models.Q(("parcel_id", None)),
                        fields=["waybill"],
                        name="ship_event_unmatched",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("device", "uid"), name="ship_event_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TrackLookup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visitor", models.CharField(max_length=64)),
                ("minute", models.DateTimeField()),
                ("hits", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("visitor", "minute"), name="ship_lookup_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="lane",
            constraint=models.UniqueConstraint(
                fields=("origin", "destination"), name="ship_lane_once"
            ),
        ),
        migrations.AddIndex(
            model_name="parcelfacts",
            index=models.Index(
                fields=["due_day", "site_id"], name="shipments_p_due_day_51ff82_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="parcelfacts",
            index=models.Index(
                fields=["accepted_day", "site_id"], name="shipments_p_accepte_622bd6_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="parcelfacts",
            index=models.Index(
                fields=["h72_day", "site_id"], name="shipments_p_h72_day_682cab_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="parcelfacts",
            index=models.Index(
                fields=["attempt_day", "site_id"], name="shipments_p_attempt_52e46a_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="parcelfacts",
            index=models.Index(
                fields=["courier_id", "due_day"], name="shipments_p_courier_6e6dc2_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                fields=("parcel", "kind", "code", "event_uid"), name="ship_finding_once"
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["phone_index"], name="shipments_c_phone_i_46901f_idx"),
        ),
        migrations.AddIndex(
            model_name="parcelexception",
            index=models.Index(fields=["status", "due_at"], name="shipments_p_status_ac5906_idx"),
        ),
        migrations.AddConstraint(
            model_name="parcelexception",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "solved"), _negated=True),
                fields=("parcel", "kind"),
                name="ship_one_open_exception",
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                fields=["recipient_phone_index"], name="shipments_p_recipie_2ab55c_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                fields=["recipient_tail_index"], name="shipments_p_recipie_e9b763_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                fields=["sender_phone_index"], name="shipments_p_sender__697bbc_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(fields=["holder", "state"], name="shipments_p_holder__0974e7_idx"),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                fields=["destination", "state"], name="shipments_p_destina_c11c6f_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "none",
                            "ordered",
                            "pickup_due",
                            "accepted",
                            "at_site",
                            "in_transit",
                            "at_station",
                            "out",
                            "undelivered",
                            "at_point",
                            "returning",
                            "delivered",
                            "returned",
                            "lost",
                            "disposed",
                            "cancelled",
                            "rejected",
                        ],
                    )
                ),
                name="ship_parcel_state_known",
            ),
        ),
    ]
