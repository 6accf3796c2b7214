"""Taking a parcel in hand: whoever works on it comes first, and what they wrote is seen."""

from __future__ import annotations

from shipments.models import Parcel


def hold(parcel: Parcel) -> None:
    """Lock the parcel until the transaction ends and read it anew; a page may be old by now."""
    rows = Parcel.objects.select_for_update(no_key=True, of=("self",))
    parcel.refresh_from_db(from_queryset=rows)
