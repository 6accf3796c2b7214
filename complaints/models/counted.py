"""What figures know of claims, follow-up calls, letters and surveys: flat rows."""

from __future__ import annotations

from courierqa.core.counted import CountedRow


class VoiceRow(CountedRow):
    """Cases, calls, claims and survey answers as C06 to C14, P01 to P04, V01 to V04 count them."""
