"""Orders and parcels, and how a promise changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField, PhoneIndexField
from shipments import enums
from shipments.models.catalogue import Customer, Lane, Product
from shipments.models.tariffs import Tariff, Terms
from staff.models import Employee, Site


class Order(TimestampedModel):
    """What a sender asked for: a pickup at a place in a window."""

    number = models.CharField(max_length=20, unique=True)
    key = models.CharField(max_length=60, unique=True)
    channel = models.CharField(max_length=20, choices=enums.OrderChannel)
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="orders")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    pickup_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    courier = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    fee_fen = models.PositiveIntegerField(default=0)
    window_start = models.DateTimeField(null=True)
    window_end = models.DateTimeField(null=True)
    # When the courier took it on, having read it (LIF-02).
    taken_at = models.DateTimeField(null=True)

    # What was said about the contents; measured anew at acceptance.
    pieces = models.PositiveIntegerField(null=True)
    length_cm = models.PositiveIntegerField(null=True)
    width_cm = models.PositiveIntegerField(null=True)
    height_cm = models.PositiveIntegerField(null=True)
    door_pickup = models.BooleanField(default=True)
    door_delivery = models.BooleanField(default=True)

    # What the fee is made of; `fee_fen` is what is charged.
    tariff = models.ForeignKey(Tariff, models.PROTECT, null=True, related_name="+")
    zone = models.CharField(max_length=12, choices=enums.Zone, blank=True)
    freight_fen = models.PositiveIntegerField(default=0)
    premium_fen = models.PositiveIntegerField(default=0)
    # None: never asked. Offered and declined is an answer of its own (ACC-11).
    is_insured = models.BooleanField(null=True)

    # What the customer was told and said yes to (ACC-10, LIF-08).
    quoted_promise = models.DateTimeField(null=True)
    terms = models.ForeignKey(Terms, models.PROTECT, null=True, related_name="+")
    told = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True)

    payment_state = models.CharField(
        max_length=10, choices=enums.PaymentState, default=enums.PaymentState.DUE
    )
    paid_at = models.DateTimeField(null=True)
    invoice_number = models.CharField(max_length=30, blank=True)
    invoiced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["pickup_site", "-ordered_at"])]

    def __str__(self) -> str:
        return self.number

    @property
    def volume_cm3(self) -> int | None:
        """The volume said at order, or None while a side is unknown."""
        if self.length_cm and self.width_cm and self.height_cm:
            return self.length_cm * self.width_cm * self.height_cm
        return None


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
    # Special care, shown on every list and printed on the label (LIF-22): values of `Mark`.
    marks = models.JSONField(default=list)
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
            # Live counts and the watch: what is under way, by state and place.
            models.Index(fields=["state", "last_site"]),
        ]
        constraints = [
            CheckConstraint(
                name="ship_parcel_state_known", condition=Q(state__in=enums.State.values)
            )
        ]

    def __str__(self) -> str:
        return self.waybill

    @property
    def care(self) -> list[enums.Mark]:
        """The special care this parcel wants, as words."""
        return [enums.Mark(mark) for mark in self.marks if mark in enums.Mark.values]


class PromiseChange(models.Model):
    """A changed promise: the old one stays, with who asked and why (B13)."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="promise_changes")
    old = models.DateTimeField(null=True)
    new = models.DateTimeField()
    asked_by_customer = models.BooleanField()
    cause = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
