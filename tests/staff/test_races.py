"""Two at once, on PostgreSQL, each with a control that shows the race without the guard."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.servers


def test_simultaneous_starts_make_one_attempt(run_apart):
    counts = run_apart("tests.staff.race", "attempts")

    assert (counts["answered"], counts["left"]) == (8, 1)
    assert counts["control"] > 1


def test_simultaneous_guesses_meet_the_limit_exactly(run_apart):
    counts = run_apart("tests.staff.race", "logins")

    assert counts["allowed"] == 5
    assert counts["control"] > 5


def test_simultaneous_agreements_book_one_entry(run_apart):
    counts = run_apart("tests.staff.race", "ledger")

    assert (counts["agreed"], counts["left"]) == (1, 1)
    assert counts["control"] > 1


@pytest.mark.req("TRN-08")
def test_simultaneous_sittings_never_pass_the_limit(run_apart):
    """Three attempts are allowed; a count without the lock lets twelve begin."""
    counts = run_apart("tests.staff.race", "limit")

    assert counts["left"] == 3
    assert counts["control"] > 3


def test_simultaneous_reversals_take_back_once(run_apart):
    """50 yuan and their reversal are nothing; without the key 7 yuan are taken back many times."""
    counts = run_apart("tests.staff.race", "reversals")

    assert (counts["done"], counts["left"]) == (1, 0)
    assert counts["control"] < 0
