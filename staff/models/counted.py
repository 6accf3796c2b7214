"""What figures know of people's records: flat rows kept beside them."""

from __future__ import annotations

from courierqa.core.counted import CountedRow


class PeopleRow(CountedRow):
    """Sessions, courses, effect checks and grades as H01, H02, H03 and H05 count them."""
