"""RunRow: runs that were started, as F02 and G04 count them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from courierqa.core import counted
from courierqa.core.text import clean_code
from shipments.enums import CheckPhase
from shipments.models import Round, RoundCheck, RunRow, Vehicle
from shipments.vehicle_enums import CLEAN

RUNS = "runs"
KINDS = ("F02", "G04")
BATCH = 400


def refresh_runs(rounds: Iterable[Round], *, at: datetime) -> None:
    """Make the rows of these runs anew; one that was not started has none."""
    rows = [one for one in rounds if one.started_at is not None]
    ids = [one.pk for one in rows]
    looks = RoundCheck.objects.filter(round__in=ids, phase=CheckPhase.BEFORE).order_by("at")
    looked = dict(reversed(list(looks.values_list("round_id", "at"))))
    plates = {clean_code(one.vehicle) for one in rows}
    energies = dict(Vehicle.objects.filter(plate__in=plates).values_list("plate", "energy"))
    made = [row for one in rows for row in _of_run(one, looked.get(one.pk), energies)]
    counted.keep(RunRow, made, kinds=KINDS, records=ids, source=RUNS, at=at)


def _of_run(
    one: Round, looked: datetime | None, energies: dict[str, str]
) -> Iterator[counted.CountedRow]:
    """Checked before the start (F02); clean where the vehicle is registered (G04)."""
    start = one.started_at
    assert start is not None, "only what was started is a run"
    common = {
        "label": f"{one.courier.number} {one.day}", "site_id": one.site_id,
        "courier_id": one.courier_id,
    }  # fmt: skip
    is_checked = looked is not None and looked <= start
    yield counted.row(RunRow, "F02", one.pk, start, is_hit=is_checked, **common)
    energy = energies.get(clean_code(one.vehicle))
    yield counted.row(
        RunRow, "G04", one.pk, start, is_hit=energy in CLEAN, is_out=energy is None, **common
    )


def refresh_plate(plate: str, *, at: datetime) -> None:
    """Make the rows of a vehicle's runs anew: it was registered, or what drives it was put right.

    The plate was typed on the phone, with or without blanks.
    """
    typed = Round.objects.exclude(vehicle="").order_by().values_list("vehicle", flat=True)
    texts = [text for text in typed.distinct() if clean_code(text) == plate]
    if texts:
        rows = Round.objects.filter(vehicle__in=texts).select_related("courier")
        refresh_runs(rows, at=at)


def renew(*, at: datetime) -> None:
    """Make every row anew, after an upgrade."""
    ids = list(Round.objects.exclude(started_at=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        some = Round.objects.filter(pk__in=ids[start : start + BATCH]).select_related("courier")
        refresh_runs(some, at=at)
