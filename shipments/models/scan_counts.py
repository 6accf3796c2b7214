"""How quickly scans were told: counted by day, site, product and person, never scan by scan."""

from __future__ import annotations

from django.db import models


class ScanCount(models.Model):
    """The scans of one business day, site, product and person (S06; ANA-08).

    Made from the stored scans when figures are refreshed, so that taking a scan in costs nothing
    more. A missing site, product or person is its own group. `moment` is when the day began.
    """

    # Day, site, product and person in one word: what both books call the group.
    key = models.CharField(max_length=80, unique=True)
    day = models.DateField()
    moment = models.DateTimeField()
    site_id = models.BigIntegerField(null=True)
    product_id = models.BigIntegerField(null=True)
    courier_id = models.BigIntegerField(null=True)
    scans = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()
    over_day = models.PositiveIntegerField()
    # The device's clock was ahead: neither in time nor late, and in none of the numbers above.
    ahead = models.PositiveIntegerField()
    # Words that another scan was wrong: corrections and voids.
    corrections = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day", "site_id"])]


class ScanReach(models.Model):
    """Up to which scan `ScanCount` knows.

    Of two senders the one with the lower keys may be the later to end. So everything behind
    `safe_id` is looked at again, which follows the newest key some minutes late, by way of
    `next_id`; `seen` is how many scans were behind it.
    """

    safe_id = models.BigIntegerField(default=0)
    next_id = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    last_id = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
