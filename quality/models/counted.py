"""What figures know of inspections, audits, readings and things: flat rows kept beside them."""

from __future__ import annotations

from courierqa.core.counted import CountedRow


class InspectionRow(CountedRow):
    """Planned inspections (I01), graded points (I02, I02T), faults to be mended (I03)."""


class UpkeepRow(CountedRow):
    """Audits, readings, reviews (I03A, I07, I09 to I11), things and safety (F01 to F08)."""
