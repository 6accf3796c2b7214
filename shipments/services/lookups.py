"""An exact limit on public look-ups: counted in one SQL statement, so parallel asks cannot pass."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from shipments.models import TrackLookup

_COUNT = """
INSERT INTO shipments_tracklookup (visitor, minute, hits) VALUES (%s, %s, 1)
ON CONFLICT (visitor, minute) DO UPDATE SET hits = shipments_tracklookup.hits + 1
RETURNING hits
"""
KEEP = timedelta(hours=1)


def count_lookup(*, visitor: str, now: datetime, limit: int) -> bool:
    """Count one look-up of a visitor in this minute; return whether it is within the limit."""
    minute = now.replace(second=0, microsecond=0)
    stamp = TrackLookup._meta.get_field("minute").get_db_prep_value(minute, connection)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COUNT, [visitor, stamp])
        hits = cursor.fetchone()[0]
        if hits == 1:
            TrackLookup.objects.filter(minute__lt=minute - KEEP).delete()
    return hits <= limit
