"""What happens to parcels. Scan events are the truth; every state is their shadow."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.enums import ClockKind
from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField, PhoneIndexField
from shipments import enums
from staff.models import Employee, Site, local


class Product(TimestampedModel):
    """What is promised: the clock, the limit, the cut-off (seed 004 §6.1.2)."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    clock = models.CharField(max_length=15, choices=ClockKind)
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    cutoff = models.TimeField(null=True)
    calendar_code = models.CharField(max_length=30, default="CN")
    base_fee_fen = models.PositiveIntegerField(default=1200)
    per_kg_fen = models.PositiveIntegerField(default=300)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return local(self, "name")


class Lane(TimestampedModel):
    """A way through the network from an origin to a destination site."""

    origin = models.ForeignKey(Site, models.PROTECT, related_name="+")
    destination = models.ForeignKey(Site, models.PROTECT, related_name="+")
    is_key = models.BooleanField(default=False)
    # A promise of this lane's own; it goes before the product's.
    promise_hours = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["origin", "destination"], name="ship_lane_once")]


class LaneLeg(models.Model):
    """One planned link: be at `site` no later than `limit_minutes` after acceptance."""

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField()
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    code = models.CharField(max_length=3, choices=enums.Code)
    limit_minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]


class Customer(TimestampedModel):
    """A sender with an account; an agreement replaces the identity check."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=80)
    customer_class = models.CharField(max_length=20, default="standard")
    agreement_from = models.DateField(null=True)
    agreement_to = models.DateField(null=True)


class ProhibitedItem(models.Model):
    """Goods that may not be accepted; matched against the item name."""

    term = models.CharField(max_length=60, unique=True)
    term_en = models.CharField(max_length=60)
    rule = models.CharField(max_length=200)
    rule_en = models.CharField(max_length=200)


class Reason(models.Model):
    """Why a scan was not what it should be; the party that answers; never reused."""

    code = models.SlugField(max_length=30, unique=True)
    scan_code = models.CharField(max_length=3, choices=enums.Code)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    party = models.CharField(max_length=10, choices=enums.Party)
    needs_photo = models.BooleanField(default=False)
    needs_call = models.BooleanField(default=False)
    may_excuse = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["scan_code", "position"]

    def __str__(self) -> str:
        return local(self, "name")


class Order(TimestampedModel):
    """What a sender asked for: a pickup at a place in a window."""

    number = models.CharField(max_length=20, unique=True)
    key = models.CharField(max_length=60, unique=True)
    channel = models.CharField(max_length=20)
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="orders")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    pickup_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    courier = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    fee_fen = models.PositiveIntegerField(default=0)
    window_start = models.DateTimeField(null=True)
    window_end = models.DateTimeField(null=True)


class Parcel(TimestampedModel):
    """One labelled piece. `state`, `conditions` and the times below are folded from its scans."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    waybill = models.CharField(max_length=40, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="parcels")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="parcels")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    lane = models.ForeignKey(Lane, models.PROTECT, null=True, related_name="+")
    origin = models.ForeignKey(Site, models.PROTECT, related_name="+")
    destination = models.ForeignKey(Site, models.PROTECT, related_name="+")
    is_same_city = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    sender_name = EncryptedField(data_class="party", blank=True)
    sender_phone = EncryptedField(data_class="party", blank=True)
    sender_address = EncryptedField(data_class="party", blank=True)
    recipient_name = EncryptedField(data_class="party", blank=True)
    recipient_phone = EncryptedField(data_class="party", blank=True)
    recipient_address = EncryptedField(data_class="party", blank=True)
    sender_phone_index = PhoneIndexField()
    recipient_phone_index = PhoneIndexField()
    # Index of the last four digits together with the destination site, for agents.
    recipient_tail_index = PhoneIndexField()

    item_kind = models.CharField(max_length=15, choices=enums.ItemKind, blank=True)
    item_name = models.CharField(max_length=100, blank=True)
    weight_g = models.PositiveIntegerField(null=True)
    fee_fen = models.PositiveIntegerField(default=0)
    cod_fen = models.PositiveIntegerField(default=0)
    declared_value_fen = models.PositiveIntegerField(default=0)

    promised_original = models.DateTimeField(null=True)
    promised_by = models.DateTimeField(null=True, db_index=True)

    state = models.CharField(max_length=12, choices=enums.State, default=enums.State.NONE)
    conditions = models.JSONField(default=list)
    accepted_at = models.DateTimeField(null=True)
    last_event_at = models.DateTimeField(null=True)
    last_site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="holding")
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fold_version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["recipient_phone_index"]),
            models.Index(fields=["recipient_tail_index"]),
            models.Index(fields=["sender_phone_index"]),
            models.Index(fields=["holder", "state"]),
            models.Index(fields=["destination", "state"]),
        ]
        constraints = [
            CheckConstraint(
                name="ship_parcel_state_known", condition=Q(state__in=enums.State.values)
            )
        ]

    def __str__(self) -> str:
        return self.waybill


