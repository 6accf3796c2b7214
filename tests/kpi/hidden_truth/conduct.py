"""Violations and courier-months with known answers: moved, left, begun late, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from shipments.models import ViolationKind
from shipments.services import record_violation, withdraw_violation
from staff import services as staff
from staff.models import Employee
from tests.factories import staff as people
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, end_of
from tests.kpi.hidden_truth.loops import Told

LAST = end_of(datetime(2026, 2, 28, tzinfo=CHINA))
MOVED = datetime(2026, 3, 3, 10, tzinfo=CHINA)


def conduct(sites: dict[str, Any], parcel: Any) -> Iterator[Told]:
    """Take people on, move them and let them go, then write down what some of them did.

    Everybody else of the story has been a courier at one place since 2024: February is theirs.
    """
    names = {site.pk: code for code, site in sites.items()}
    for person in Employee.objects.filter(post__role="courier").exclude(hired_on__gt=LAST.date()):
        yield names[person.site_id], "", [Answer("courier_months", LAST, True)]
    here, there = sites["HZ-01"], sites["SH-01"]
    desk = people.PostFactory(code="desk-clerk", role="agent", needs_background_check=False)
    for post, site, on, place in (
        (desk, here, date(2026, 2, 1), ""),
        (desk, here, date(2026, 2, 2), "HZ-01"),
        (None, there, date(2026, 2, 28), "SH-01"),
        (None, there, date(2026, 3, 1), "HZ-01"),
    ):
        one = people.CourierFactory(site=here)
        staff.transfer(one, post=post or one.post, site=site, on=on, reason="调岗", at=MOVED)
        if place:
            yield place, "", [Answer("courier_months", LAST, True)]
    for day, place in ((date(2026, 1, 31), ""), (date(2026, 2, 1), "HZ-01")):
        staff.leave(people.CourierFactory(site=here), on=day, at=MOVED)
        if place:
            yield place, "", [Answer("courier_months", LAST, True)]
    people.CourierFactory(site=here, hired_on=date(2026, 3, 1))
    people.CourierFactory(site=here, state="pending")
    yield from _violations(sites, parcel)
    staff.keep_roster(now=NOW)


def _violations(sites: dict[str, Any], parcel: Any) -> Iterator[Told]:
    """Two before and after a move, and one that was taken back."""
    person, kind = people.CourierFactory(site=sites["NB-01"]), ViolationKind.objects.first()
    yield "NB-01", "", [Answer("courier_months", LAST, True)]
    for day, place in ((2, "NB-01"), (3, "SH-02"), (4, "")):
        act = datetime(2026, 3, day, tzinfo=CHINA)
        row = record_violation(
            parcel=parcel, courier=person, kind=kind, source="scans", happened_on=act.date(),
            at=act + 2 * DAY, actor=None,
        )  # fmt: skip
        if place:
            yield place, "", [Answer("H08", act, True)]
        else:
            withdraw_violation(row, why="核实无误", at=act + 3 * DAY, actor=None)
    # The move of the third is entered after all of it was written down.
    staff.transfer(person, post=person.post, site=sites["SH-02"], on=MOVED.date(),
                   reason="支援", at=MOVED + 6 * DAY)  # fmt: skip
