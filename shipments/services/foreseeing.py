"""Learn how fast lanes are, and mark parcels that will be late before they are (TIM-16, TIM-17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from courierqa.core.calendars import business_day
from shipments import forecast
from shipments.enums import WatchKind
from shipments.models import (
    LanePace,
    Parcel,
    ParcelFacts,
    PredictionScore,
    ScanEvent,
    StationWait,
    WatchMark,
)
from shipments.selectors.paces import LanePlan, Paces, lane_plans

# What the paces are learnt from: the newest journeys of two months.
LEARN_DAYS, LEARN_JOURNEYS = 60, 50_000
HORIZON = timedelta(hours=72)
CHUNK = 2000
WAIT_DAYS = 8
JUDGE_DAYS = 7
Key = tuple[int, str, int, int]
# Lane, product, plan, first time at each link, done, due.
Journey = tuple[int, int, LanePlan, dict[int, datetime], datetime | None, Any]


def learn_paces(*, now: datetime) -> dict[str, int]:
    """Compute the eightieth percentiles anew from finished journeys; nightly."""
    score = measure(now=now)
    rows = pace_rows(journeys(now=now), at=now)
    with transaction.atomic():
        LanePace.objects.all().delete()
        LanePace.objects.bulk_create(rows, batch_size=1000)
        PredictionScore.objects.filter(day=score.day).delete()
        score.save()
    return {"paces": len(rows), "waits": _learn_waits(now), "judged": score.judged}


def measure(*, now: datetime, days: int = JUDGE_DAYS) -> PredictionScore:
    """Judge the predictions: learn from what was done before the last days, replay those days.

    The score is not saved. A parcel is judged once its promise has passed.
    """
    return measure_shares([forecast.WARN_SHARE], now=now, days=days)[0]


def measure_shares(
    shares: Sequence[float], *, now: datetime, days: int = JUDGE_DAYS
) -> list[PredictionScore]:
    """Judge the predictions as `measure`, for each share a warning could wait for."""
    split = now - timedelta(days=days)
    learnt = _learnt(journeys(now=split))
    found = list(_due_since(split, now))
    return [
        _score(Paces(_rows_of(learnt, share, split)), found, business_day(now)) for share in shares
    ]


def _due_since(split: datetime, now: datetime) -> Iterator[Journey]:
    due = ParcelFacts.objects.filter(due_day__gte=business_day(split), due_at__lte=now)
    due = due.filter(is_test=False, marked=False, out_t01=False).exclude(accepted_at=None)
    yield from walked(due.exclude(parcel__lane_id=None))


def _score(paces: Paces, found: Iterable[Journey], day: date) -> PredictionScore:
    judged, late, warned, leads = 0, 0, 0, []
    for lane, product, plan, times, done_at, due_at in found:
        warning = forecast.first_warning(
            paces.of(lane, plan.shape, product), _before(times, due_at), due_at
        )
        is_late = done_at is None or done_at > due_at
        judged, late, warned = judged + 1, late + is_late, warned + (warning is not None)
        if is_late and warning is not None:
            leads.append(forecast.minutes(due_at - warning))
    return PredictionScore(
        day=day, judged=judged, late=late, warned=warned, hits=len(leads),
        lead_minutes=forecast.percentile(leads, 0.5) if leads else 0,
    )  # fmt: skip


def _before(times: dict[int, datetime], due: datetime) -> dict[int, datetime]:
    return {place: at for place, at in times.items() if at < due}


def journeys(*, now: datetime, before: datetime | None = None) -> QuerySet[ParcelFacts]:
    """Return finished journeys of the last two months, newest first."""
    since = business_day(now - timedelta(days=LEARN_DAYS))
    rows = ParcelFacts.objects.filter(accepted_day__gte=since, done_at__lte=before or now)
    rows = rows.exclude(parcel__lane_id=None).filter(is_test=False, marked=False)
    return rows.order_by("-accepted_day", "-pk")


def pace_rows(rows: QuerySet[ParcelFacts], *, at: datetime) -> list[LanePace]:
    """Return the paces of these journeys, per lane and pooled per shape."""
    return _rows_of(_learnt(rows), forecast.WARN_SHARE, at)


def _learnt(rows: QuerySet[ParcelFacts]) -> dict[Key, tuple[list[int], list[int]]]:
    """Return the minutes of the leg before and of the rest, per lane, shape, product, link."""
    legs: dict[Key, list[int]] = defaultdict(list)
    rests: dict[Key, list[int]] = defaultdict(list)
    for lane_id, product_id, plan, times, done_at, _due in walked(rows):
        if done_at is None:
            continue
        for place, (leg, rest) in forecast.samples(times, done_at).items():
            for lane in (lane_id, 0):
                key = (lane, plan.shape, product_id, place)
                legs[key].append(leg)
                rests[key].append(rest)
    return {key: (legs[key], rests[key]) for key in rests}


def _rows_of(
    learnt: dict[Key, tuple[list[int], list[int]]], share: float, at: datetime
) -> list[LanePace]:
    return [
        LanePace(
            lane_id=lane, shape=shape, product_id=product, position=place,
            code=shape.split("-")[place], site_id=0, n=len(rests),
            leg_p80=forecast.percentile(legs), rest_p80=forecast.percentile(rests),
            rest_warn=forecast.percentile(rests, share), computed_at=at,
        )
        for (lane, shape, product, place), (legs, rests) in learnt.items()
    ]  # fmt: skip


def walked(
    rows: QuerySet[ParcelFacts],
) -> Iterator[Journey]:
    """Yield each journey: lane, product, plan, first time at each link, done, due."""
    names = ("pk", "parcel__lane_id", "product_id", "done_at", "due_at")
    found = list(rows.values_list(*names)[:LEARN_JOURNEYS])
    plans = lane_plans({one[1] for one in found})
    for start in range(0, len(found), CHUNK):
        part = [one for one in found[start : start + CHUNK] if one[1] in plans]
        scans = _scans(pk for pk, *_rest in part)
        for pk, lane, product, done_at, due_at in part:
            times = forecast.times_on_plan(plans[lane].links, scans.get(pk, ()))
            yield lane, product, plans[lane], times, done_at, due_at


def _scans(ids: Iterable[int]) -> dict[int, list[tuple[str, int | None, datetime]]]:
    found: dict[int, list[tuple[str, int | None, datetime]]] = defaultdict(list)
    rows = ScanEvent.objects.filter(parcel_id__in=list(ids), code__in=forecast.LINKS)
    rows = rows.order_by("effective_at", "pk")
    for parcel_id, code, site_id, at in rows.values_list(
        "parcel_id", "code", "site_id", "effective_at"
    ):
        found[parcel_id or 0].append((code, site_id, at))
    return found


# -- station waits ------------------------------------------------------------------------------
def _learn_waits(now: datetime) -> int:
    """Compute the waits of the last days anew: a late scan still finds its day."""
    first = business_day(now - timedelta(days=WAIT_DAYS))
    facts = ParcelFacts.objects.filter(attempt_day__gte=first, attempt_at__lte=now)
    attempts = {
        pk: (site, at)
        for pk, site, at in facts.values_list("pk", "site_id", "attempt_at")
        if at is not None
    }
    arrived = _arrivals(attempts, now)
    waits: dict[tuple[int, Any], list[int]] = defaultdict(list)
    for pk, at in arrived.items():
        site, tried = attempts[pk]
        if tried >= at:
            waits[site, business_day(tried)].append(forecast.minutes(tried - at))
    rows = [
        StationWait(site_id=site, day=day, n=len(found),
                    median=forecast.percentile(found, 0.5), p80=forecast.percentile(found))
        for (site, day), found in waits.items()
    ]  # fmt: skip
    with transaction.atomic():
        StationWait.objects.filter(day__gte=first).delete()
        StationWait.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _arrivals(attempts: dict[int, Any], now: datetime) -> dict[int, datetime]:
    ids = sorted(attempts)
    found: dict[int, datetime] = {}
    for start in range(0, len(ids), CHUNK):
        rows = ScanEvent.objects.filter(parcel_id__in=ids[start : start + CHUNK], code="AST")
        for parcel_id, at in rows.order_by("effective_at").values_list("parcel_id", "effective_at"):
            found.setdefault(parcel_id or 0, at)
    return found


# -- marks --------------------------------------------------------------------------------------
def mark_parcels(*, now: datetime) -> dict[str, int]:
    """Mark what will be late or is behind its plan; clear marks whose reason is gone."""
    wanted: dict[tuple[int, str], WatchMark] = {}
    paces = Paces()
    for part in _under_way(now):
        plans = lane_plans({row[1] for row in part})
        for row in part:
            if row[1] in plans:
                wanted.update(_marks(row, plans[row[1]], paces, now))
    _write_marks(wanted, now)
    kinds = [kind for _pk, kind in wanted]
    return {kind.value: kinds.count(kind.value) for kind in WatchKind}


def _under_way(now: datetime) -> Iterator[list[tuple[Any, ...]]]:
    """Yield parcels whose promise ends within three days, a chunk at a time."""
    rows = Parcel.objects.filter(
        promised_by__gt=now, promised_by__lt=now + HORIZON, done_at=None,
        state__in=forecast.LINK_OF_STATE, is_test=False,
    ).exclude(lane_id=None).exclude(accepted_at=None)  # fmt: skip
    names = ("pk", "lane_id", "product_id", "state", "last_site_id", "last_event_at",
             "accepted_at", "promised_by")  # fmt: skip
    last = 0
    while part := list(rows.filter(pk__gt=last).order_by("pk").values_list(*names)[:CHUNK]):
        yield part
        last = part[-1][0]


def _marks(
    row: tuple[Any, ...], plan: LanePlan, paces: Paces, now: datetime
) -> dict[tuple[int, str], WatchMark]:
    pk, lane_id, product_id, state, site_id, seen_at, accepted_at, due = row
    place = forecast.position_of(plan.links, forecast.LINK_OF_STATE[state], site_id or 0)
    if place is None:
        return {}
    found = {}
    known = paces.of(lane_id, plan.shape, product_id)
    expected = forecast.expected_at(known, place, seen_at=seen_at, now=now)
    common = {"parcel_id": pk, "site_id": site_id or 0, "since": now}
    likely = forecast.likely_at(known, place, seen_at=seen_at, now=now)
    if expected is not None and forecast.is_at_risk(likely, due, now=now):
        found[pk, WatchKind.RISK.value] = WatchMark(
            kind=WatchKind.RISK, expected_at=expected, due_at=due, **common
        )
    planned = _missed_link(plan, place, accepted_at, now)
    if planned is not None:
        found[pk, WatchKind.BEHIND.value] = WatchMark(
            kind=WatchKind.BEHIND, expected_at=planned, due_at=due, **common
        )
    return found


def _missed_link(
    plan: LanePlan, place: int, accepted_at: datetime, now: datetime
) -> datetime | None:
    """Return when the first link not yet reached should have been reached, if that has passed."""
    for ahead in range(place + 1, len(plan.links)):
        limit = plan.limits.get(ahead)
        if limit is not None:
            planned = accepted_at + limit
            return planned if planned < now else None
    return None


@transaction.atomic
def _write_marks(wanted: dict[tuple[int, str], WatchMark], now: datetime) -> None:
    held = {(m.parcel_id, m.kind): m for m in WatchMark.objects.filter(cleared_at=None)}
    gone = [mark.pk for key, mark in held.items() if key not in wanted]
    WatchMark.objects.filter(pk__in=gone).update(cleared_at=now)
    fresh = [
        mark for key, mark in wanted.items()
        if key not in held or abs(held[key].expected_at - mark.expected_at) > timedelta(minutes=5)
    ]  # fmt: skip
    # `since` stays what it was: when the watch said it first.
    WatchMark.objects.bulk_create(
        fresh, batch_size=500, update_conflicts=True, unique_fields=["parcel_id", "kind"],
        update_fields=["expected_at", "due_at", "site_id", "cleared_at"],
    )  # fmt: skip
