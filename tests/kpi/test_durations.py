"""Times: buckets whose error is bounded, quantiles that wait for the open, links, known answers."""

from __future__ import annotations

import json
from datetime import timedelta
from math import ceil

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from courierqa.core.timeframes import parse_period
from kpi import buckets, selectors, services
from kpi.metrics import DURATIONS
from kpi.rollups import Times
from kpi.verification import times as second
from tests.factories import shipments as make
from tests.factories.kpi import case_row, save_cases, save_steps, step_row
from tests.kpi.known import ACCEPTED, DUE, HOUR, WEEK_END, parcel

W40, W41 = parse_period("2026-W40"), parse_period("2026-W41")
minutes = st.integers(min_value=5, max_value=86_399)


def exact(values: list[int], share: float, still_open: int = 0) -> int | None:
    """Return the quantile by nearest rank over the values themselves."""
    place = max(ceil(round(share * (len(values) + still_open), 9)), 1)
    return sorted(values)[place - 1] if place <= len(values) else None


@given(st.lists(minutes, min_size=1, max_size=60), st.sampled_from([0.5, 0.9, 0.99]))
def test_a_quantile_is_at_most_four_percent_away_from_the_exact_one(values, share) -> None:
    counted = buckets.added([[(buckets.bucket_of(one), 1)] for one in values])

    read, true = buckets.quantile(counted, share), exact(values, share)

    assert read is not None
    assert abs(read - true) <= buckets.ERROR * true + 0.5


@given(st.lists(minutes, min_size=1, max_size=30), st.lists(minutes, max_size=30))
def test_adding_up_days_reads_as_if_counted_together(first, second_day) -> None:
    def day(values):
        return list(buckets.added([[(buckets.bucket_of(one), 1)] for one in values]).items())

    together = buckets.added([day(first + second_day)])

    assert buckets.added([day(first), day(second_day)]) == together


@given(st.integers(min_value=0, max_value=200_000))
def test_both_books_put_a_time_into_the_same_bucket(value) -> None:
    found = second.Times()
    found.add(("T05", DUE.date(), 1, 1), value)
    (cell,) = found.cells.values()

    assert cell[buckets.bucket_of(value)] == 1


@given(st.lists(minutes, max_size=20), st.integers(0, 20), st.sampled_from([0.5, 0.9]))
def test_a_quantile_among_the_open_has_no_value(values, still_open, share) -> None:
    counted = buckets.added([[(buckets.bucket_of(one), 1)] for one in values])

    read = buckets.quantile(counted, share, still_open=still_open)

    assert (read is None) == (exact(values, share, still_open) is None)


def test_the_ends_of_the_buckets() -> None:
    ends = [(0, 0), (4, 0), (5, 1), (86_399, 126), (86_400, 127), (10**7, 127)]

    assert [(value, buckets.bucket_of(value)) for value, _bucket in ends] == ends
    assert (buckets.middle_of(0), buckets.middle_of(127)) == (5.0, 86_400.0)


def lengths(code: str, period=W40, **filters) -> selectors.Lengths:
    services.refresh_dirty(now=WEEK_END)
    scope = filters.get("scope", selectors.EVERYTHING)
    (found,) = [one for one in selectors.durations(period, scope=scope) if one.code == code]
    return found


@pytest.mark.django_db
def test_the_whole_course_ranks_open_and_lost_parcels_behind_all() -> None:
    """Accepted 4 Oct: done after 10, 20 and 40 hours, one open, one lost, one on its way back.

    Five ranks: P50 is the third, 40 hours; P90 the fifth: among the open. Mean: only 60 % done.
    """
    for number in (10, 20, 40):
        parcel(done_at=ACCEPTED + number * HOUR)
    parcel()
    parcel(lost=True, lost_at=DUE)
    parcel(returned=True, state="returning")
    parcel(done_at=ACCEPTED + HOUR, is_test=True)

    found = lengths("T05")

    assert (found.measured, found.still_open, found.left, found.n) == (3, 2, 1, 5)
    assert found.p50 == pytest.approx(40 * 60, rel=buckets.ERROR)
    assert (found.p90, found.p99, found.mean) == (None, None, None)
    assert found.done_share == pytest.approx(0.6)


