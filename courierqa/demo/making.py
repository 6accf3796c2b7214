"""The order in which the demo is made; each step says what it made."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

import complaints.services
import kpi.grading
import kpi.services
import shipments.services
import staff.services
from courierqa.core import calendars
from courierqa.core.privacy.rotation import prepare_keys
from courierqa.core.timeframes import parse_period
from courierqa.demo import (
    conduct,
    counter,
    delivery,
    doubts,
    goals,
    improving,
    inquiries,
    inspecting,
    loops,
    people,
    proving,
    reports,
    reviews,
    rules,
    storms,
    things,
    today,
    training,
    transport,
    troubles,
    voices,
    voices_more,
    work,
)
from courierqa.demo.cases import Desk
from courierqa.demo.desk import SideDesk
from courierqa.demo.parcels import Postbox, Sender, business_days
from courierqa.demo.people import Cast
from shipments.models import ParcelFacts
from staff.models import Assessment


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
    # Committed before the long transactions below, so that each value finds its key in memory.
    prepare_keys(now=timezone.now())
    days = business_days(plan.now, plan.days)
    start = calendars.day_start(days[0])
    people.build_sites(cast)
    people.build_lanes(cast)
    password = people.build_people(cast, rng, since=days[0], at=start)
    people.build_customers(cast, rng, since=days[0])
    people.write_logins(cast, password)
    yield f"{len(cast.sites)} sites, {len(cast.lanes)} lanes, {len(cast.logins)} logins to try"
    yield from _parcels(plan, cast, days)
    stops = today.fill_round(cast, rng, now=plan.now)
    told = transport.build(cast, now=plan.now)
    yield f"{told}; {stops} stops on the round of {cast.couriers['HZ-01'][0].number}"
    yield f"{doubts.raise_doubts(cast, rng, now=plan.now)} findings to decide"
    with transaction.atomic():
        line = counter.fill(cast, rng, now=plan.now, since=days[0])
    yield line
    yield from _voices(plan, cast)
    yield conduct.tell(cast, now=plan.now)
    took, passed = training.train(cast, rng, now=plan.now, since=days[0])
    yield f"{took} exams taken, {passed} passed"
    yield work.tell(cast, random.Random(11), now=plan.now)
    yield delivery.tell_last_mile(cast, now=plan.now)
    with transaction.atomic():
        line = things.tell(cast, now=plan.now, since=days[0])
    yield line
    yield from _measure(plan, cast, days)


def _parcels(plan: Plan, cast: Cast, days: list[date]) -> Iterator[str]:
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
        beside = SideDesk(cast, random.Random(7), now=plan.now).work()
    yield f"{cases} complaints, {beside} deeds beside them"
    with transaction.atomic():
        ratings = voices.ratings(plan.rng, now=plan.now)
    yield f"{ratings} ratings"
    with transaction.atomic():
        # Chance of its own: what is told after it does not hang on how much was said here.
        said = voices_more.tell(cast, random.Random(plan.days), now=plan.now, days=plan.days)
    yield said


def _measure(plan: Plan, cast: Cast, days: list[date]) -> Iterator[str]:
    shipments.services.learn_paces(now=plan.now)
    shipments.services.watch_parcels(now=plan.now)
    bench = troubles.Bench(cast, plan.rng, now=plan.now)
    with transaction.atomic():
        worked = bench.work()
        bench.notify()
    shipments.services.watch_parcels(now=plan.now)
    yield f"{worked} exceptions worked on"
    with transaction.atomic():
        complaints.services.check_clocks(now=plan.now)
        inquiries.ask_now(cast, now=plan.now)
        inquiries.claim_now(now=plan.now)
        inquiries.judge(cast, plan.rng, now=plan.now)
    yield "overdue parcels and cases noticed"
    with transaction.atomic():
        yield storms.tell(cast, now=plan.now, days=plan.days)
    told = kpi.services.refresh_dirty(now=plan.now)
    yield f"figures: {told['cells']} cells over {told['months']} months"
    with transaction.atomic():
        line = loops.tell(cast, now=plan.now, days=plan.days)
    yield line
    with transaction.atomic():
        checked = inspecting.tell(cast, now=plan.now, days=plan.days)
    yield checked
    with transaction.atomic():
        line = rules.tell(cast, now=plan.now, days=plan.days)
    yield line
    with transaction.atomic():
        line = improving.tell(cast, now=plan.now, days=plan.days)
        proven = proving.tell(cast, now=plan.now, since=days[0])
    yield line
    yield proven
    months = list(dict.fromkeys(day.strftime("%Y-%m") for day in days))
    with transaction.atomic():
        yield goals.aim(cast.users, since=days[0].replace(day=1), now=plan.now)
    with transaction.atomic():
        line = reviews.tell(cast, now=plan.now, since=days[0])
    yield line
    yield from _grades(plan, cast, months[-4:-1])
    yield from reports.publish_months(cast, months[1:-1], now=plan.now)


def _grades(plan: Plan, cast: Cast, months: list[str]) -> Iterator[str]:
    """Grade the last three whole months, and confirm what its day came for: in time, but one."""
    for month in months:
        with transaction.atomic():
            kpi.grading.grade_month(month, now=plan.now)
            drafts = list(Assessment.objects.filter(month=month).order_by("employee__number"))
            for place, draft in enumerate(drafts):
                # The last of them waited for a missing figure.
                at = _confirmed_at(month, late=place == len(drafts) - 1)
                if at <= plan.now:
                    staff.services.confirm_assessment(draft, by=cast.users["hr"], at=at)
        yield f"{len(drafts)} assessments of {month}"
    staff.services.keep_roster(now=plan.now)


def _confirmed_at(month: str, *, late: bool) -> datetime:
    """Return the morning of the 8th of the next month; three days too late, the 13th."""
    following = parse_period(month).end_day
    return calendars.day_start(following.replace(day=13 if late else 8)) + timedelta(hours=10)
