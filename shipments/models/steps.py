"""What happened to parcels on the way, by the day it happened."""

from __future__ import annotations

from django.db import models

# Room for the steps of one parcel among the keys; see `shipments.step_facts`.
STRIDE = 1024


class StepFacts(models.Model):
    """One row per step of a parcel that a figure counts; the shadow of the fold.

    The key is made of the parcel and the place of the step among its steps, so that a row needs
    no other index to be found by its parcel. `moment` is when it can be judged, `day` its business
    day. `amount` is what a step adds: minutes, mis-sorts, attempts; -1 minutes were not measured.
    """

    id = models.BigIntegerField(primary_key=True)
    parcel_id = models.BigIntegerField()
    # The code of the figure.
    kind = models.CharField(max_length=5)
    # The waybill, as lists show it.
    label = models.CharField(max_length=40)
    site_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    courier_id = models.BigIntegerField(null=True)
    day = models.DateField()
    moment = models.DateTimeField()
    is_hit = models.BooleanField(default=False)
    is_out = models.BooleanField(default=False)
    amount = models.IntegerField(default=0)
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["day", "site_id"])]
