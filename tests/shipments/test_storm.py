"""The proof that nothing is lost and nothing doubled, on PostgreSQL, with its control."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.servers, pytest.mark.once]


@pytest.mark.req("LIF-12", "TIM-04")
def test_twenty_thousand_scans_in_disorder_with_connections_cut(run_apart):
    counts = run_apart("tests.shipments.storm")

    assert counts["sent"] == 24_000
    assert counts["stored"] == counts["distinct"] == 20_000
    assert counts["differing"] == 0
    assert counts["cuts"] >= 5
    assert counts["broken"] >= 1
    assert counts["other"] == 0
    # The control: the same storm without the unique key stores scans twice.
    assert counts["control"] > 0
