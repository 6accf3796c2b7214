"""Rounds, contacts, placements, money at the door and returns."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import courierqa.core.privacy


class Migration(migrations.Migration):
    dependencies = [
        ("shipments", "0005_proof_received"),
        ("staff", "0002_catalogue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckItem",
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
            name="DeliveryRule",
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
        migrations.AlterField(
            model_name="parcelexception",
            name="kind",
            field=models.CharField(
                choices=[
                    ("lost", "Lost?"),
                    ("damaged", "Damaged"),
                    ("delayed", "Late"),
                    ("address", "Address problem"),
                    ("attempt", "Attempt failed"),
                    ("refused", "Refused"),
                    ("stuck", "No movement"),
                    ("misdelivered", "Delivered to the wrong person"),
                    ("missed", "Missed on the round"),
                    ("duplicate", "Delivered twice"),
                    ("unpaid", "Payment refused at the door"),
                    ("dispute", "Dispute at the door"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Contact",
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
                ("words", courierqa.core.privacy.EncryptedField(blank=True, data_class="party")),
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
        migrations.CreateModel(
            name="Preference",
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
                ("words", courierqa.core.privacy.EncryptedField(blank=True, data_class="party")),
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
        migrations.CreateModel(
            name="ProofRule",
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
            name="Round",
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.CharField(
                        choices=[("recipient", "Recipient"), ("sender", "Sender"), ("us", "Us")],
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
            name="AttemptNote",
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
                ("dispute", courierqa.core.privacy.EncryptedField(blank=True, data_class="party")),
                ("agreed", courierqa.core.privacy.EncryptedField(blank=True, data_class="party")),
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
        migrations.CreateModel(
            name="CodEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            options={
                "indexes": [
                    models.Index(fields=["day", "courier"], name="shipments_c_day_ae651e_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event_uid", "kind"), name="ship_cod_entry_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_fen__gt", 0), ("kind", "collected")),
                            models.Q(("amount_fen", 0), ("kind", "refused")),
                            models.Q(("amount_fen__lt", 0), ("kind", "reversed")),
                            _connector="OR",
                        ),
                        name="ship_cod_sign",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CodHandIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            options={
                "indexes": [
                    models.Index(fields=["day", "site"], name="shipments_c_day_957680_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("handed_fen", models.F("ledger_fen")),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ship_hand_in_explained",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentRequest",
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
            options={
                "indexes": [
                    models.Index(
                        fields=["answered_at", "expires_at"], name="shipments_c_answere_f599bc_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderAcceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("order", "courier"), name="ship_accepted_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
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
            options={
                "indexes": [
                    models.Index(
                        fields=["collected_at", "keep_until"], name="shipments_p_collect_32e28a_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnRequest",
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
                        choices=[("recipient", "Recipient"), ("sender", "Sender"), ("us", "Us")],
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("inspected_at", None)),
                        fields=("parcel",),
                        name="ship_one_open_return",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["day", "site"], name="shipments_r_day_e0b9c0_idx"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("courier", "day"), name="ship_round_once"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "accepted", "running", "ended"])),
                name="ship_round_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at", None), ("ended_at__gte", models.F("started_at")), _connector="OR"
                ),
                name="ship_round_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundstop",
            constraint=models.UniqueConstraint(fields=("round", "parcel"), name="ship_stop_once"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="ship_slot_has_length",
            ),
        ),
    ]