@pytest.mark.django_db
def test_the_mean_is_shown_once_nearly_all_are_done() -> None:
    """99 done after 10 hours and 1 after 20: mean 10.1 hours; with a second one open it is not."""
    for _number in range(99):
        parcel(done_at=ACCEPTED + 10 * HOUR)
    parcel(done_at=ACCEPTED + 20 * HOUR)

    assert lengths("T05").mean == pytest.approx(10.1 * 60)


@pytest.mark.django_db
def test_days_and_sites_of_times_add_up_to_the_month() -> None:
    parcel(done_at=ACCEPTED + 10 * HOUR, site_id=2)
    parcel(done_at=ACCEPTED + 30 * HOUR, site_id=3)
    parcel(accepted_at=DUE, due_at=DUE + 50 * HOUR, done_at=DUE + 20 * HOUR, site_id=3)

    october, day = lengths("T05", parse_period("2026-10")), lengths("T05", W40)
    site = lengths("T05", parse_period("2026-10"), scope=selectors.Scope(sites=frozenset({3})))

    assert (october.measured, day.measured, site.measured) == (3, 2, 2)
    assert october.p50 == pytest.approx(20 * 60, rel=buckets.ERROR)
    assert october.mean == pytest.approx(20 * 60)


@pytest.mark.django_db
def test_a_link_without_a_scan_at_both_ends_lowers_the_coverage() -> None:
    """Passed 4, measured 3; one has not come so far and is not counted."""
    ended = ACCEPTED + timedelta(days=2)
    save_steps(*(step_row("T06B", ended, amount=number) for number in (60, 120, 180, -1)))
    parcel()

    found = lengths("T06B", W41)

    assert (found.measured, found.missing, found.n) == (3, 1, 3)
    assert found.coverage == pytest.approx(0.75)
    assert found.p50 == pytest.approx(120, rel=buckets.ERROR)


@pytest.mark.django_db
def test_complaints_are_timed_from_receipt_until_the_customer_was_told() -> None:
    """Told after 5 and 50 hours, one not told, one withdrawn; a query and a repeat are not here."""
    at = ACCEPTED + timedelta(days=2)
    save_cases(
        case_row(received_at=at, told_at=at + 5 * HOUR, answered_at=at),
        case_row(received_at=at, told_at=at + 50 * HOUR, answered_at=at),
        case_row(received_at=at),
        case_row(received_at=at, is_gone=True),
        case_row(received_at=at, told_at=at, kind="query", is_complaint=False),
        case_row(received_at=at, told_at=at, is_repeat=True),
    )

    found = lengths("C09", W41)

    assert (found.measured, found.still_open, found.left) == (2, 1, 1)
    assert found.p50 == pytest.approx(50 * 60, rel=buckets.ERROR)


@pytest.mark.django_db
def test_pages_show_times_and_files_hold_the_same(as_role) -> None:
    for number in range(40):
        parcel(done_at=ACCEPTED + (number + 1) * HOUR)
    services.refresh_dirty(now=WEEK_END)
    reader = as_role("manager")

    board = reader.get("/dashboard/?period=2026-10").content.decode()
    pages = {
        code: reader.get(f"/kpi/durations/{code}/?period=2026-10").content.decode()
        for code in DURATIONS
    }
    file = reader.get("/kpi/durations/T05/?period=2026-10&format=csv")

    assert "/kpi/durations/T05/" in board
    assert all('id="definition"' in page for page in pages.values())
    assert file["Content-Type"].startswith("text/csv")
    assert reader.get("/kpi/durations/T99/").status_code == 404


