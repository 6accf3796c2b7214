"""Scans sent twice and crosswise, on PostgreSQL, each with a control that shows the race."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.servers


def test_a_batch_sent_by_many_at_once_is_stored_once(run_apart):
    counts = run_apart("tests.shipments.race", "twins")

    assert counts["errors"] == 0
    assert counts["created"] == counts["rows"] == counts["sent"]
    assert counts["facts"] == counts["parcels"]
    assert counts["control"] > 0


def test_the_same_scans_in_opposite_order_never_lock_each_other_out(run_apart):
    counts = run_apart("tests.shipments.race", "crossing")

    assert counts["errors"] == 0
    assert counts["control"] > 0
