"""The work list and the watch cost the same however many cases were ever answered."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints import services
from complaints.models import Case, Entry
from tests.benchmarks.floors import seconds_by_the_clock
from tests.benchmarks.test_exceptions import AT_ONCE, copies
from tests.factories.complaints import open_case

# Committed, so that the database can tidy up as it does by itself in use.
pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 10, 31, 10, tzinfo=UTC)
CASES, OPEN_ONE_IN, PLACES = 20_000, 50, 5000
RUNS, GOAL_MS = 11, 150
VIEWS = ("mine", "unowned", "due-soon", "overdue", "follow-up", "unanswered", "all")
PAGES = (
    *(f"?view={view}" for view in VIEWS), "?view=all&kind=query", "?view=all&class=privacy",
    "?view=overdue&class=privacy", "?view=all&channel=sms", "?view=all&kind=query&channel=sms",
    "?view=all&channel=forum", "?view=all&q=C-2026-900001", "?view=all&q=YB00000900",
    "?view=all&q=13900000042", "?view=all&q=0042",
)  # fmt: skip
# What follows from the count, in the words of each database.
WORDS = {
    "postgresql": {
        "due": "timestamptz '2026-10-31 10:00+00' + (n %% {places} - 900) * interval '1 minute'",
        "never": "timestamptz '9999-12-31 00:00+00'", "text": "n::text",
        "uid": "gen_random_uuid()", "mark": "md5(n::text)",
        "received": "timestamptz '2026-10-31 08:00+00' - n * interval '20 seconds'",
    },
    "sqlite": {
        "due": "datetime('2026-10-31 10:00:00', (n %% {places} - 900) || ' minutes')",
        "never": "'9999-12-31 00:00:00'", "text": "n",
        "uid": "lower(hex(randomblob(16)))", "mark": "lower(hex(n))",
        "received": "datetime('2026-10-31 08:00:00', '-' || (n * 20) || ' seconds')",
    },
}  # fmt: skip


def wanted() -> int:
    """Return how many cases to store: BENCH_CASES, or a minute's worth."""
    return int(os.environ.get("BENCH_CASES", CASES))


def fill(first: int, count: int, pattern: Case, owners: list[int]) -> None:
    """Copy one case many times: one in fifty is open, the others were answered long ago."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Storing a million takes longer than any page may.
            cursor.execute("SET statement_timeout = 0")
    for start in range(first, first + count, AT_ONCE):
        add(start, min(AT_ONCE, first + count - start), pattern, owners)


def add(first: int, count: int, pattern: Case, owners: list[int]) -> None:
    words = WORDS[connection.vendor]
    is_open = f"n %% {OPEN_ONE_IN} = 0"
    due = words["due"].format(places=PLACES)
    turn = f"n / {OPEN_ONE_IN} %% {len(owners) + 1}"
    who = " ".join(f"WHEN {place} THEN {pk}" for place, pk in enumerate(owners))
    # What is encrypted belongs to one row: copies have none of it.
    sealed = dict.fromkeys(("customer_name", "customer_phone", "customer_email", "words"), "''")
    copies(
        Case, pattern.pk, first, count, uid=words["uid"], number=f"'C-2026-' || {words['text']}",
        token=f"'t' || {words['text']}", key=f"'bench-' || {words['text']}",
        kind="CASE n %% 9 WHEN 0 THEN 'query' ELSE 'complaint' END",
        case_class="CASE n %% 20 WHEN 0 THEN 'privacy' ELSE 'service' END",
        channel="CASE n %% 7 WHEN 0 THEN 'sms' ELSE 'phone' END",
        status=f"CASE WHEN {is_open} THEN (CASE n %% 3 WHEN 0 THEN 'answered' ELSE 'registered'"
        " END) ELSE 'closed' END",
        owner_id=f"CASE {turn} {who} ELSE NULL END", received_at=words["received"],
        next_due_at=f"CASE WHEN {is_open} THEN {due} ELSE {words['never']} END",
        next_check_at="NULL", waybill_given=f"'YB' || {words['text']}",
        phone_index=words["mark"], tail_index="'t' || n %% 10000",
        **sealed,
    )  # fmt: skip
    made = f"(SELECT c.id FROM complaints_case c WHERE c.number = 'C-2026-' || {words['text']})"
    said = Entry.objects.filter(case=pattern).first()
    copies(Entry, said.pk, first, count, uid=words["uid"], case_id=made)
    if connection.vendor == "postgresql":
        connection.check_constraints()


def settled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def spent_ms(client, page: str) -> tuple[int, float]:
    """Return the number of queries and the time spent in the database, in milliseconds."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/complaints/{page}").status_code == 200
    return len(queries), sum(float(one["time"]) for one in queries) * 1000


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95) - 1]


@pytest.mark.parametrize("role", ["agent", "lead", "supervisor"])
def test_the_work_list_reads_open_cases_not_the_answered_ones(as_role, cast, role):
    client, many = as_role(role), wanted()
    pattern = open_case(by=cast.agent, phone="13900000042")
    Case.objects.filter(pk=pattern.pk).update(site=cast.station)
    owners = [cast.agent.pk, cast.lead.pk, cast.supervisor.pk]
    few_queries: dict[str, int] = {}
    fill(900_000, many // 10, pattern, owners)
    settled()
    for page in PAGES:
        client.get(f"/complaints/{page}")
        few_queries[page] = spent_ms(client, page)[0]
    fill(900_000 + many // 10, many - many // 10, pattern, owners)
    settled()
    for page in PAGES:
        found = [spent_ms(client, page) for _turn in range(RUNS)]
        worst = p95([ms for _count, ms in found])
        print(f"\n{role} {page} of {many}: {found[-1][0]} queries, p95 {worst:.0f} ms", end="")
        # A few links of the page (next, previous) need no query more.
        assert found[-1][0] == few_queries[page]
        assert worst <= GOAL_MS * 2
    print()


def test_the_watch_costs_what_is_due_not_what_is_stored(cast, as_role):
    many, costs = wanted(), {}
    pattern = open_case(by=cast.agent, at=NOW)
    for first, count in ((900_000, many // 10), (900_000 + many // 10, many - many // 10)):
        fill(first, count, pattern, [cast.agent.pk])
        settled()
        for due in (5, 20):
            rows = Case.objects.filter(status="registered", number__gte="C-2026-9")
            chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:due])

            def look(chosen=chosen, due=due):
                Case.objects.filter(pk__in=chosen).update(next_check_at=NOW)
                assert services.check_clocks(now=NOW)["cases"] == due

            costs[count, due] = seconds_by_the_clock(look, times=5)
            Case.objects.update(next_check_at=None)
    for (stored, due), cost in costs.items():
        print(f"\nwatch, {stored} stored, {due} due: {cost * 1000 / due:.1f} ms a case", end="")
    print()
    few, more = sorted({stored for stored, _due in costs})
    assert costs[more, 20] / costs[few, 20] < 3
    assert costs[more, 20] / costs[more, 5] < 8
