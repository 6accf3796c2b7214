"""Weekday by hour as a heat table: a cell is coloured where chance does not explain it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext

from courierqa.core import formats
from kpi.board import show
from kpi.selectors import Figure


def table(now: Figure, found: Mapping[tuple[int, int], Figure]) -> dict[str, Any]:
    """Return the hours that occur as columns and seven weekdays as rows."""
    hours = sorted({hour for _weekday, hour in found})
    rows = [
        {"label": label, "cells": [_cell(now, found.get((place, hour))) for hour in hours]}
        for place, label in enumerate(_weekdays(), start=1)
    ]
    return {"hours": [f"{hour:02}" for hour in hours], "rows": rows}


def _weekdays() -> list[str]:
    return [
        pgettext("weekday", "Mon"), pgettext("weekday", "Tue"), pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"), pgettext("weekday", "Fri"), pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    ]  # fmt: skip


def _cell(now: Figure, one: Figure | None) -> dict[str, Any]:
    """A share of few records is withheld; the count stays (B21)."""
    if one is None or not one.n:
        return {"text": "", "n": 0, "heat": ""}
    metric = one.declared
    if metric.base is not None:
        return {"text": formats.number(one.n, 0), "n": one.n, "heat": ""}
    text = "n<30" if one.is_few else show.show(metric, one.value)
    heat = "" if one.is_few else show.heat(metric, one, now.value)
    # Close to the whole is neither good nor bad news.
    return {"text": text, "n": one.n, "heat": heat if heat in ("heat-1", "heat-5") else ""}