def test_times_without_any_are_empty() -> None:
    from kpi.selectors import lengths_of

    found = lengths_of("T05", Times())

    assert (found.n, found.p50, found.mean, found.coverage) == (0, None, None, None)


@pytest.mark.django_db
def test_links_are_read_from_the_scans_of_the_hubs() -> None:
    """Two stations under one hub each: 2 h, 5 h, 3 h and 1 h; the fold's columns in minutes."""
    from shipments.models import ParcelFacts, StepFacts
    from tests.factories.staff import HubFactory

    made = make.accept(make.order())
    here, there = HubFactory(), HubFactory()
    for end, hub in ((made.origin, here), (made.destination, there)):
        type(end).objects.filter(pk=end.pk).update(hub=hub)
    at = make.MONDAY
    make.tell(
        make.scan(made, "DEP", at + 1 * HOUR, site_id=made.origin_id),
        make.scan(made, "ARR", at + 1.5 * HOUR, site_id=here.pk),
        make.scan(made, "DEP", at + 2 * HOUR, site_id=here.pk),
        make.scan(made, "ARR", at + 7 * HOUR, site_id=there.pk),
        make.scan(made, "AST", at + 9 * HOUR, site_id=made.destination_id),
        make.scan(made, "OFD", at + 10 * HOUR, site_id=made.destination_id),
        make.scan(
            made, "DLV", at + 11 * HOUR, site_id=made.destination_id, detail={"way": "recipient"}
        ),
    )

    row = ParcelFacts.objects.get()
    links = StepFacts.objects.filter(kind__startswith="T06").order_by("kind")

    assert [(one.kind, one.amount) for one in links] == [
        ("T06A", 120), ("T06B", 300), ("T06C", 180), ("T06D", 60),
    ]  # fmt: skip
    assert [one.moment for one in links] == [at + hours * HOUR for hours in (2, 7, 10, 11)]
    assert (row.whole_minutes, row.scans_expected, row.scans_present) == (660, 6, 6)


@pytest.mark.django_db
def test_a_quantile_among_the_open_is_longer_than_their_ages_say() -> None:
    """20 done after 10 hours; 20 of 4 October and 20 of the 10th still open on the 12th at 0:00.

    Half: the 30th of 60, as if the open had ended now: 10 h, then 24 h (of the 10th), then 168 h.
    """
    for _number in range(20):
        parcel(done_at=ACCEPTED + 10 * HOUR)
        parcel()
        parcel(accepted_at=ACCEPTED + 144 * HOUR, due_at=DUE + 144 * HOUR)

    found = lengths("T05", parse_period("2026-10"))

    assert found.p50 is None
    assert found.floors is not None
    half, most, _nearly = found.floors
    assert half <= 24 * 60 <= half * (1 + 3 * buckets.ERROR)
    assert most <= 168 * 60 <= most * (1 + 3 * buckets.ERROR)


@pytest.mark.django_db
def test_other_programs_read_times_in_minutes_with_their_goal(as_role, capsys) -> None:
    """40 parcels of 1 to 40 hours: half within 20 hours, of 48 proposed."""
    for number in range(40):
        parcel(done_at=ACCEPTED + (number + 1) * HOUR)
    services.refresh_dirty(now=WEEK_END)

    call_command("figures", period="2026-10", metric="T05", times=True, format="json")
    (printed,) = json.loads(capsys.readouterr().out)
    told = as_role("manager").get("/api/v1/durations/?period=2026-10&metric=T05")

    assert told.json() == [printed]
    assert printed["p50"] == pytest.approx(20 * 60, rel=buckets.ERROR)
    assert (printed["n"], printed["target_p50"]) == (40, 48 * 60)
    assert lengths("T05", parse_period("2026-10")).keeps_goal is True
    assert as_role("manager").get("/api/v1/durations/?period=2026-10&x=1").status_code == 400
