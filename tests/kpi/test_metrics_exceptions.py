"""Known answers of the figures about exceptions, told through the real services (domain C5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from courierqa.core.timeframes import parse_period
from kpi import services
from kpi.verification.troubles import two_hours_of_day
from shipments import trouble_facts
from shipments.models import ExceptionClass, TroubleRow
from shipments.services import exceptions, handling
from tests.factories import shipments as make
from tests.factories.complaints import open_case
from tests.kpi.known import figure

pytestmark = pytest.mark.django_db
# Tuesday 6 October 2026, 10:00 in Shanghai.
AT = datetime(2026, 10, 6, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TINY = timedelta(microseconds=1)
OCTOBER = parse_period("2026-10")
NOW = AT + 20 * DAY


def sent():
    return make.accept(make.order(at=AT - DAY), AT - DAY)


def opened(kind="damaged", *, at=AT, parcel=None, **more):
    parcel = parcel or sent()
    return exceptions.open_by_hand(
        parcel=parcel, kind=kind, site_id=parcel.destination_id, at=at, actor=make.user("agent"),
        **more,
    )  # fmt: skip


def close(row, at) -> None:
    handling.settle_exception(row, note="已处理", actor=make.user("agent"), at=at)


def of(code: str):
    return figure(code, period=OCTOBER, now=NOW)


def agree() -> bool:
    return services.verify_period(OCTOBER, now=NOW).differences == []


@pytest.mark.req("ANA-02")
def test_a_parcel_has_an_exception_once_and_predictions_are_none() -> None:
    """Three parcels accepted, two with exceptions (one has two), a third only predicted late."""
    first = sent()
    opened(parcel=first)
    opened("short", parcel=first, at=AT + HOUR)
    opened()
    risky = sent()
    risk = exceptions.classes()["at_risk"]
    exceptions.open_many([exceptions.fresh(risky.pk, risk, at=AT, site_id=risky.destination_id)])

    found = of("E01")

    assert (found.hits, found.total) == (2, 3)
    assert agree()


def test_closed_in_time_means_closed_for_good() -> None:
    """Limit of "damaged": as set when it was opened. At the limit, reopened within the week and
    closed late, reopened after it, never: 2 of 4. A limit changed later moves nothing."""
    limit = AT + timedelta(hours=ExceptionClass.objects.get(code="damaged").solve_hours)
    good, again, later, _never = (opened() for _number in range(4))
    close(good, limit)
    close(again, AT + HOUR)
    handling.reopen_exception(again, note="又坏了", actor=None, at=AT + 7 * DAY)
    close(again, AT + 7 * DAY + HOUR)
    close(later, AT + HOUR)
    handling.reopen_exception(later, note="又坏了", actor=None, at=AT + HOUR + 7 * DAY + TINY)
    ExceptionClass.objects.update(solve_hours=1)
    trouble_facts.renew(now=NOW)

    found = of("E02")

    assert (found.hits, found.total) == (2, 4)
    assert agree()


@pytest.mark.parametrize(
    ("opened_at", "until"),
    [
        ("06T10:00", "06T12:00"),
        ("06T18:00", "06T20:00"),
        ("06T19:00", "07T09:00"),
        ("06T23:30", "07T10:00"),
        ("07T03:00", "07T10:00"),
        ("07T08:00", "07T10:00"),
        ("06T20:00", "07T10:00"),
    ],
)
def test_the_night_stops_the_clock_of_a_notice(opened_at: str, until: str) -> None:
    """Both books, against times worked out by hand; 20:00 to 08:00 is no time."""
    at, due = (datetime.fromisoformat(f"2026-10-{one}:00+08:00") for one in (opened_at, until))

    assert trouble_facts.notice_due(at) == due
    assert two_hours_of_day(at) == due


def test_told_in_time_asks_only_classes_the_customer_hears_of_from_us() -> None:
    """Told at the limit, a moment later, never: 1 of 3. A dispute at the door needs no notice."""
    good, late, _never = (opened() for _number in range(3))
    for row, at in ((good, AT + 2 * HOUR), (late, AT + 2 * HOUR + TINY)):
        handling.tell_customer(row, note="已告知", plan="search", actor=None, at=at)
    opened("dispute")

    found = of("E03")

    assert (found.hits, found.total) == (1, 3)
    assert agree()


def test_a_customer_who_came_to_us_first_was_not_told_in_time() -> None:
    """Told after an hour in both; one customer had called before, one called afterwards: 1 of 2."""
    called, told = opened(), opened()
    open_case(parcel=called.parcel, at=AT + HOUR - TINY)
    for row in (called, told):
        handling.tell_customer(row, note="已告知", plan="search", actor=None, at=AT + HOUR)
    trouble_facts.note_call(told.parcel_id, called_at=AT + 2 * HOUR, at=AT + 2 * HOUR)

    found = of("E03")

    assert (found.hits, found.total) == (1, 2)
    called.refresh_from_db()
    assert called.called_at == AT + HOUR - TINY
    assert agree()


def test_a_report_that_proved_wrong_is_no_misdelivery() -> None:
    """Two reports; one is solved as wrong, and counts again once it is opened again."""
    opened("misdelivered")
    wrong = opened("misdelivered")
    before = of("D09").hits
    handling.solve_exception(
        wrong, note="收件人本人已签收", actor=None, at=AT + HOUR, proved_wrong=True
    )
    after = of("D09").hits
    wrong.refresh_from_db()
    assert agree()
    handling.reopen_exception(wrong, note="收件人否认", actor=None, at=AT + 2 * HOUR)

    assert (before, after, of("D09").hits) == (2, 1, 2)


def test_reported_in_time_counts_from_the_finding() -> None:
    """Found an hour before, and a moment more: 1 of 2; what the watch opened nobody reported."""
    opened(found_at=AT - HOUR)
    opened(found_at=AT - HOUR - TINY)
    quiet = sent()
    stuck = exceptions.classes()["stuck"]
    exceptions.open_many([exceptions.fresh(quiet.pk, stuck, at=AT, site_id=quiet.destination_id)])

    found = of("E04")

    assert (found.hits, found.total) == (1, 2)
    assert agree()


@pytest.mark.req("DEL-21")
def test_goods_taken_in_and_wrong_persons_count_once_for_a_parcel() -> None:
    """Dangerous goods in one accepted parcel, and in one that was never taken in: 1. A parcel given
    to the wrong person: 1, of no deliveries at all."""
    opened("dangerous")
    opened("dangerous", parcel=make.order(at=AT - DAY))
    opened("misdelivered")

    taken, wrong = of("A06"), of("D09")

    assert (taken.hits, taken.total) == (1, 2)
    assert (wrong.hits, wrong.total, wrong.value) == (1, 0, None)
    assert agree()


def test_rows_go_with_a_test_parcel_and_a_rebuild_makes_them_anew() -> None:
    row = opened()
    before = list(TroubleRow.objects.order_by("kind").values("kind", "record_id", "day", "is_hit"))
    TroubleRow.objects.all().delete()

    services.rebuild(now=NOW)

    after = list(TroubleRow.objects.order_by("kind").values("kind", "record_id", "day", "is_hit"))
    assert after == before
    type(row.parcel).objects.filter(pk=row.parcel_id).update(is_test=True)
    trouble_facts.renew(now=NOW)
    assert not TroubleRow.objects.exists()
