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
