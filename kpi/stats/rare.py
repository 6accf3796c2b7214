"""Too few events for a chart: one rule for pages and report."""

from __future__ import annotations

from collections.abc import Sequence

# Fewer bad events a month than this, on average, are counted, not charted.
RARE = 5


def is_rare(bad: Sequence[int], totals: Sequence[int], *, is_share: bool) -> bool:
    """Say whether most months would show no bad event at all.

    A single loss then widens the limits and its absence looks like an improvement; neither is
    true. A share that was never missed is no such case: every month says the same. Months that
    counted nothing, such as those before the first parcel, do not dilute the others.
    """
    months = sum(total > 0 for total in totals)
    events = sum(bad)
    if not months or (is_share and events == 0):
        return False
    return events < RARE * months
