"""ScanCount: how quickly scans were told, counted anew for the days and sites that got any.

A scan belongs to the day it happened; one that claims to have happened after it arrived, to the
day it arrived. Files and the system itself tell no upload; parcels that are a test are no parcels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Least, TruncDate

from courierqa.core import calendars, changed
from shipments.enums import Code, Source
from shipments.fold.times import AHEAD, UPLOAD
from shipments.models import Parcel, ScanCount, ScanEvent, ScanReach

SCANS = "scans"
IN_TIME = timedelta(minutes=30)
# Further away than this from its arrival a time says nothing: the clock was set wrong.
FAR_AHEAD, FAR_BACK = timedelta(days=1), timedelta(days=31)
TOLD_LATER = (Source.IMPORT, Source.SYSTEM)
# A sender that takes longer than this to end has failed; its keys are looked at again until then.
SETTLES = timedelta(minutes=10)
# At the very first count there is no moment before: so many keys are looked at once more.
FIRST_LOOK = 20_000
BATCH = 500
NUMBERS = ("scans", "in_time", "over_day", "ahead", "corrections")
Pairs = set[tuple[date, int | None]]


def follow(*, now: datetime) -> int:
    """Count anew the days and sites of scans that came; return how many of them moved."""
    if _is_up_to_date():
        return 0
    with transaction.atomic():
        reach, _new = ScanReach.objects.select_for_update().get_or_create(pk=1)
        since = reach.safe_id
        # Known before counting: what comes meanwhile makes the next call look again.
        reach.last_id = ScanEvent.objects.aggregate(last=Max("pk"))["last"] or 0
        _move_on(reach, now=now)
        reach.seen = ScanEvent.objects.filter(pk__gt=reach.safe_id).count()
        reach.save()
        return _count_anew(_pairs(since), now=now)


def _move_on(reach: ScanReach, *, now: datetime) -> None:
    """Let go of the keys whose senders have ended."""
    if reach.moved_at is None:
        reach.next_id = max(0, reach.last_id - FIRST_LOOK)
    elif now - reach.moved_at < SETTLES:
        return
    reach.safe_id, reach.next_id, reach.moved_at = reach.next_id, reach.last_id, now


def renew(*, now: datetime) -> int:
    """Count every day anew, after an upgrade."""
    ScanCount.objects.all().delete()
    ScanReach.objects.all().delete()
    return follow(now=now)


def _is_up_to_date() -> bool:
    """Say whether no scan came since the last count: one question, most of the time."""
    near = ScanEvent.objects.filter(pk__gt=OuterRef("safe_id")).order_by()
    number = near.values(one=Value(1)).annotate(n=Count("pk")).values("n")
    last = ScanEvent.objects.order_by("-pk").values("pk")[:1]
    reach = ScanReach.objects.annotate(now_last=Subquery(last), now_seen=Subquery(number)).first()
    if reach is None:
        return not ScanEvent.objects.exists()
    return (reach.last_id, reach.seen) == (reach.now_last or 0, reach.now_seen or 0)


def told() -> QuerySet[ScanEvent]:
    """Return the scans that tell an upload, with the moment `at` that gives their day."""
    tests = Parcel.objects.filter(pk=OuterRef("parcel_id"), is_test=True)
    rows = ScanEvent.objects.exclude(source__in=TOLD_LATER).filter(~Exists(tests))
    return rows.filter(
        happened_at__lte=F("recorded_at") + FAR_AHEAD, happened_at__gte=F("recorded_at") - FAR_BACK
    ).annotate(at=Least("happened_at", "recorded_at", output_field=DateTimeField()))


def _pairs(after: int) -> Pairs:
    """Return the (day, site) of the scans behind a key."""
    fresh = told().filter(pk__gt=after).annotate(on=TruncDate("at", tzinfo=calendars.zone()))
    return set(fresh.order_by().values_list("on", "site_id").distinct())


def _count_anew(pairs: Pairs, *, now: datetime) -> int:
    """Count these days and sites; only where a number moved is it written and announced."""
    sites: dict[date, set[int | None]] = defaultdict(set)
    for day, site in pairs:
        sites[day].add(site)
    moved: Pairs = set()
    for day, some in sorted(sites.items()):
        here = _at(some)
        before = {_said(one): one.pk for one in ScanCount.objects.filter(here, day=day)}
        after = {_said(one): one for one in _counted(day, here)}
        gone = [pk for said, pk in before.items() if said not in after]
        made = [one for said, one in after.items() if said not in before]
        ScanCount.objects.filter(pk__in=gone).delete()
        ScanCount.objects.bulk_create(made, batch_size=BATCH)
        moved |= {(day, said[1]) for said in before.keys() ^ after.keys()}
    changed.mark(SCANS, [(day, site or 0) for day, site in moved], at=now)
    return len(moved)


def _said(one: ScanCount) -> tuple[Any, ...]:
    return (one.key, one.site_id, *(getattr(one, name) for name in NUMBERS))


def _at(sites: Iterable[int | None]) -> Q:
    some = set(sites)
    here = Q(site_id__in=[one for one in some if one is not None])
    return here | Q(site_id=None) if None in some else here


def _counted(day: date, here: Q) -> list[ScanCount]:
    """Count one day: one question grouped by site, product and person."""
    start, end = calendars.day_start(day), calendars.day_start(day + timedelta(days=1))
    product = Parcel.objects.filter(pk=OuterRef("parcel_id")).values("product_id")[:1]
    rows = told().filter(
        here, happened_at__gte=start, happened_at__lt=end + FAR_AHEAD, at__gte=start, at__lt=end
    )
    groups = (
        rows.annotate(product=Subquery(product))
        .order_by("site_id", "product", "person_id")
        .values("site_id", "product", "person_id")
    )
    return [_row(day, start, one) for one in groups.annotate(**_numbers())]


def _numbers() -> dict[str, Any]:
    ahead = Q(happened_at__gt=F("recorded_at") + AHEAD)
    late = Q(recorded_at__gt=F("happened_at") + IN_TIME)
    return {
        "scans": Count("pk", filter=~ahead),
        "in_time": Count("pk", filter=~ahead & ~late),
        "over_day": Count("pk", filter=Q(recorded_at__gt=F("happened_at") + UPLOAD)),
        "ahead": Count("pk", filter=ahead),
        "corrections": Count("pk", filter=Q(code__in=(Code.COR, Code.VOI))),
    }


def _row(day: date, start: datetime, one: Mapping[str, Any]) -> ScanCount:
    group = (one["site_id"], one["product"], one["person_id"])
    return ScanCount(
        key=key_of(day, *group), day=day, moment=start, site_id=group[0], product_id=group[1],
        courier_id=group[2], **{name: one[name] for name in NUMBERS},
    )  # fmt: skip


def key_of(day: date, site: int | None, product: int | None, person: int | None) -> str:
    """Return what both books call a group of scans."""
    return "/".join([day.isoformat(), *(str(one or "-") for one in (site, product, person))])
