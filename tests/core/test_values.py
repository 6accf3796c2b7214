"""Money, periods, text, pages and changed days."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from courierqa.core import changed, money, paging, text, timeframes
from courierqa.core.models import ChangedDay, JobRun
from tests.core.test_outbox import in_threads

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


# --- money ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(0, "¥0.00"), (5, "¥0.05"), (123450, "¥1,234.50"), (-8800, "-¥88.00"),
     (10**11, "¥1,000,000,000.00")],
)  # fmt: skip
def test_fen_are_shown_as_yuan(fen, shown):
    assert money.yuan(fen) == shown


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("88", 8800), ("88.5", 8850), ("¥1,234.50", 123450), ("８８．５０元", 8850), (" 0.01 ", 1)],
)
def test_amounts_are_read_as_people_type_them(typed, fen):
    assert money.parse_yuan(typed) == fen


@pytest.mark.parametrize(
    "typed", ["", "-1", "1.234", "1e5", "12,34", "NaN", "1.2.3", "9" * 14, "٣", "one", "1 000"]
)
def test_anything_else_is_no_amount(typed):
    with pytest.raises(money.BadAmount):
        money.parse_yuan(typed)


@given(st.integers(0, 10**12))
def test_amounts_survive_the_way_there_and_back(fen):
    assert money.parse_yuan(money.yuan(fen)) == fen


# --- periods --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "start", "end", "before"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 11, 1), "2026-09"),
        ("2026-01", date(2026, 1, 1), date(2026, 2, 1), "2025-12"),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1), "2026-11"),
        ("2026-W41", date(2026, 10, 5), date(2026, 10, 12), "2026-W40"),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 5), "2025-W52"),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1), "2026-Q3"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 4, 1), "2025-Q4"),
        ("2026", date(2026, 1, 1), date(2027, 1, 1), "2025"),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1), "2024-02-28"),
    ],
)
def test_periods_are_half_open_and_know_the_one_before(key, start, end, before):
    period = timeframes.parse_period(key)

    assert (period.key, period.start_day, period.end_day) == (key, start, end)
    assert period.previous().key == before
    assert period.previous().following() == period
    assert len(period.days()) == (end - start).days
    assert start in period
    assert end not in period


@pytest.mark.parametrize(
    "key",
    ["", "2026-13", "2026-W54", "2026-Q5", "0000", "9999-01", "2026-2-1", "x", "2026-02-30",
     "２０２６-10", "2026-10\x00", "1999"],
)  # fmt: skip
def test_anything_else_is_no_period(key):
    with pytest.raises(timeframes.BadPeriod):
        timeframes.parse_period(key)


def test_a_period_begins_at_the_business_midnight():
    period = timeframes.parse_period("2026-10")

    assert period.start_at == datetime(2026, 9, 30, 16, tzinfo=UTC)
    assert period.end_at == datetime(2026, 10, 31, 16, tzinfo=UTC)


@given(
    st.dates(date(2001, 1, 1), date(2099, 1, 1)),
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
)
def test_every_day_lies_in_its_period_and_keys_round_trip(day, kind):  # fmt: skip
    period = timeframes.period_of(kind, day)

    assert day in period
    assert timeframes.parse_period(period.key) == period


# --- text -----------------------------------------------------------------------------------


def test_text_is_kept_in_one_form():
    assert text.clean_text(" e\u0301 \u3000", max_length=5) == "é"
    assert text.clean_text("𠮷野家", max_length=3) == "𠮷野家"
    assert text.clean_text("a\r\nb", max_length=9, lines=True) == "a\nb"


@pytest.mark.parametrize(
    "raw",
    ["a\x00b", "a\u202eb", "a\u200bb", "a\ud800b", "a\x1bb", "a\nb", "x" * 11, "x" * 100_000,
     "a\u2066b"],
)  # fmt: skip
def test_misleading_or_long_text_is_refused(raw):
    with pytest.raises(text.BadText):
        text.clean_text(raw, max_length=10)


def test_numbers_people_type_are_mended():
    assert text.clean_code(" yt８８ 90-1234 ") == "YT88901234"


# --- pages ----------------------------------------------------------------------------------


def walk(back=False, order=("-id",)):
    pages, asked = [], {}
    while True:
        page = paging.page_of(JobRun.objects.all(), asked, order=order, size=3)
        pages.append([row.pk for row in page])
        if not page.next_key:
            return pages, page
        asked = {"after": page.next_key}


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repeat():
    made = [JobRun.objects.create(name="x", started_at=NOW).pk for _ in range(8)]

    pages, last = walk()

    assert [pk for page in pages for pk in page] == made[::-1]
    before = paging.page_of(JobRun.objects.all(), {"before": last.previous_key}, size=3)
    assert [row.pk for row in before] == pages[-2]
    first = paging.page_of(JobRun.objects.all(), {"before": before.previous_key}, size=3)
    assert [row.pk for row in first] == pages[0]
    assert (first.previous_key, bool(first.next_key)) == ("", True)


@pytest.mark.django_db
def test_pages_ordered_by_a_time_that_repeats_lose_nothing():
    made = {
        JobRun.objects.create(name="x", started_at=NOW + timedelta(hours=n // 4)).pk
        for n in range(10)
    }

    pages, _last = walk(order=("-started_at", "id"))

    assert {pk for page in pages for pk in page} == made
    assert sum(map(len, pages)) == 10


@pytest.mark.django_db
def test_pages_may_be_ordered_by_the_key_whatever_it_is_called():
    made = {JobRun.objects.create(name="x", started_at=NOW).pk for _ in range(7)}

    pages, _last = walk(order=("started_at", "pk"))

    assert {pk for page in pages for pk in page} == made
    assert sum(map(len, pages)) == 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key",
    ["x", "!!!!", "W10", "WyJ4Il0", "W1siYSJdXQ", "a" * 600,
     "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTkiXQ"]
)  # fmt: skip
def test_a_foreign_key_gives_the_first_page(key):
    JobRun.objects.create(name="x", started_at=NOW)

    assert len(paging.page_of(JobRun.objects.all(), {"after": key})) == 1


# --- changed days ---------------------------------------------------------------------------

DAY = date(2026, 3, 2)


@pytest.mark.django_db
def test_a_day_marked_twice_is_one_row_of_a_newer_version():
    changed.mark("parcels", [(DAY, 1), (DAY, 1), (DAY, 2)], at=NOW)
    changed.mark("parcels", [(DAY, 1)], at=NOW)
    changed.mark("cases", [(DAY, 1)], at=NOW)

    rows = changed.drain(["parcels"])
    assert [(row.day, row.site_id, row.version) for row in rows] == [(DAY, 1, 2), (DAY, 2, 1)]


@pytest.mark.django_db
def test_a_day_that_changed_again_since_the_drain_is_kept():
    changed.mark("parcels", [(DAY, 1), (DAY, 2)], at=NOW)
    rows = changed.drain(["parcels"])
    changed.mark("parcels", [(DAY, 2)], at=NOW)

    assert changed.clear(rows) == 1
    assert [row.site_id for row in changed.drain(["parcels"])] == [2]


@pytest.mark.django_db
def test_a_day_cleared_and_marked_again_is_not_mistaken_for_the_old_one():
    changed.mark("parcels", [(DAY, 1)], at=NOW)
    old = changed.drain(["parcels"])
    changed.clear(old)
    changed.mark("parcels", [(DAY, 1)], at=NOW)

    assert changed.clear(old) == 0


@pytest.mark.django_db
def test_many_days_are_marked_in_chunks():
    pairs = [(DAY + timedelta(days=n % 90), n) for n in range(1_000)]

    assert changed.mark("parcels", pairs, at=NOW) == 1_000
    assert changed.clear(changed.drain(["parcels"])) == 1_000


@pytest.mark.django_db(transaction=True)
def test_no_mark_is_lost_between_drain_and_clear():
    """Writers mark while a reader drains and clears; every mark is drained after it was made."""
    seen: dict[int, int] = {}
    stop = threading.Event()

    def write(site):
        for _turn in range(15):
            with transaction.atomic():
                changed.mark("parcels", [(DAY, site)], at=NOW)
                JobRun.objects.create(name=str(site), started_at=NOW)

    def read():
        while not stop.is_set():
            collect()
        connection.close()

    def collect():
        rows = changed.drain(["parcels"])
        for row in rows:
            seen[row.site_id] = JobRun.objects.filter(name=str(row.site_id)).count()
        changed.clear(rows)

    reader = threading.Thread(target=read)
    reader.start()
    sites = list(range(4))
    errors = [error for error in in_threads(4, lambda: write(sites.pop())) if error]
    stop.set()
    reader.join(timeout=30)
    collect()

    assert errors == []
    assert seen == dict.fromkeys(range(4), 15)
    assert not ChangedDay.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_writers_marking_the_same_days_in_opposite_order_never_deadlock():
    days = [(DAY + timedelta(days=n), 1) for n in range(50)]
    orders = [days, days[::-1]] * 3

    errors = [
        error
        for error in in_threads(6, lambda: changed.mark("parcels", orders.pop(), at=NOW))
        if isinstance(error, Exception)
    ]

    assert errors == []
    assert {row.version for row in changed.drain(["parcels"])} == {6}
