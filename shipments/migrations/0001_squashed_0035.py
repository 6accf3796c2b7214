"""The tables of parcels as migrations 0001 to 0035 leave them, in one step for a new database.

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
    "scanevent", "publictext", "roundcheck", "orderacceptance", "slot", "codentry", "codhandin",
    "feechange", "pickupchange", "dangerstep", "vehiclereading", "arrivalcount", "calibration",
)  # fmt: skip


def _of(migration, name):
    return part_of("shipments", migration, name)


class Migration(migrations.Migration):
    replaces = [
        ("shipments", "0001_initial"),
        ("shipments", "0002_catalogue"),
        ("shipments", "0003_insert_only"),
        ("shipments", "0004_publictext"),
        ("shipments", "0005_proof_received"),
        ("shipments", "0006_delivery"),
        ("shipments", "0007_delivery_rules"),
        ("shipments", "0008_delivery_insert_only"),
        ("shipments", "0009_network"),
        ("shipments", "0010_screening_rules"),
        ("shipments", "0011_exchange"),
        ("shipments", "0012_event_fields"),
        ("shipments", "0013_finding_decisions"),
        ("shipments", "0014_reason_steps"),
        ("shipments", "0015_reason_catalogue"),
        ("shipments", "0016_exceptions_in_depth"),
        ("shipments", "0017_exception_classes"),
        ("shipments", "0018_conduct"),
        ("shipments", "0019_violation_kinds"),
        ("shipments", "0020_orders_acceptance"),
        ("shipments", "0021_acceptance_catalogue"),
        ("shipments", "0022_orders_insert_only"),
        ("shipments", "0023_attempts_told"),
        ("shipments", "0024_attempts_told_of_imports"),
        ("shipments", "0025_placement_left"),
        ("shipments", "0026_limits_of_facts"),
        ("shipments", "0027_more_facts"),
        ("shipments", "0029_counted_rows"),
        ("shipments", "0030_notice_classes"),
        ("shipments", "0031_steps_of_the_way"),
        ("shipments", "0034_exemptions"),
        ("shipments", "0035_things"),
    ]

    initial = True

    dependencies = [
        ("core", "0007_idempotency"),
        ("staff", "0013_counted_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables(
            [
                migrations.CreateModel(
                    name="Parcel",
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
                        ("marks", models.JSONField(default=list)),
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
                        (
                            "last_site",
                            models.ForeignKey(
                                null=True,
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
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="shipments.parcel",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CheckItem",
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
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("before", "Before the round"),
                                    ("after", "After the round"),
                                    ("door", "Conduct at the door"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("name_en", models.CharField(max_length=80)),
                        ("is_critical", models.BooleanField(default=False)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["phase", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="Customer",
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
                    name="DeliveryRule",
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
                        ("kind", models.CharField(max_length=15, unique=True)),
                        ("accept_minutes", models.PositiveSmallIntegerField(default=30)),
                        ("last_mile_hours", models.PositiveSmallIntegerField(default=24)),
                        ("notice_minutes", models.PositiveSmallIntegerField(default=30)),
                        ("keep_hours", models.PositiveSmallIntegerField(default=72)),
                        ("notice", models.CharField(max_length=200)),
                        ("notice_en", models.CharField(max_length=200)),
                        ("placing", models.CharField(max_length=300)),
                        ("placing_en", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ["kind"],
                    },
                ),
                migrations.CreateModel(
                    name="ExceptionClass",
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
                        ("code", models.SlugField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        ("name_en", models.CharField(max_length=40)),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("low", "Low"),
                                    ("normal", "Normal"),
                                    ("high", "High"),
                                    ("critical", "Critical"),
                                ],
                                default="normal",
                                max_length=10,
                            ),
                        ),
                        ("tell_hours", models.PositiveSmallIntegerField(default=24)),
                        ("solve_hours", models.PositiveSmallIntegerField(default=72)),
                        ("next_steps", models.TextField(blank=True)),
                        ("next_steps_en", models.TextField(blank=True)),
                        ("needs_remedy", models.BooleanField(default=False)),
                        ("ends_with_trip", models.BooleanField(default=False)),
                        ("stops_parcel", models.BooleanField(default=False)),
                        ("by_hand", models.BooleanField(default=True)),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_proposal", models.BooleanField(default=True)),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                        ("needs_notice", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Lane",
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
                        ("is_key", models.BooleanField(default=False)),
                        (
                            "mode",
                            models.CharField(
                                choices=[("road", "Road"), ("air", "Air"), ("rail", "Rail")],
                                default="road",
                                max_length=4,
                            ),
                        ),
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
                    name="LegalBasis",
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
                    name="Order",
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
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("key", models.CharField(max_length=60, unique=True)),
                        (
                            "channel",
                            models.CharField(
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
                        ("ordered_at", models.DateTimeField()),
                        ("fee_fen", models.PositiveIntegerField(default=0)),
                        ("window_start", models.DateTimeField(null=True)),
                        ("window_end", models.DateTimeField(null=True)),
                        ("taken_at", models.DateTimeField(null=True)),
                        ("pieces", models.PositiveIntegerField(null=True)),
                        ("length_cm", models.PositiveIntegerField(null=True)),
                        ("width_cm", models.PositiveIntegerField(null=True)),
                        ("height_cm", models.PositiveIntegerField(null=True)),
                        ("door_pickup", models.BooleanField(default=True)),
                        ("door_delivery", models.BooleanField(default=True)),
                        (
                            "zone",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("same_city", "Within one city"),
                                    ("same_region", "Within one province"),
                                    ("other", "To another province"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("freight_fen", models.PositiveIntegerField(default=0)),
                        ("premium_fen", models.PositiveIntegerField(default=0)),
                        ("is_insured", models.BooleanField(null=True)),
                        ("quoted_promise", models.DateTimeField(null=True)),
                        ("told", models.JSONField(default=list)),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        (
                            "payment_state",
                            models.CharField(
                                choices=[
                                    ("due", "Not paid yet"),
                                    ("paid", "Paid"),
                                    ("refunded", "Refunded"),
                                ],
                                default="due",
                                max_length=10,
                            ),
                        ),
                        ("paid_at", models.DateTimeField(null=True)),
                        ("invoice_number", models.CharField(blank=True, max_length=30)),
                        ("invoiced_at", models.DateTimeField(null=True)),
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
                    ],
                ),
                migrations.CreateModel(
                    name="PackingMaterial",
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
                    name="Partner",
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
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("carrier", "Carrier"),
                                    ("station", "Station operator"),
                                    ("supplier", "Supplier of material"),
                                    ("locker", "Locker operator"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("agreement_from", models.DateField(null=True)),
                        ("agreement_to", models.DateField(null=True)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="PredictionScore",
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
                        ("day", models.DateField(unique=True)),
                        ("judged", models.PositiveIntegerField()),
                        ("late", models.PositiveIntegerField()),
                        ("warned", models.PositiveIntegerField()),
                        ("hits", models.PositiveIntegerField()),
                        ("lead_minutes", models.PositiveIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Product",
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
                        ("max_weight_g", models.PositiveIntegerField(default=50000)),
                        ("max_side_cm", models.PositiveSmallIntegerField(default=150)),
                        ("max_sum_cm", models.PositiveSmallIntegerField(default=300)),
                        ("max_declared_fen", models.PositiveIntegerField(default=2000000)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "number_rule",
                            models.CharField(
                                choices=[
                                    ("any", "Letters and digits"),
                                    ("s10", "UPU S10 with check digit"),
                                ],
                                default="any",
                                max_length=5,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
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
                        ("next_steps", models.JSONField(default=list)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("is_active", models.BooleanField(default=True)),
                        ("retired_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["scan_code", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="RiskArea",
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
                        ("keywords", models.JSONField(default=list)),
                        ("city", models.CharField(blank=True, max_length=40)),
                        ("advice", models.CharField(max_length=200)),
                        ("is_active", models.BooleanField(default=True)),
                        ("until", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Tariff",
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
                    name="Terms",
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
                        ("version", models.CharField(max_length=20, unique=True)),
                        ("valid_from", models.DateField(unique=True)),
                        ("points", models.JSONField(default=list)),
                        ("is_proposal", models.BooleanField(default=False)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ViolationKind",
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
                        ("red_line", models.CharField(blank=True, max_length=20)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Bag",
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
                        ("number", models.CharField(max_length=20, unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("filling", "Being filled"),
                                    ("sealed", "Sealed"),
                                    ("opened", "Unpacked"),
                                ],
                                default="filling",
                                max_length=8,
                            ),
                        ),
                        ("seal", models.CharField(blank=True, max_length=30)),
                        ("sealed_at", models.DateTimeField(null=True)),
                        ("seal_found", models.CharField(blank=True, max_length=30)),
                        ("opened_at", models.DateTimeField(null=True)),
                        (
                            "destination",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "opened_site",
                            models.ForeignKey(
                                null=True,
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
                        (
                            "sealed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="BagItem",
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
                        ("put_at", models.DateTimeField()),
                        ("taken_at", models.DateTimeField(null=True)),
                        ("is_surplus", models.BooleanField(default=False)),
                        (
                            "bag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="shipments.bag",
                            ),
                        ),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bag_items",
                                to="shipments.parcel",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CalendarChange",
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
                        ("version", models.PositiveIntegerField()),
                        ("day", models.DateField()),
                        ("is_working", models.BooleanField()),
                        ("name", models.CharField(max_length=60)),
                        ("reason", models.CharField(max_length=200)),
                        ("looked_at", models.PositiveIntegerField(default=0)),
                        ("moved", models.PositiveIntegerField(default=0)),
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
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.calendar",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CodEntry",
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
                        ("day", models.DateField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("collected", "Money taken"),
                                    ("refused", "Payment refused"),
                                    ("reversed", "Reversed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(default=0)),
                        ("expected_fen", models.PositiveBigIntegerField(default=0)),
                        ("goods_checked", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=30)),
                        ("event_uid", models.UUIDField(null=True)),
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
                                related_name="cod_entries",
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
                    name="CodHandIn",
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
                        ("day", models.DateField()),
                        ("ledger_fen", models.BigIntegerField()),
                        ("handed_fen", models.PositiveBigIntegerField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                        (
                            "courier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                migrations.CreateModel(
                    name="Consent",
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
                            "parcel",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="shipments.parcel",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ConsentRequest",
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
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("call", "Phone call"),
                                    ("sms", "Text message"),
                                    ("in_person", "In person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "consent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.consent",
                            ),
                        ),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consent_requests",
                                to="shipments.parcel",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Contact",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("call", "Phone call"),
                                    ("sms", "Text message"),
                                    ("in_person", "In person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("agree", "Agree time and place"),
                                    ("late", "Say that we will be late"),
                                    ("address", "Clear up the address"),
                                    ("consent", "Ask for consent"),
                                    ("retry", "After a failed attempt"),
                                    ("other", "Something else"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("reached", "Reached"),
                                    ("no_answer", "No answer"),
                                    ("busy", "Busy or switched off"),
                                    ("wrong_number", "Wrong number"),
                                    ("sent", "Sent, no reply yet"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("seconds", models.PositiveSmallIntegerField(default=0)),
                        (
                            "words",
                            courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                        ),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
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
                    name="ContentLine",
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
                        ("name", models.CharField(max_length=60)),
                        ("count", models.PositiveSmallIntegerField(default=1)),
                        ("is_gift", models.BooleanField(default=False)),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="content_lines",
                                to="shipments.parcel",
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="parcel",
                    name="customer",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcels",
                        to="shipments.customer",
                    ),
                ),
                migrations.CreateModel(
                    name="DangerReport",
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
                        (
                            "found_by",
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
                                related_name="danger_reports",
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
                migrations.CreateModel(
                    name="DangerStep",
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
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="shipments.dangerreport",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "To decide"),
                                    ("confirmed", "Confirmed"),
                                    ("dismissed", "Scan declared wrong"),
                                    ("noted", "Noted, nothing to correct"),
                                    ("healed", "Healed by a later scan"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
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
                    name="GoodsList",
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
                        ("version", models.PositiveIntegerField(unique=True)),
                        ("valid_from", models.DateTimeField()),
                        ("source", models.CharField(max_length=200)),
                        ("source_en", models.CharField(max_length=200)),
                        ("note", models.CharField(blank=True, max_length=200)),
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
                        "ordering": ["-version"],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverFacts",
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
                        ("parcel_id", models.BigIntegerField()),
                        ("event_uid", models.UUIDField()),
                        ("waybill", models.CharField(max_length=40)),
                        ("site_id", models.BigIntegerField()),
                        ("product_id", models.BigIntegerField()),
                        ("courier_id", models.BigIntegerField(null=True)),
                        ("way", models.CharField(max_length=12)),
                        ("is_placing", models.BooleanField()),
                        ("is_import", models.BooleanField()),
                        ("made_at", models.DateTimeField()),
                        ("made_day", models.DateField()),
                        ("needs_consent", models.BooleanField()),
                        ("agreed", models.BooleanField()),
                        ("told_at", models.DateTimeField(null=True)),
                        ("tell_by", models.DateTimeField(null=True)),
                        ("tell_day", models.DateField(null=True)),
                        ("proof_at", models.DateTimeField(null=True)),
                        ("proof_by", models.DateTimeField(null=True)),
                        ("proof_day", models.DateField(null=True)),
                        ("fetched_at", models.DateTimeField(null=True)),
                        ("left_at", models.DateTimeField(null=True)),
                        ("fetch_by", models.DateTimeField(null=True)),
                        ("fetch_day", models.DateField(null=True)),
                        ("denied_at", models.DateTimeField(null=True)),
                        ("denied_day", models.DateField(null=True)),
                        ("is_faulty", models.BooleanField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["made_day", "site_id"],
                                name="shipments_h_made_da_24ee7a_idx",
                            ),
                            models.Index(
                                fields=["tell_day", "site_id"],
                                name="shipments_h_tell_da_f76b6e_idx",
                            ),
                            models.Index(
                                fields=["proof_day", "site_id"],
                                name="shipments_h_proof_d_7acd5b_idx",
                            ),
                            models.Index(
                                fields=["fetch_day", "site_id"],
                                name="shipments_h_fetch_d_553560_idx",
                            ),
                            models.Index(
                                fields=["denied_day", "site_id"],
                                name="shipments_h_denied__1ab77a_idx",
                            ),
                            models.Index(
                                condition=models.Q(("is_faulty", True)),
                                fields=["parcel_id"],
                                name="ship_handover_faulty",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("parcel_id", "event_uid"), name="ship_handover_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdentityCheck",
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
                        (
                            "checked_by",
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
                                related_name="identity_checks",
                                to="shipments.parcel",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ImportTrace",
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
                        ("run_id", models.BigIntegerField()),
                        ("parcel_id", models.BigIntegerField()),
                        ("created", models.BooleanField()),
                        ("undone_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["parcel_id"], name="ship_import_trace_parcel")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run_id", "parcel_id"), name="ship_import_trace_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instrument",
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
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instruments",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["site__code", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Calibration",
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
                        ("calibrated_on", models.DateField()),
                        ("valid_until", models.DateField()),
                        ("certificate", models.CharField(blank=True, max_length=60)),
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
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calibrations",
                                to="shipments.instrument",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-calibrated_on", "-pk"],
                    },
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
                migrations.CreateModel(
                    name="Exemption",
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
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("cause", models.CharField(max_length=200)),
                        ("evidence", models.CharField(max_length=300)),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("number", models.CharField(max_length=20, unique=True)),
                        (
                            "reach",
                            models.CharField(
                                choices=[
                                    ("sites", "Named sites"),
                                    ("region", "A region"),
                                    ("lanes", "Named lanes"),
                                    ("network", "The whole network"),
                                ],
                                default="sites",
                                max_length=8,
                            ),
                        ),
                        ("region", models.CharField(blank=True, max_length=30)),
                        ("file", models.FileField(blank=True, upload_to="exemptions/%Y/%m/")),
                        ("file_kind", models.CharField(blank=True, max_length=8)),
                        ("file_name", models.CharField(blank=True, max_length=100)),
                        ("file_sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("requested", "Waiting for approval"),
                                    ("approved", "Approved"),
                                    ("rejected", "Rejected"),
                                    ("revoked", "Revoked"),
                                ],
                                default="requested",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "approval",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sites", models.ManyToManyField(related_name="+", to="staff.site")),
                        ("lanes", models.ManyToManyField(related_name="+", to="shipments.lane")),
                    ],
                    options={
                        "abstract": False,
                        "ordering": ["-starts_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LaneChange",
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
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
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
                            "lane",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="shipments.lane",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="LanePace",
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
                        ("lane_id", models.BigIntegerField()),
                        ("shape", models.CharField(max_length=60)),
                        ("product_id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=3)),
                        ("site_id", models.BigIntegerField()),
                        ("n", models.PositiveIntegerField()),
                        ("leg_p80", models.PositiveIntegerField()),
                        ("rest_p80", models.PositiveIntegerField()),
                        ("computed_at", models.DateTimeField()),
                        ("rest_warn", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lane_id", "shape", "product_id", "position"),
                                name="ship_pace_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Locker",
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
                        ("operator", models.CharField(max_length=60)),
                        ("cells", models.PositiveSmallIntegerField()),
                        (
                            "consent_rule",
                            models.CharField(
                                choices=[
                                    ("each", "Asked for each parcel"),
                                    ("standing", "A standing preference is enough"),
                                ],
                                default="each",
                                max_length=10,
                            ),
                        ),
                        ("dwell_limit_hours", models.PositiveSmallIntegerField(default=24)),
                        ("is_working", models.BooleanField(default=True)),
                        (
                            "site",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="locker",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
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
                migrations.CreateModel(
                    name="FeeChange",
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
                        ("old_fen", models.PositiveIntegerField()),
                        ("new_fen", models.PositiveIntegerField()),
                        ("tariff_fen", models.PositiveIntegerField()),
                        ("is_manual", models.BooleanField()),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fee_changes",
                                to="shipments.order",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="OrderAcceptance",
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
                            "courier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acceptances",
                                to="shipments.order",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PackingCount",
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
                        ("day", models.DateField()),
                        ("issued", models.PositiveIntegerField(default=0)),
                        ("collected", models.PositiveIntegerField(default=0)),
                        ("reused", models.PositiveIntegerField(default=0)),
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
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "material",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.packingmaterial",
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
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("kind", models.CharField(max_length=20)),
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
                        ("found_at", models.DateTimeField(null=True)),
                        ("reported_at", models.DateTimeField(null=True)),
                        ("opened_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("place", models.CharField(blank=True, max_length=60)),
                        ("cause", models.CharField(blank=True, max_length=60)),
                        ("root_cause", models.CharField(blank=True, max_length=300)),
                        (
                            "plan",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("resend", "Send again"),
                                    ("return", "Return to sender"),
                                    ("redeliver", "Deliver again"),
                                    ("search", "Search"),
                                    ("compensate", "Compensate"),
                                    ("new_address", "New address"),
                                    ("wait", "Wait for the customer"),
                                    ("dispose", "Dispose or hand to authority"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("description", models.CharField(blank=True, max_length=500)),
                        ("steps_done", models.JSONField(default=dict)),
                        ("notice_by", models.DateTimeField(null=True)),
                        ("solve_by", models.DateTimeField(null=True)),
                        ("called_at", models.DateTimeField(null=True)),
                        ("proved_wrong", models.BooleanField(default=False)),
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
                migrations.CreateModel(
                    name="ExceptionPhoto",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("file", models.FileField(upload_to="exceptions/%Y/%m/")),
                        ("sha256", models.CharField(max_length=64)),
                        ("added_at", models.DateTimeField()),
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
                            "exception",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="shipments.parcelexception",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
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
                migrations.CreateModel(
                    name="PartnerScore",
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
                        ("punctuality", models.PositiveSmallIntegerField()),
                        ("care", models.PositiveSmallIntegerField()),
                        ("cooperation", models.PositiveSmallIntegerField()),
                        ("note", models.CharField(max_length=300)),
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
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="shipments.partner",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Payment",
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
                            "reference",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
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
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="shipments.order",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PickupChange",
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
                        (
                            "asked_by",
                            models.CharField(
                                choices=[
                                    ("recipient", "Recipient"),
                                    ("sender", "Sender"),
                                    ("us", "Us"),
                                ],
                                default="us",
                                max_length=10,
                            ),
                        ),
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pickup_changes",
                                to="shipments.order",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Placement",
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
                        ("event_uid", models.UUIDField(unique=True)),
                        (
                            "way",
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
                        ("place", models.CharField(blank=True, max_length=60)),
                        (
                            "pickup_code",
                            courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                        ),
                        ("wrong_codes", models.PositiveSmallIntegerField(default=0)),
                        ("placed_at", models.DateTimeField()),
                        ("keep_until", models.DateTimeField()),
                        ("told_at", models.DateTimeField(null=True)),
                        ("collected_at", models.DateTimeField(null=True)),
                        ("overdue_at", models.DateTimeField(null=True)),
                        ("left_at", models.DateTimeField(null=True)),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
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
                    name="Preference",
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
                        ("phone_index", courierqa.core.privacy.PhoneIndexField()),
                        (
                            "way",
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
                        (
                            "words",
                            courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                        ),
                        ("at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("phone_index",),
                                name="ship_one_wish",
                            )
                        ],
                    },
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
                migrations.AddField(
                    model_name="order",
                    name="product",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shipments.product",
                    ),
                ),
                migrations.AddField(
                    model_name="lane",
                    name="product",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shipments.product",
                    ),
                ),
                migrations.CreateModel(
                    name="ProhibitedItem",
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
                        ("term", models.CharField(max_length=60)),
                        ("term_en", models.CharField(max_length=60)),
                        ("rule", models.CharField(max_length=200)),
                        ("rule_en", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("prohibited", "Prohibited"),
                                    ("restricted", "Restricted"),
                                ],
                                default="prohibited",
                                max_length=10,
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
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
                        ("since", models.PositiveIntegerField(default=1)),
                        ("until", models.PositiveIntegerField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("term", "since"), name="ship_goods_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PromiseChange",
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
                        ("received_sha256", models.CharField(blank=True, max_length=64)),
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
                    name="ProofRule",
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
                            "way",
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
                        ("kinds", models.JSONField(default=list)),
                        ("needs_signer", models.BooleanField(default=False)),
                        ("needs_relation", models.BooleanField(default=False)),
                        ("needs_consent", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("way",), name="ship_proof_rule_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicText",
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
                            "code",
                            models.CharField(
                                choices=[
                                    ("standards", "Service pledges"),
                                    ("delivery", "Delivery rules"),
                                    ("compensation", "Compensation rules"),
                                    ("contact", "How to reach us"),
                                    ("privacy", "Privacy statement"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=80)),
                        ("title_en", models.CharField(max_length=80)),
                        ("body", models.TextField()),
                        ("body_en", models.TextField()),
                        ("valid_from", models.DateTimeField()),
                        ("is_proposal", models.BooleanField(default=False)),
                        ("why", models.CharField(max_length=200)),
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
                migrations.CreateModel(
                    name="Purchase",
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
                        ("item", models.CharField(max_length=80)),
                        ("quantity", models.PositiveIntegerField()),
                        ("received_on", models.DateField()),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("passed", "Passed"),
                                    ("conditional", "Accepted with conditions"),
                                    ("returned", "Sent back"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("found", models.CharField(max_length=300)),
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
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="purchases",
                                to="shipments.partner",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Refusal",
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
                        (
                            "parcel",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refusals",
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
                        (
                            "reason",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.reason",
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
                    name="RefusedDeed",
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
                        ("scan_code", models.CharField(max_length=3)),
                        ("code", models.CharField(max_length=30)),
                        ("mode", models.CharField(blank=True, max_length=4)),
                        ("at", models.DateTimeField(db_index=True)),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refused_deeds",
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Responsibility",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("decided", "Responsibility decided"),
                                    ("appealed", "Appealed against"),
                                    ("upheld", "Upheld after appeal"),
                                    ("lifted", "Lifted after appeal"),
                                ],
                                default="decided",
                                max_length=10,
                            ),
                        ),
                        (
                            "party",
                            models.CharField(
                                choices=[
                                    ("site", "A site"),
                                    ("person", "A person"),
                                    ("outside", "Outside the company"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("evidence", models.CharField(max_length=500)),
                        ("decided_at", models.DateTimeField()),
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
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "exception",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responsibility",
                                to="shipments.parcelexception",
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReturnRequest",
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
                                    ("return", "Return"),
                                    ("exchange", "Exchange"),
                                    ("recall", "Recall by the sender"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "asked_by",
                            models.CharField(
                                choices=[
                                    ("recipient", "Recipient"),
                                    ("sender", "Sender"),
                                    ("us", "Us"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("cause", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                        (
                            "inspection",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("good", "Complete and undamaged"),
                                    ("damaged", "Damaged"),
                                    ("incomplete", "Incomplete"),
                                    ("other_goods", "Not the goods sent"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("inspection_note", models.CharField(blank=True, max_length=300)),
                        ("inspected_at", models.DateTimeField(null=True)),
                        (
                            "back",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returned_by",
                                to="shipments.parcel",
                            ),
                        ),
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
                            "inspected_by",
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
                                related_name="returns",
                                to="shipments.parcel",
                            ),
                        ),
                        (
                            "replacement",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="shipments.parcel",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Round",
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
                        ("day", models.DateField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Given out"),
                                    ("accepted", "Accepted by the courier"),
                                    ("running", "On the round"),
                                    ("ended", "Ended"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("given_at", models.DateTimeField()),
                        ("accept_by", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("vehicle", models.CharField(blank=True, max_length=30)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "courier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
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
                ),
                migrations.CreateModel(
                    name="RoundCheck",
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
                            "phase",
                            models.CharField(
                                choices=[
                                    ("before", "Before the round"),
                                    ("after", "After the round"),
                                    ("door", "Conduct at the door"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("answers", models.JSONField(default=dict)),
                        ("note", models.CharField(blank=True, max_length=200)),
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
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="shipments.round",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RoundStop",
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
                        ("sequence", models.PositiveSmallIntegerField()),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.parcel",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stops",
                                to="shipments.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sequence", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ScanEvent",
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
                        ("device_recorded_at", models.DateTimeField(null=True)),
                        ("is_mock", models.BooleanField(null=True)),
                        ("read_point", models.CharField(max_length=40, null=True)),
                        (
                            "audience",
                            models.CharField(
                                choices=[("internal", "Internal"), ("customer", "Customer")],
                                max_length=8,
                                null=True,
                            ),
                        ),
                        ("batch", models.UUIDField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["parcel_id", "happened_at"],
                                name="shipments_s_parcel__a37f5b_idx",
                            ),
                            models.Index(
                                fields=["site_id", "happened_at"],
                                name="shipments_s_site_id_28ff7e_idx",
                            ),
                            models.Index(
                                condition=models.Q(("parcel_id", None)),
                                fields=["waybill"],
                                name="ship_event_unmatched",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("device", "uid"), name="ship_event_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScreeningRule",
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
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(blank=True, max_length=60)),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[("road", "Road"), ("air", "Air"), ("rail", "Rail")],
                                max_length=4,
                            ),
                        ),
                        ("region", models.CharField(blank=True, max_length=30)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "destination",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceArea",
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
                        ("name_en", models.CharField(blank=True, max_length=60)),
                        ("city", models.CharField(max_length=40)),
                        ("keywords", models.JSONField(default=list)),
                        ("is_served", models.BooleanField(default=True)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "courier",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["site", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceNotice",
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
                        ("title_en", models.CharField(blank=True, max_length=80)),
                        ("text", models.CharField(max_length=600)),
                        ("text_en", models.CharField(blank=True, max_length=600)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("is_public", models.BooleanField(default=True)),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        (
                            "sites",
                            models.ManyToManyField(blank=True, related_name="+", to="staff.site"),
                        ),
                        (
                            "written_by",
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
                    name="Slot",
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
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "asked_by",
                            models.CharField(
                                choices=[
                                    ("recipient", "Recipient"),
                                    ("sender", "Sender"),
                                    ("us", "Us"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("cause", models.CharField(blank=True, max_length=200)),
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
                                related_name="slots",
                                to="shipments.parcel",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="StationWait",
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
                        ("site_id", models.BigIntegerField()),
                        ("day", models.DateField()),
                        ("n", models.PositiveIntegerField()),
                        ("median", models.PositiveIntegerField()),
                        ("p80", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("site_id", "day"), name="ship_wait_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StepFacts",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("parcel_id", models.BigIntegerField()),
                        ("kind", models.CharField(max_length=5)),
                        ("label", models.CharField(max_length=40)),
                        ("site_id", models.BigIntegerField()),
                        ("product_id", models.BigIntegerField()),
                        ("courier_id", models.BigIntegerField(null=True)),
                        ("day", models.DateField()),
                        ("moment", models.DateTimeField()),
                        ("is_hit", models.BooleanField(default=False)),
                        ("is_out", models.BooleanField(default=False)),
                        ("amount", models.IntegerField(default=0)),
                        ("number", models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["day", "site_id"], name="shipments_s_day_c4a90a_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stocktake",
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
                        ("number", models.CharField(max_length=20, unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[("counting", "Being counted"), ("closed", "Closed")],
                                default="counting",
                                max_length=10,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stocktakes",
                                to="staff.site",
                            ),
                        ),
                        (
                            "started_by",
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
                    name="StocktakeLine",
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
                        ("is_expected", models.BooleanField()),
                        ("seen_at", models.DateTimeField(null=True)),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("open", "Not yet seen"),
                                    ("present", "Present"),
                                    ("left", "Left during the count"),
                                    ("missing", "Missing"),
                                    ("unexpected", "Not expected here"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.parcel",
                            ),
                        ),
                        (
                            "stocktake",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="shipments.stocktake",
                            ),
                        ),
                    ],
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
                migrations.CreateModel(
                    name="TariffRate",
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
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.product",
                            ),
                        ),
                        (
                            "tariff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rates",
                                to="shipments.tariff",
                            ),
                        ),
                    ],
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
                migrations.CreateModel(
                    name="TrackLookup",
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
                        ("visitor", models.CharField(max_length=64)),
                        ("minute", models.DateTimeField()),
                        ("hits", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visitor", "minute"), name="ship_lookup_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trip",
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
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("via", models.JSONField(default=list)),
                        (
                            "mode",
                            models.CharField(
                                choices=[("road", "Road"), ("air", "Air"), ("rail", "Rail")],
                                default="road",
                                max_length=4,
                            ),
                        ),
                        ("carrier", models.CharField(blank=True, max_length=60)),
                        ("vehicle", models.CharField(max_length=30)),
                        ("planned_departure", models.DateTimeField()),
                        ("planned_arrival", models.DateTimeField()),
                        ("departed_at", models.DateTimeField(null=True)),
                        ("arrived_at", models.DateTimeField(null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("departed", "On the way"),
                                    ("arrived", "Arrived"),
                                    ("unloaded", "Unloaded"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=10,
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
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "watcher",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RouteChange",
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
                        ("via", models.JSONField(default=list)),
                        ("planned_arrival", models.DateTimeField()),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting for approval"),
                                    ("approved", "Approved"),
                                    ("rejected", "Rejected"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "approval",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.approval",
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
                            "trip",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="route_changes",
                                to="shipments.trip",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Disruption",
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
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("area", models.CharField(max_length=100)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField(null=True)),
                        ("cause", models.CharField(max_length=200)),
                        ("measures", models.CharField(max_length=500)),
                        (
                            "parcels",
                            models.ManyToManyField(
                                related_name="disruptions", to="shipments.parcel"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sites",
                            models.ManyToManyField(related_name="disruptions", to="staff.site"),
                        ),
                        (
                            "trips",
                            models.ManyToManyField(related_name="disruptions", to="shipments.trip"),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ArrivalCount",
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
                        ("expected", models.PositiveIntegerField()),
                        ("counted", models.PositiveIntegerField()),
                        ("note", models.CharField(blank=True, max_length=200)),
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
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.site",
                            ),
                        ),
                        (
                            "trip",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counts",
                                to="shipments.trip",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TripLoad",
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
                        ("loaded_at", models.DateTimeField()),
                        (
                            "check_result",
                            models.CharField(
                                choices=[
                                    ("good", "In good order"),
                                    ("repacked", "Repacked before leaving"),
                                    ("held_back", "Not fit to leave"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("unloaded_at", models.DateTimeField(null=True)),
                        ("is_surplus", models.BooleanField(default=False)),
                        (
                            "bag",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="loads",
                                to="shipments.bag",
                            ),
                        ),
                        (
                            "loaded_by",
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
                                related_name="loads",
                                to="shipments.parcel",
                            ),
                        ),
                        (
                            "trip",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="loads",
                                to="shipments.trip",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="TripPosition",
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
                        ("latitude", models.FloatField()),
                        ("longitude", models.FloatField()),
                        ("speed_kmh", models.FloatField(null=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "trip",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="positions",
                                to="shipments.trip",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at"],
                    },
                ),
                migrations.CreateModel(
                    name="TroubleRow",
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
                                fields=["day", "site_id"], name="shipments_t_day_db6c60_idx"
                            ),
                            models.Index(
                                fields=["record_id"], name="shipments_t_record__d1c982_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "record_id"), name="shipments_troublerow_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Vehicle",
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
                        ("plate", models.CharField(max_length=30, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ebike", "Electric bicycle"),
                                    ("tricycle", "Tricycle"),
                                    ("van", "Van"),
                                    ("truck", "Truck"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "energy",
                            models.CharField(
                                choices=[
                                    ("electric", "Electric"),
                                    ("hydrogen", "Hydrogen"),
                                    ("hybrid", "Hybrid"),
                                    ("petrol", "Petrol"),
                                    ("diesel", "Diesel"),
                                    ("gas", "Natural gas"),
                                    ("muscle", "Muscle power"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("load_kg", models.PositiveIntegerField()),
                        ("space_l", models.PositiveIntegerField()),
                        ("gear", models.JSONField(default=list)),
                        ("acquired_on", models.DateField(null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("fit", "Fit for use"),
                                    ("unfit", "Not fit for use"),
                                    ("retired", "Taken off the fleet"),
                                ],
                                default="fit",
                                max_length=8,
                            ),
                        ),
                        ("status_since", models.DateField()),
                        ("odometer_km", models.PositiveIntegerField(default=0)),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="vehicles",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["plate"],
                    },
                ),
                migrations.CreateModel(
                    name="VehicleBooking",
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
                        ("day", models.DateField()),
                        (
                            "shift",
                            models.CharField(
                                choices=[
                                    ("early", "Early shift"),
                                    ("late", "Late shift"),
                                    ("night", "Night shift"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("route", models.CharField(blank=True, max_length=60)),
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
                            "driver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "vehicle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="shipments.vehicle",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "shift", "vehicle"],
                    },
                ),
                migrations.CreateModel(
                    name="VehicleDefect",
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
                        ("what", models.CharField(max_length=200)),
                        ("is_safety", models.BooleanField(default=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "Open"), ("solved", "Solved")],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("found_at", models.DateTimeField()),
                        ("item", models.SlugField(blank=True, max_length=30)),
                        ("solved_at", models.DateTimeField(null=True)),
                        ("solution", models.CharField(blank=True, max_length=200)),
                        (
                            "found_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="defects",
                                to="shipments.round",
                            ),
                        ),
                        (
                            "solved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "vehicle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="defects",
                                to="shipments.vehicle",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-found_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="VehicleReading",
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
                        ("km", models.PositiveIntegerField()),
                        ("on", models.DateField()),
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
                            "vehicle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="shipments.vehicle",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Violation",
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
                        ("happened_on", models.DateField(db_index=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("complaint", "Complaint"),
                                    ("inspection", "Inspection on site"),
                                    ("scans", "The scans themselves"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=40)),
                        (
                            "words",
                            courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                        ),
                        ("at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("withdrawn_why", models.CharField(blank=True, max_length=200)),
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
                            "courier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="staff.employee",
                            ),
                        ),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="violations",
                                to="shipments.parcel",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="shipments.violationkind",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WatchLimit",
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
                        ("kind", models.CharField(max_length=20)),
                        (
                            "place",
                            models.CharField(
                                blank=True,
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
                        ("hours", models.PositiveSmallIntegerField()),
                        ("is_proposal", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["kind", "place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "place"), name="ship_watch_limit_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WatchMark",
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
                        ("parcel_id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("risk", "Predicted late"), ("behind", "Behind plan")],
                                max_length=10,
                            ),
                        ),
                        ("site_id", models.BigIntegerField()),
                        ("since", models.DateTimeField()),
                        ("expected_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("cleared_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("cleared_at", None)),
                                fields=["kind", "due_at"],
                                name="ship_watch_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("parcel_id", "kind"), name="ship_watch_mark_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Webhook",
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
                        ("name", models.CharField(max_length=60)),
                        ("url", models.CharField(max_length=300)),
                        ("secret", courierqa.core.privacy.EncryptedField(data_class="secret")),
                        ("events", models.JSONField(default=list)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active", "Switched on"),
                                    ("paused", "Paused"),
                                    ("disabled", "Switched off after failures"),
                                ],
                                default="active",
                                max_length=10,
                            ),
                        ),
                        ("misses", models.PositiveSmallIntegerField(default=0)),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                    name="WebhookDelivery",
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
                        ("key", models.CharField(max_length=120)),
                        (
                            "event",
                            models.CharField(
                                choices=[
                                    ("parcel.accepted", "Picked up"),
                                    ("parcel.out_for_delivery", "Out for delivery"),
                                    ("parcel.attempt_failed", "Attempt failed"),
                                    ("parcel.ready", "Ready for collection"),
                                    ("parcel.delivered", "Delivered"),
                                    ("parcel.returned", "Returned to sender"),
                                    ("parcel.trouble", "Damaged, delayed, lost or held"),
                                    ("test", "Test message"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("body", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("taken", "Taken"),
                                    ("retrying", "Will be tried again"),
                                    ("given_up", "Given up"),
                                    ("dropped", "Not sent"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("sendings", models.PositiveSmallIntegerField(default=1)),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        ("error", models.CharField(blank=True, max_length=30)),
                        ("milliseconds", models.PositiveIntegerField(null=True)),
                        ("last_at", models.DateTimeField(null=True)),
                        (
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="shipments.webhook",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Zone",
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
                        ("code", models.CharField(max_length=12)),
                        ("name", models.CharField(max_length=60)),
                        ("goods", models.CharField(blank=True, max_length=60)),
                        ("capacity", models.PositiveIntegerField()),
                        ("dwell_hours", models.PositiveSmallIntegerField(default=24)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="zones",
                                to="staff.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["site__code", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="ZoneStay",
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
                        ("put_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(null=True)),
                        ("looked_at", models.DateTimeField(null=True)),
                        ("look", models.CharField(blank=True, max_length=200)),
                        (
                            "parcel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stays",
                                to="shipments.parcel",
                            ),
                        ),
                        (
                            "put_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stays",
                                to="shipments.zone",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["put_at", "pk"],
                    },
                ),
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
                                choices=[
                                    ("electronic", "Electronic waybill"),
                                    ("paper", "Paper waybill"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("missing", models.JSONField(default=list)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["day", "site_id"], name="shipments_a_day_781827_idx"
                            )
                        ],
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
                        ("attempts_told", models.BooleanField(default=True)),
                        ("hours_at", models.DateTimeField(null=True)),
                        ("hours_day", models.DateField(null=True)),
                        ("total_at", models.DateTimeField(null=True)),
                        ("total_day", models.DateField(null=True)),
                        ("week_at", models.DateTimeField(null=True)),
                        ("week_day", models.DateField(null=True)),
                        ("out_t11", models.BooleanField(default=False)),
                        ("made_by", models.PositiveSmallIntegerField(default=1)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("slot_at", models.DateTimeField(null=True)),
                        ("refused_at", models.DateTimeField(null=True)),
                        ("ended_day", models.DateField(null=True)),
                        ("slot_day", models.DateField(null=True)),
                        ("refused_day", models.DateField(null=True)),
                        ("whole_minutes", models.IntegerField(null=True)),
                        ("needs_inspection", models.BooleanField(default=True)),
                        ("needs_identity", models.BooleanField(default=True)),
                        ("checks_told", models.BooleanField(default=True)),
                        ("slot_kept", models.BooleanField(default=False)),
                        ("inspected", models.BooleanField(default=False)),
                        ("identified", models.BooleanField(default=False)),
                        ("returned", models.BooleanField(default=False)),
                        ("scans_expected", models.PositiveSmallIntegerField(default=0)),
                        ("scans_present", models.PositiveSmallIntegerField(default=0)),
                        ("fee_fen", models.BigIntegerField(default=0)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("done", "Done"),
                                    ("returned", "Returned"),
                                    ("recalled", "Recalled"),
                                    ("lost", "Lost"),
                                    ("open", "Still open"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("stopped_day", models.DateField(null=True)),
                        ("stuck_day", models.DateField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["due_day", "site_id"], name="shipments_p_due_day_51ff82_idx"
                            ),
                            models.Index(
                                fields=["accepted_day", "site_id"],
                                name="shipments_p_accepte_622bd6_idx",
                            ),
                            models.Index(
                                fields=["attempt_day", "site_id"],
                                name="shipments_p_attempt_52e46a_idx",
                            ),
                            models.Index(
                                fields=["courier_id", "due_day"],
                                name="shipments_p_courier_6e6dc2_idx",
                            ),
                            models.Index(
                                fields=["hours_day", "site_id"],
                                name="shipments_p_hours_d_4977ad_idx",
                            ),
                            models.Index(
                                fields=["total_day", "site_id"],
                                name="shipments_p_total_d_278f62_idx",
                            ),
                            models.Index(
                                fields=["week_day", "site_id"],
                                name="shipments_p_week_da_3afacd_idx",
                            ),
                            models.Index(
                                fields=["ended_day", "accepted_day"], name="ship_facts_ended"
                            ),
                            models.Index(
                                condition=models.Q(("slot_day__isnull", False)),
                                fields=["slot_day"],
                                name="ship_facts_slot",
                            ),
                            models.Index(
                                condition=models.Q(("refused_day__isnull", False)),
                                fields=["refused_day"],
                                name="ship_facts_refused",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttemptNote",
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
                        ("event_uid", models.UUIDField(unique=True)),
                        (
                            "next_step",
                            models.CharField(
                                choices=[
                                    ("retry", "Try again"),
                                    ("counter", "Keep at the station for collection"),
                                    ("place", "Place with consent"),
                                    ("address", "Clear up the address"),
                                    ("return", "Return to the sender"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("next_on", models.DateField(null=True)),
                        (
                            "dispute",
                            courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                        ),
                        (
                            "agreed",
                            courierqa.core.privacy.EncryptedField(blank=True, data_class="party"),
                        ),
                        ("charge_fen", models.PositiveIntegerField(default=0)),
                        ("told_of_charge", models.BooleanField(default=False)),
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
                                related_name="attempt_notes",
                                to="shipments.parcel",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("charge_fen", 0), ("told_of_charge", True), _connector="OR"
                                ),
                                name="ship_charge_was_told",
                            )
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="bag",
                    index=models.Index(
                        fields=["status", "id"], name="shipments_b_status_9accff_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bag",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status", "filling"),
                            models.Q(("seal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ship_bag_sealed_has_seal",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bagitem",
                    constraint=models.UniqueConstraint(
                        fields=("bag", "parcel"), name="ship_bag_item_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="codentry",
                    index=models.Index(
                        fields=["day", "courier"], name="shipments_c_day_ae651e_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="codentry",
                    constraint=models.UniqueConstraint(
                        fields=("event_uid", "kind"), name="ship_cod_entry_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="codentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_fen__gt", 0), ("kind", "collected")),
                            models.Q(("amount_fen", 0), ("kind", "refused")),
                            models.Q(("amount_fen__lt", 0), ("kind", "reversed")),
                            _connector="OR",
                        ),
                        name="ship_cod_sign",
                    ),
                ),
                migrations.AddIndex(
                    model_name="codhandin",
                    index=models.Index(fields=["day", "site"], name="shipments_c_day_957680_idx"),
                ),
                migrations.AddConstraint(
                    model_name="codhandin",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("handed_fen", models.F("ledger_fen")),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ship_hand_in_explained",
                    ),
                ),
                migrations.AddIndex(
                    model_name="consent",
                    index=models.Index(
                        fields=["phone_index"], name="shipments_c_phone_i_46901f_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="consentrequest",
                    index=models.Index(
                        fields=["answered_at", "expires_at"], name="shipments_c_answere_f599bc_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="finding",
                    index=models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["site_id", "kind"],
                        name="ship_finding_open",
                    ),
                ),
                migrations.AddIndex(
                    model_name="finding",
                    index=models.Index(fields=["-found_at", "-id"], name="ship_finding_newest"),
                ),
                migrations.AddConstraint(
                    model_name="finding",
                    constraint=models.UniqueConstraint(
                        fields=("parcel", "kind", "code", "event_uid"), name="ship_finding_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="identitycheck",
                    index=models.Index(
                        fields=["parcel", "-checked_at"], name="shipments_i_parcel__49d91d_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="exemption",
                    index=models.Index(fields=["status", "starts_at"], name="ship_exemption_when"),
                ),
                migrations.AddConstraint(
                    model_name="exemption",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="ship_exemption_order",
                    ),
                ),
                migrations.AddIndex(
                    model_name="feechange",
                    index=models.Index(fields=["-at"], name="shipments_f_at_46c9ea_idx"),
                ),
                migrations.AddConstraint(
                    model_name="orderacceptance",
                    constraint=models.UniqueConstraint(
                        fields=("order", "courier"), name="ship_accepted_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="packingcount",
                    constraint=models.UniqueConstraint(
                        fields=("site", "day", "material"), name="ship_packing_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="parcelexception",
                    index=models.Index(
                        fields=["status", "due_at"], name="shipments_p_status_ac5906_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="parcelexception",
                    index=models.Index(
                        fields=["closed_at", "due_at"], name="shipments_p_closed__4675ab_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="parcelexception",
                    index=models.Index(
                        fields=["kind", "closed_at", "due_at"], name="shipments_p_kind_e97def_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="parcelexception",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "solved"), _negated=True),
                        fields=("parcel", "kind"),
                        name="ship_one_open_exception",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="parcelexception",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("status", "solved")),
                            models.Q(
                                models.Q(("status", "solved"), _negated=True), ("closed_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="ship_exception_closed_iff_solved",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dangerreport",
                    index=models.Index(fields=["-found_at"], name="shipments_d_found_a_f1c2e8_idx"),
                ),
                migrations.AddConstraint(
                    model_name="partnerscore",
                    constraint=models.UniqueConstraint(
                        fields=("partner", "month"), name="ship_score_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partnerscore",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("punctuality__lte", 100), ("care__lte", 100), ("cooperation__lte", 100)
                        ),
                        name="ship_score_in_range",
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
                    model_name="placement",
                    index=models.Index(
                        fields=["collected_at", "keep_until"], name="shipments_p_collect_32e28a_idx"
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
                    index=models.Index(
                        fields=["holder", "state"], name="shipments_p_holder__0974e7_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="parcel",
                    index=models.Index(
                        fields=["destination", "state"], name="shipments_p_destina_c11c6f_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="parcel",
                    index=models.Index(
                        fields=["state", "last_site"], name="shipments_p_state_90c834_idx"
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
                migrations.AddConstraint(
                    model_name="lane",
                    constraint=models.UniqueConstraint(
                        fields=("origin", "destination"), name="ship_lane_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="publictext",
                    constraint=models.UniqueConstraint(
                        fields=("code", "version"), name="ship_text_version_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="refusal",
                    index=models.Index(
                        fields=["site", "-at"], name="shipments_r_site_id_bf9273_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="returnrequest",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("inspected_at", None)),
                        fields=("parcel",),
                        name="ship_one_open_return",
                    ),
                ),
                migrations.AddIndex(
                    model_name="round",
                    index=models.Index(fields=["day", "site"], name="shipments_r_day_e0b9c0_idx"),
                ),
                migrations.AddConstraint(
                    model_name="round",
                    constraint=models.UniqueConstraint(
                        fields=("courier", "day"), name="ship_round_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="round",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["planned", "accepted", "running", "ended"])
                        ),
                        name="ship_round_status_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="round",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="ship_round_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roundstop",
                    constraint=models.UniqueConstraint(
                        fields=("round", "parcel"), name="ship_stop_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="screeningrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mode", ""), _negated=True),
                            models.Q(("region", ""), _negated=True),
                            ("destination__isnull", False),
                            _connector="OR",
                        ),
                        name="ship_screening_says_something",
                    ),
                ),
                migrations.AddIndex(
                    model_name="servicenotice",
                    index=models.Index(fields=["ends_at"], name="shipments_s_ends_at_923ce7_idx"),
                ),
                migrations.AddConstraint(
                    model_name="slot",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="ship_slot_has_length",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stocktake",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "counting")),
                        fields=("site",),
                        name="ship_one_count_a_site",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stocktakeline",
                    constraint=models.UniqueConstraint(
                        fields=("stocktake", "parcel"), name="ship_line_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tariffrate",
                    constraint=models.UniqueConstraint(
                        fields=("tariff", "product", "zone"), name="ship_rate_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="order",
                    index=models.Index(
                        fields=["pickup_site", "-ordered_at"], name="shipments_o_pickup__4a308b_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="trip",
                    index=models.Index(
                        fields=["status", "planned_departure"], name="shipments_t_status_4195c5_idx"
                    ),
                ),
                migrations.AddIndex(
                    model_name="trip",
                    index=models.Index(
                        fields=["planned_departure", "id"], name="shipments_t_planned_033f57_idx"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trip",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("planned_arrival__gt", models.F("planned_departure"))),
                        name="ship_trip_plan_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trip",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["planned", "departed", "arrived", "unloaded", "cancelled"],
                            )
                        ),
                        name="ship_trip_status_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="routechange",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("trip",),
                        name="ship_one_route_change_waits",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disruption",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="ship_disruption_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tripload",
                    constraint=models.UniqueConstraint(
                        fields=("trip", "parcel"), name="ship_load_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tripposition",
                    constraint=models.UniqueConstraint(
                        fields=("trip", "at"), name="ship_position_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="vehicle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("status__in", ["fit", "unfit", "retired"])),
                        name="ship_vehicle_status_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="vehiclebooking",
                    constraint=models.UniqueConstraint(
                        fields=("vehicle", "day", "shift"), name="ship_booking_vehicle_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="vehiclebooking",
                    constraint=models.UniqueConstraint(
                        fields=("driver", "day", "shift"), name="ship_booking_driver_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="vehicledefect",
                    index=models.Index(fields=["status", "is_safety"], name="ship_defect_open"),
                ),
                migrations.AddConstraint(
                    model_name="vehicledefect",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("solved_at", None), ("status", "open")),
                            models.Q(("solved_at__isnull", False), ("status", "solved")),
                            _connector="OR",
                        ),
                        name="ship_defect_solved_iff",
                    ),
                ),
                migrations.AddIndex(
                    model_name="webhookdelivery",
                    index=models.Index(fields=["webhook", "-id"], name="ship_webhook_log"),
                ),
                migrations.AddConstraint(
                    model_name="webhookdelivery",
                    constraint=models.UniqueConstraint(
                        fields=("webhook", "key"), name="ship_webhook_told_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="zone",
                    constraint=models.UniqueConstraint(
                        fields=("site", "code"), name="ship_zone_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="zonestay",
                    index=models.Index(fields=["zone", "left_at"], name="ship_stay_zone"),
                ),
                migrations.AddConstraint(
                    model_name="zonestay",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("parcel",),
                        name="ship_stay_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="zonestay",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("left_at", None), ("left_at__gte", models.F("put_at")), _connector="OR"
                        ),
                        name="ship_stay_in_order",
                    ),
                ),
            ]
        ),
        RunRows(_of("0002_catalogue", "load"), _of("0002_catalogue", "unload")),
        RunRows(_of("0004_publictext", "load_texts"), migrations.RunPython.noop),
        RunRows(_of("0007_delivery_rules", "load"), _of("0007_delivery_rules", "unload")),
        RunRows(_of("0010_screening_rules", "load"), migrations.RunPython.noop),
        RunRows(_of("0015_reason_catalogue", "load"), _of("0015_reason_catalogue", "unload")),
        RunRows(_of("0017_exception_classes", "load"), _of("0017_exception_classes", "unload")),
        RunRows(_of("0019_violation_kinds", "load"), _of("0019_violation_kinds", "unload")),
        RunRows(
            _of("0021_acceptance_catalogue", "load"), _of("0021_acceptance_catalogue", "unload")
        ),
        RunRows(_of("0030_notice_classes", "fill"), migrations.RunPython.noop),
        RunRows(_of("0035_things", "fill"), _of("0035_things", "clear")),
        *(insert_only(f"shipments_{name}") for name in INSERT_ONLY),
    ]
