"""What figures know of the improvement loop: flat rows kept beside its records."""

from __future__ import annotations

from courierqa.core.counted import CountedRow


class LoopRow(CountedRow):
    """Actions (I04), effect checks (I05) and closed nonconformities (I06) as figures see them."""
