"""Runs by what drives their vehicle (GRN-04, G04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from courierqa.core.access import Access
from courierqa.core.text import clean_code
from shipments.models import Round, Vehicle
from shipments.selectors.green import later
from shipments.vehicle_enums import CLEAN


@dataclass(frozen=True)
class EnergyRuns:
    """Runs started in a month: clean ones, those whose vehicle is registered, all of them."""

    clean: int
    known: int
    started: int

    @property
    def g04(self) -> float | None:
        """Electric, hydrogen or muscle-driven runs of those whose vehicle is known."""
        return self.clean / self.known if self.known else None


def energy_runs(access: Access, month: date) -> EnergyRuns:
    """Return the runs of a month at the reader's sites; two queries."""
    rows = Round.objects.filter(access.rows(site="site_id"), started_at__isnull=False)
    rows = rows.filter(day__gte=month, day__lt=later(month))
    plates = [clean_code(text) for text in rows.values_list("vehicle", flat=True)]
    energies = dict(Vehicle.objects.filter(plate__in=set(plates)).values_list("plate", "energy"))
    known = [energies[plate] for plate in plates if plate in energies]
    return EnergyRuns(sum(one in CLEAN for one in known), len(known), len(plates))
