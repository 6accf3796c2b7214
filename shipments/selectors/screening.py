"""Which parcels must pass the machine before they leave, and which have (ACC-04)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shipments import enums
from shipments.models import Parcel, ScanEvent, ScreeningRule
from shipments.network_enums import ScreenResult
from staff.models import Site


class ScreeningRules:
    """The active rules, read once, with the regions of the sites they speak of."""

    def __init__(self) -> None:
        self.rules = list(ScreeningRule.objects.filter(is_active=True))
        self.regions: dict[int, str] = {}
        if any(rule.region for rule in self.rules):
            self.regions = dict(Site.objects.values_list("pk", "region"))

    def due(self, parcel: Parcel, mode: str) -> bool:
        """Say whether this parcel must be screened before it leaves by this mode."""
        return any(self._matches(rule, parcel, mode) for rule in self.rules)

    def _matches(self, rule: ScreeningRule, parcel: Parcel, mode: str) -> bool:
        ends = {self.regions.get(parcel.origin_id), self.regions.get(parcel.destination_id)}
        return (
            (not rule.mode or rule.mode == mode)
            and (not rule.region or rule.region in ends)
            and (rule.destination_id is None or rule.destination_id == parcel.destination_id)
        )


def screened(parcels: Iterable[Parcel]) -> set[int]:
    """Return the ids whose last screening passed; a failed one after it takes that back."""
    ids = [parcel.pk for parcel in parcels]
    codes = (enums.Code.XRY, enums.Code.VOI)
    rows = list(
        ScanEvent.objects.filter(parcel_id__in=ids, code__in=codes).order_by("effective_at", "pk")
    )
    gone = {row.corrects for row in rows if row.code == enums.Code.VOI}
    last: dict[int, str] = {}
    for row in rows:
        if row.code == enums.Code.XRY and row.uid not in gone and row.parcel_id is not None:
            last[row.parcel_id] = str(row.detail.get("result", ScreenResult.PASS))
    return {pk for pk, result in last.items() if result == ScreenResult.PASS}


def unscreened(parcels: Sequence[Parcel], mode: str) -> list[Parcel]:
    """Return the parcels that may not leave by this mode yet."""
    rules = ScreeningRules()
    due = [parcel for parcel in parcels if rules.due(parcel, mode)]
    done = screened(due) if due else set()
    return [parcel for parcel in due if parcel.pk not in done]
