"""The flat shadow of the fold that figures read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shipments.enums import FactOutcome
from shipments.models.parcels import Parcel


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
    # The industry's own limit: 72 hours between cities, 24 hours within one (T03, T04).
    hours_at = models.DateTimeField(null=True)
    hours_day = models.DateField(null=True)
    # When a parcel not done may be taken for lost (T11), and when its outcome is read (D02).
    total_at = models.DateTimeField(null=True)
    total_day = models.DateField(null=True)
    week_at = models.DateTimeField(null=True)
    week_day = models.DateField(null=True)
    # What had become of it by then: done, returned, recalled, lost, open; shares add to 100 %.
    outcome = models.CharField(max_length=8, choices=FactOutcome, default=FactOutcome.OPEN)
    done_at = models.DateTimeField(null=True)
    done_day = models.DateField(null=True)
    attempt_at = models.DateTimeField(null=True)
    attempt_day = models.DateField(null=True)
    attempt_done = models.BooleanField(default=False)
    # False where the source tells deliveries only: a first attempt cannot be told from a third.
    attempts_told = models.BooleanField(default=True)
    lost_at = models.DateTimeField(null=True)

    # Leaves T01 / T02 / T03 and T04 / T11 (B11, B12); shown as a number beside the share.
    out_t01 = models.BooleanField(default=False)
    out_t02 = models.BooleanField(default=False)
    out_t03 = models.BooleanField(default=False)
    out_t11 = models.BooleanField(default=False)
    lost = models.BooleanField(default=False)
    damaged = models.BooleanField(default=False)
    short = models.BooleanField(default=False)
    exempt = models.BooleanField(default=False)
    marked = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)
    # What was charged: the revenue that costs are held against (P04).
    fee_fen = models.BigIntegerField(default=0)
    # By which version of `shipments.facts` the row was made; an older one is made anew.
    made_by = models.PositiveSmallIntegerField(default=1)

    # When it stopped being under way: done, on its way back, lost, disposed of (T10).
    ended_at = models.DateTimeField(null=True)
    ended_day = models.DateField(null=True)
    # The booked delivery time that counts (T09).
    slot_at = models.DateTimeField(null=True)
    slot_day = models.DateField(null=True)
    slot_kept = models.BooleanField(default=False)
    # Taken back by the courier instead of accepted (A05).
    refused_at = models.DateTimeField(null=True)
    refused_day = models.DateField(null=True)
    # How long the whole way took (T05), in minutes. Empty: not through yet; -1: the times are
    # out of order.
    whole_minutes = models.IntegerField(null=True)
    # Acceptance safety (A01, A02).
    needs_inspection = models.BooleanField(default=True)
    needs_identity = models.BooleanField(default=True)
    inspected = models.BooleanField(default=False)
    identified = models.BooleanField(default=False)
    checks_told = models.BooleanField(default=True)
    # Mandatory scans up to the furthest stage (S05).
    scans_expected = models.PositiveSmallIntegerField(default=0)
    scans_present = models.PositiveSmallIntegerField(default=0)
    # Its way back began: out of the ranks of T05 unless it was done all the same.
    returned = models.BooleanField(default=False)
    # The first day at whose end it is stuck unless another scan comes (E05), and the first at
    # whose end safety has it stopped, while it does (T10).
    stuck_day = models.DateField(null=True)
    stopped_day = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ended_day", "accepted_day"], name="ship_facts_ended"),
            models.Index(
                fields=["slot_day"], name="ship_facts_slot", condition=Q(slot_day__isnull=False)
            ),
            models.Index(
                fields=["refused_day"],
                name="ship_facts_refused",
                condition=Q(refused_day__isnull=False),
            ),
            models.Index(fields=["due_day", "site_id"]),
            models.Index(fields=["accepted_day", "site_id"]),
            models.Index(fields=["hours_day", "site_id"]),
            models.Index(fields=["total_day", "site_id"]),
            models.Index(fields=["week_day", "site_id"]),
            models.Index(fields=["attempt_day", "site_id"]),
            models.Index(fields=["courier_id", "due_day"]),
        ]