class PromiseChange(models.Model):
    """A changed promise: the old one stays, with who asked and why (B13)."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="promise_changes")
    old = models.DateTimeField(null=True)
    new = models.DateTimeField()
    asked_by_customer = models.BooleanField()
    cause = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class ScanEvent(models.Model):
    """What a device saw. Insert-only; a correction or void is a new event.

    Plain ids instead of foreign keys on the hot path; they are checked set-wise at ingest.
    `effective_at` is the time figures use (B5); `flags` says why it is not `happened_at`.
    """

    uid = models.UUIDField()
    device = models.CharField(max_length=60)
    parcel_id = models.BigIntegerField(null=True)
    waybill = models.CharField(max_length=40)
    code = models.CharField(max_length=3, choices=enums.Code)
    reason = models.CharField(max_length=30, blank=True)
    detail = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    utc_offset = models.SmallIntegerField(default=480)
    recorded_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    flags = models.JSONField(default=list)
    site_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=10, choices=enums.Source)
    corrects = models.UUIDField(null=True)
    fingerprint = models.CharField(max_length=32)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["device", "uid"], name="ship_event_once")]
        indexes = [
            models.Index(fields=["parcel_id", "happened_at"]),
            models.Index(fields=["site_id", "happened_at"]),
            # A parcel registered after its first scans finds them by its number.
            models.Index(
                fields=["waybill"], condition=Q(parcel_id=None), name="ship_event_unmatched"
            ),
        ]


class Proof(TimestampedModel):
    """Evidence hung on an event: a drawn signature, a photo, a code; with its hash."""

    uid = models.UUIDField(unique=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="proofs")
    event_uid = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=enums.ProofKind)
    file = models.FileField(upload_to="proofs/%Y/%m/", blank=True)
    strokes = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")


class Consent(TimestampedModel):
    """A recipient's word on how to deliver, as its own record (Express Market Measures 28)."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="consents")
    # A standing consent belongs to a phone number instead of a parcel.
    phone_index = PhoneIndexField()
    kind = models.CharField(max_length=12, choices=enums.DeliveryWay)
    given = models.BooleanField()
    way = models.CharField(max_length=12, choices=enums.ConsentWay)
    who = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    event_uid = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_index"])]


class Finding(models.Model):
    """Something the fold or a gate noticed: stored, shown, never a refusal."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="findings")
    event_uid = models.UUIDField(null=True)
    kind = models.CharField(max_length=15, choices=enums.FindingKind)
    code = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    site_id = models.BigIntegerField(null=True)
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["parcel", "kind", "code", "event_uid"], name="ship_finding_once"
            )
        ]


class ParcelException(TimestampedModel):
    """A thing gone wrong with a parcel, with an owner, a due time and the customer told."""

    number = models.CharField(max_length=20, unique=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="exceptions")
    kind = models.CharField(max_length=12, choices=enums.ExceptionKind)
    status = models.CharField(
        max_length=10, choices=enums.ExceptionStatus, default=enums.ExceptionStatus.NEW
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "due_at"])]
        constraints = [
            UniqueConstraint(
                fields=["parcel", "kind"],
                condition=~Q(status="solved"),
                name="ship_one_open_exception",
            )
        ]

    def __str__(self) -> str:
        return self.number


class TrackLookup(models.Model):
    """How often an address asked for tracking in one minute: an exact limit, kept in SQL."""

    visitor = models.CharField(max_length=64)
    minute = models.DateTimeField()
    hits = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [UniqueConstraint(fields=["visitor", "minute"], name="ship_lookup_once")]


class Exemption(TimestampedModel):
    """Force majeure by approved record: area, period, cause (B17)."""

    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cause = models.CharField(max_length=200)
    evidence = models.CharField(max_length=300)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)


class ParcelFacts(models.Model):
    """One narrow row per parcel with what figures need; the flat shadow of the fold.

    Days are business days. `fail_*` flags are decided; open deadlines are judged at read time
    against the as-of moment, because silence past a deadline is failure (B2).
    """

    parcel = models.OneToOneField(
        Parcel, models.PROTECT, primary_key=True, related_name="facts", db_constraint=False
    )
    waybill = models.CharField(max_length=40)
    product_id = models.BigIntegerField()
    origin_id = models.BigIntegerField()
    # Serving view: the site and courier that delivered, or should have.
    site_id = models.BigIntegerField()
    courier_id = models.BigIntegerField(null=True)
    # Causing view: the first link that overran its limit.
    cause_site_id = models.BigIntegerField(null=True)
    cause_courier_id = models.BigIntegerField(null=True)
    cause_leg = models.CharField(max_length=20, blank=True)
    same_city = models.BooleanField()
    state = models.CharField(max_length=12)

    accepted_at = models.DateTimeField(null=True)
    accepted_day = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    due_day = models.DateField(null=True)
    due_defaulted = models.BooleanField(default=False)
    h72_at = models.DateTimeField(null=True)
    h72_day = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_day = models.DateField(null=True)
    attempt_at = models.DateTimeField(null=True)
    attempt_day = models.DateField(null=True)
    attempt_done = models.BooleanField(default=False)
    lost_at = models.DateTimeField(null=True)

    # Leaves T01 and T03 / T02 (B11, B12); shown as a number beside the share.
    out_t01 = models.BooleanField(default=False)
    out_t02 = models.BooleanField(default=False)
    out_t03 = models.BooleanField(default=False)
    lost = models.BooleanField(default=False)
    damaged = models.BooleanField(default=False)
    short = models.BooleanField(default=False)
    exempt = models.BooleanField(default=False)
    marked = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["due_day", "site_id"]),
            models.Index(fields=["accepted_day", "site_id"]),
            models.Index(fields=["h72_day", "site_id"]),
            models.Index(fields=["attempt_day", "site_id"]),
            models.Index(fields=["courier_id", "due_day"]),
        ]
