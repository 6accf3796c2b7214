"""Known answers of conduct violations per courier-month (H08), worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from courierqa.core.timeframes import parse_period
from kpi import services as figures
from shipments import services as parcels
from shipments.models import ViolationKind
from staff import roster
from staff import services as staff
from staff.models import Employee, PeopleRow
from tests.factories import shipments as make
from tests.factories.staff import CourierFactory, PostFactory, SiteFactory, UserFactory
from tests.kpi.known import figure

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# Thursday 15 October 2026, 10:00 in Shanghai; the last moment but one of October there.
MIDDLE = datetime(2026, 10, 15, 2, tzinfo=UTC)
END = datetime(2026, 10, 31, 16, tzinfo=UTC) - timedelta(microseconds=1)
OCTOBER, NOVEMBER = parse_period("2026-10"), parse_period("2026-11")
LATER = END + 20 * DAY


def of(period: Any = OCTOBER, *, now: datetime = LATER) -> Any:
    return figure("H08", period=period, now=now)


def agree(period: Any = OCTOBER, now: datetime = LATER) -> bool:
    return figures.verify_period(period, now=now).differences == []


def months() -> list[tuple[str, int]]:
    rows = PeopleRow.objects.filter(kind="H08M").order_by("record_id")
    return [(row.label, row.site_id) for row in rows]


@pytest.fixture
def parcel(cast: Any) -> Any:
    Employee.objects.filter(post__role="courier").update(post=PostFactory(code="other"))
    return make.accept(make.order(origin=cast.neighbour, destination=cast.station))


def acted(parcel: Any, courier: Any, day: int) -> Any:
    return parcels.record_violation(
        parcel=parcel, courier=courier, kind=ViolationKind.objects.first(), source="scans",
        happened_on=date(2026, 10, day), at=MIDDLE, actor=None,
    )  # fmt: skip


@pytest.mark.req("DEL-15")
def test_violations_per_hundred_courier_months(parcel: Any) -> None:
    """Four couriers in October, three acts by two of them, one taken back: 2 / 4 × 100 = 50. The
    month divides once it has ended."""
    people = [CourierFactory() for _number in range(4)]
    staff.keep_roster(now=MIDDLE)
    rows = [acted(parcel, people[0], 2), acted(parcel, people[0], 3), acted(parcel, people[1], 3)]
    parcels.withdraw_violation(rows[2], why="核实无误", at=MIDDLE, actor=None)

    during, found = of(now=END - DAY), of()

    assert (during.hits, during.total) == (2, 0)
    assert (found.hits, found.total, found.value) == (2, 4, pytest.approx(50))
    assert agree()


def test_a_courier_month_needs_a_day_on_a_couriers_post_in_it() -> None:
    """Hired on the last day, left on the first, moved to a desk on the second: one each. Moved on
    the first, left the day before, hired the day after, not yet active: none."""
    desk = PostFactory(code="desk", role="agent", needs_background_check=False)
    first = date(2026, 10, 1)
    one = [CourierFactory(hired_on=date(2026, 10, 31)), CourierFactory(), CourierFactory()]
    none = [CourierFactory(), CourierFactory(), CourierFactory(hired_on=date(2026, 11, 1)),
            CourierFactory(state="pending")]  # fmt: skip
    staff.keep_roster(now=MIDDLE)
    staff.leave(one[1], on=first, at=MIDDLE)
    staff.leave(none[1], on=first - DAY, at=MIDDLE)
    for person, day in ((one[2], first + DAY), (none[0], first)):
        staff.transfer(person, post=desk, site=person.site, on=day, reason="调岗", at=MIDDLE)
    wanted = sorted((f"{person.number} 2026-10", person.site_id) for person in one)

    assert sorted(months()) == wanted
    assert agree()


def test_a_move_entered_late_takes_month_and_act_along(parcel: Any) -> None:
    """Moved on the 10th, entered on the 15th: the act of the 9th stays at the old site, that of
    the 10th belongs to the new one, and so does the month."""
    person, there = CourierFactory(), SiteFactory()
    home = person.site_id
    staff.keep_roster(now=MIDDLE)
    acted(parcel, person, 9)
    acted(parcel, person, 10)

    staff.transfer(person, post=person.post, site=there, on=date(2026, 10, 10), reason="支援",
                   at=MIDDLE)  # fmt: skip

    acts = PeopleRow.objects.filter(kind="H08").order_by("day")
    assert [row.site_id for row in acts] == [home, there.pk]
    assert months() == [(f"{person.number} 2026-10", there.pk)]
    assert agree()


def test_the_roster_goes_on_where_it_stopped_and_says_the_same_again() -> None:
    person = CourierFactory()
    staff.keep_roster(now=MIDDLE)
    staff.keep_roster(now=MIDDLE + 70 * DAY)

    again = staff.keep_roster(now=MIDDLE + 70 * DAY)

    assert [label for label, _site in months()] == [
        f"{person.number} {month}" for month in ("2026-10", "2026-11", "2026-12")
    ]
    assert again == {"moved": 0}
    assert roster.begun_on() == date(2026, 10, 1)


def test_a_rebuild_makes_the_same_rows_and_the_list_names_the_act(parcel: Any, client: Any) -> None:
    person = CourierFactory()
    staff.keep_roster(now=MIDDLE)
    acted(parcel, person, 9)
    names = ("kind", "record_id", "label", "day", "site_id", "is_hit")
    before = list(PeopleRow.objects.filter(kind="H08").values(*names))
    PeopleRow.objects.filter(kind="H08").delete()

    figures.rebuild(now=END)

    assert list(PeopleRow.objects.filter(kind="H08").values(*names)) == before
    client.force_login(UserFactory(role="manager"))
    page = client.get(
        reverse("kpi:records", args=["H08"]), {"period": "2026-10", "outcome": "all"}
    ).content.decode()  # fmt: skip
    assert f"{person.number} 2026-10-09" in page
