"""The order in which the demo is made; each step says what it made."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

import kpi.services
from courierqa.core import calendars
from courierqa.demo import people, training, voices
from courierqa.demo.cases import Desk
from courierqa.demo.parcels import Postbox, Sender, business_days
from courierqa.demo.people import Cast
from shipments.models import ParcelFacts


@dataclass(frozen=True)
class Plan:
    """How much to tell, and up to when."""

    now: datetime
    days: int
    per_day: float
    rng: random.Random


def make(plan: Plan) -> Iterator[str]:
    """Make everything, yielding a line after each step."""
    cast, rng = Cast(), plan.rng
    days = business_days(plan.now, plan.days)
    start = calendars.day_start(days[0])
    people.build_sites(cast)
    people.build_lanes(cast)
    password = people.build_people(cast, rng, since=days[0], at=start)
    people.build_customers(cast, rng, since=days[0])
    people.write_logins(cast, password)
    yield f"{len(cast.sites)} sites, {len(cast.lanes)} lanes, {len(cast.logins)} kinds of login"
    yield from _parcels(plan, cast, days)
    yield from _voices(plan, cast)
    took, passed = training.train(cast, rng, now=plan.now, since=days[0])
    yield f"{took} exams taken, {passed} passed"
    yield from _measure(plan, cast, days)


def _parcels(plan: Plan, cast: Cast, days: list) -> Iterator[str]:
    sender = Sender(cast, plan.rng, per_day=plan.per_day, now=plan.now)
    postbox = Postbox(cast, plan.rng, now=plan.now)
    posted = 0
    for place in range(0, len(days), 60):
        part = days[place : place + 60]
        posted += postbox.post(draft for day in part for draft in sender.day(day))
        yield f"{posted} parcels up to {part[-1]}"
    yield f"{ParcelFacts.objects.filter(done_at=None).count()} of them on the way"


def _voices(plan: Plan, cast: Cast) -> Iterator[str]:
    with transaction.atomic():
        cases = voices.speak(Desk(cast, plan.rng, now=plan.now), plan.rng, now=plan.now)
    yield f"{cases} complaints"
    with transaction.atomic():
        ratings = voices.ratings(plan.rng, now=plan.now)
    yield f"{ratings} ratings"


def _measure(plan: Plan, cast: Cast, days: list) -> Iterator[str]:
    told = kpi.services.refresh_dirty(now=plan.now)
    yield f"figures: {told}"
