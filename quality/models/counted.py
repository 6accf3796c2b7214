"""What figures know of inspections: flat rows kept beside them."""

from __future__ import annotations

from courierqa.core.counted import CountedRow


class InspectionRow(CountedRow):
    """Planned inspections (I01) and graded points (I02, I02T for targeted ones)."""
