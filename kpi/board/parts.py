"""The five parts of quality (OBJ-08): every figure belongs to one, whatever else it is grouped by.

Time, completeness, safety, traceability, customer service: seed 000 E 2. A new figure falls into
the part of its letter without a line here; only those that differ from their letter are named.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from kpi.core_figures import CORE, FIRST
from kpi.metrics import METRICS


class Part(TextChoices):
    """The parts in the order pages show them."""

    TIME = "time", pgettext_lazy("part of quality", "Time")
    COMPLETE = "complete", pgettext_lazy("part of quality", "Completeness")
    SAFETY = "safety", pgettext_lazy("part of quality", "Safety")
    TRACE = "trace", pgettext_lazy("part of quality", "Traceability")
    SERVICE = "service", pgettext_lazy("part of quality", "Customer service")


LETTERS = {
    "T": Part.TIME,
    "S": Part.COMPLETE,
    "A": Part.SAFETY,
    "X": Part.SAFETY,
    "F": Part.SAFETY,
    "E": Part.TRACE,
}
# Scans made, made in time and made in the right place; proof that can be followed.
NAMED = {
    "S05": Part.TRACE,
    "S06": Part.TRACE,
    "D07": Part.TRACE,
    "D10": Part.TRACE,
    "S07": Part.SERVICE,
    "E03": Part.SERVICE,
}


def part_of(code: str) -> Part:
    """Return the part of quality a figure speaks of."""
    return NAMED.get(code) or LETTERS.get(code[:1], Part.SERVICE)


def core_codes() -> list[str]:
    """Return the figures of the first page, at most eight."""
    rest = [code for code in METRICS if code not in FIRST]
    return [code for code in (*FIRST, *rest) if code in METRICS][:CORE]


def by_part(codes: Iterable[str]) -> list[tuple[Part, list[str]]]:
    """Return the codes under their parts, in the order of the parts; no empty part."""
    wanted = list(codes)
    grouped = [(part, [code for code in wanted if part_of(code) == part]) for part in Part]
    return [(part, found) for part, found in grouped if found]
