"""Which demo parcels give their customers something to say."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from courierqa.demo.cases import Desk, Trouble, rate
from shipments.models import Finding, ParcelFacts

# Chance that a customer of such a parcel complains.
CHANCE = {"late-delivery": 0.18, "damaged": 0.7, "lost": 0.9, "locker-no-consent": 0.35}
DAY = timedelta(days=1)
IDLE = ("rude-courier", "rude-courier", "false-signature", "overcharge", "waybill-exposed")


def troubles(rng: random.Random, *, now: datetime) -> Iterator[Trouble]:
    """Yield the troubles of the whole story in order of time."""
    found = [*_late(rng, now), *_broken(rng, now), *_unasked(rng, now), *_idle(rng, now)]
    seen: set[int] = set()
    for trouble in sorted(found, key=lambda one: one.at):
        if trouble.parcel.pk not in seen:
            seen.add(trouble.parcel.pk)
            yield trouble


def _rows(where: Q) -> Iterator[ParcelFacts]:
    # Few of them speak: the parcel behind a row is read only then.
    return ParcelFacts.objects.filter(where).order_by("parcel_id").iterator(chunk_size=500)


def _trouble(row: ParcelFacts, reason: str, at: datetime) -> Trouble:
    return Trouble(parcel=row.parcel, reason=reason, at=at, courier_id=row.courier_id)


def _due(row: ParcelFacts, now: datetime) -> datetime:
    return row.due_at or now


def _end(row: ParcelFacts, now: datetime) -> datetime:
    """Return when the parcel was done, else when it should have been."""
    return row.done_at or row.due_at or now


def _late(rng: random.Random, now: datetime) -> Iterator[Trouble]:
    for row in _rows(Q(due_at__lt=now)):
        late = row.done_at is None or row.done_at > _due(row, now)
        if late and not row.lost and rng.random() < CHANCE["late-delivery"]:
            yield _trouble(row, rng.choice(("late-delivery", "stuck")), _due(row, now) + DAY)


def _broken(rng: random.Random, now: datetime) -> Iterator[Trouble]:
    for row in _rows(Q(damaged=True) | Q(lost=True)):
        reason = "lost" if row.lost else "damaged"
        at = (row.lost_at or _end(row, now)) + DAY
        if rng.random() < CHANCE[reason]:
            yield _trouble(row, reason, at)


def _unasked(rng: random.Random, now: datetime) -> Iterator[Trouble]:
    waiting = Finding.objects.filter(code="no_consent").values("parcel_id")
    for row in _rows(Q(parcel_id__in=waiting)):
        if rng.random() < CHANCE["locker-no-consent"]:
            at = _end(row, now) + timedelta(hours=20)
            yield _trouble(row, "locker-no-consent", at)


def _idle(rng: random.Random, now: datetime) -> Iterator[Trouble]:
    for row in _rows(Q(done_at__isnull=False)):
        if rng.random() < 0.003:
            yield _trouble(row, rng.choice(IDLE), _end(row, now) + timedelta(hours=18))


def speak(desk: Desk, rng: random.Random, *, now: datetime) -> int:
    """Let every trouble be told to the service desk; return the number of cases."""
    return sum(desk.handle(trouble) is not None for trouble in troubles(rng, now=now))


def ratings(rng: random.Random, *, now: datetime) -> int:
    """Let every eighth customer rate the delivery."""
    count = 0
    for row in _rows(Q(done_at__isnull=False)):
        done = _end(row, now)
        at = done + timedelta(hours=rng.uniform(1, 40))
        if rng.random() < 0.12 and at < now:
            rate(rng, row.parcel, late=done > _due(row, now), at=at)
            count += 1
    return count
