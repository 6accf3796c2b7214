"""What was valid at the end of each day, judged a second time from papers and calibrations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.verification.book import Recount
from kpi.verification.fallen import said
from quality.models import Licence, LicenceTerm
from shipments.models import Calibration, InstrumentUse

# Key of the record, where it was needed, and whether it was valid.
Stood = tuple[int, int, bool]


def count(period: Period, as_of: datetime, found: Recount) -> None:
    """Look at every device and licence at the end of every ended day (F03, F04)."""
    devices, licences = _Devices(), _Licences()
    day = period.start_day
    while day < min(period.end_day, calendars.business_day(as_of)):
        for code, book in (("F03", devices), ("F04", licences)):
            for record, site, is_valid in book.on(day):
                found.add((code, day, site, 0), record, said(is_valid))
        day += timedelta(days=1)


class _Devices:
    """Where each device was in use, and for which days it was calibrated."""

    def __init__(self) -> None:
        self.uses: dict[int, list[tuple[date, int, int, bool]]] = defaultdict(list)
        for one in InstrumentUse.objects.all():
            use = (one.from_day, one.pk, one.site_id, one.is_active)
            self.uses[one.instrument_id].append(use)
        self.spans: dict[int, dict[date, date]] = defaultdict(dict)
        notes = Calibration.objects.order_by("at", "pk")
        for which, start, end in notes.values_list("instrument_id", "calibrated_on", "valid_until"):
            self.spans[which][start] = end

    def on(self, day: date) -> Iterator[Stood]:
        for which, uses in self.uses.items():
            last = max((one for one in uses if one[0] <= day), default=None)
            if last is not None and last[3]:
                spans = self.spans[which].items()
                yield which, last[2], any(start <= day <= end for start, end in spans)


class _Licences:
    """The papers of each licence, and from when until when it was on the register."""

    def __init__(self) -> None:
        self.off = dict(Licence.objects.values_list("pk", "retired_on"))
        self.papers: dict[int, list[Any]] = defaultdict(list)
        for one in LicenceTerm.objects.order_by("pk"):
            self.papers[one.licence_id].append(one)

    def on(self, day: date) -> Iterator[Stood]:
        for which, papers in self.papers.items():
            off = self.off[which]
            known = [one for one in papers if calendars.business_day(one.at) <= day]
            if known and (off is None or day < off):
                is_valid = any(
                    one.issued_on <= day and (one.expires_on or day) >= day for one in papers
                )
                yield which, known[-1].site_id or 0, is_valid
