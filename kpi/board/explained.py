"""What explains a change, as a page shows it: the largest parts, the rest in a row of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.timeframes import parse_period
from kpi import stats
from kpi.board import show
from kpi.enums import Unit
from kpi.metrics import METRICS, Metric
from kpi.selectors.change import Change, Share

TOP = 6


@dataclass(frozen=True)
class Row:
    """One part in words; `tone` says whether it helped or hurt."""

    name: str
    code: str
    before: str
    after: str
    rate: str
    mix: str
    total: str
    tone: str
    # The figure with this part as its filter; "" for the rest and for what has no code.
    url: str = ""


# Where a part leads, by the kind of its table and its code.
Link = Callable[[str, str], str]


def _nowhere(_by: str, _code: str) -> str:
    return ""


def explained(change: Change | None, link: Link = _nowhere) -> dict[str, Any] | None:
    """Return the sentence and the tables of a change, or None when there is nothing to compare."""
    if change is None:
        return None
    metric = METRICS[change.metric]
    tables = [
        {"title": title, "rows": _rows(metric, shares, link, by), "has_mix": counted,
         "by": by}
        for title, shares, counted, by in (
            (_causes_title(metric), change.by_cause, False, "cause"),
            (_("By site"), change.by_site, True, "site"),
            (_("By product"), change.by_product, True, "product"),
        )
        if len(shares) > 1
    ]  # fmt: skip
    return {"sentence": _sentence(metric, change), "tables": tables}


def _causes_title(metric: Metric) -> str:
    return _("By reason") if metric.record == "cases" else _("By link")


def _sentence(metric: Metric, change: Change) -> str:
    before = parse_period(change.before).label
    moved = _part(metric, change.change)[0]
    text = _("Against %(before)s: %(moved)s.") % {"before": before, "moved": moved}
    largest = next(iter(change.by_cause or change.by_site), None)
    if largest is None or not largest.total:
        return text
    said = {"name": largest.name, "part": _part(metric, largest.total)[0]}
    most = pgettext("change", "The largest part: %(name)s, %(part)s.") % said
    return stats.gap().join((text, most))


def _rows(metric: Metric, shares: list[Share], link: Link, by: str) -> list[Row]:
    shown, rest = shares[:TOP], shares[TOP:]
    if len(rest) == 1:
        shown, rest = shares, []
    # A cause has no items of its own.
    counted = by != "cause"
    rows = [_row(metric, one, counted=counted, url=link(by, one.code)) for one in shown]
    return [*rows, _row(metric, _together(rest), counted=counted)] if rest else rows


def _together(rest: list[Share]) -> Share:
    def both(name: str) -> tuple[int, int]:
        pairs = [getattr(one, name) for one in rest]
        return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)

    rate, mix = sum(one.rate for one in rest), sum(one.mix for one in rest)
    return Share(pgettext("change", "All others"), "", both("before"), both("after"), rate, mix)


def _row(metric: Metric, one: Share, *, counted: bool, url: str = "") -> Row:
    total, tone = _part(metric, one.total)
    return Row(
        name=one.name, code=one.code, before=_counts(metric, one.before, counted=counted),
        after=_counts(metric, one.after, counted=counted), rate=_part(metric, one.rate)[0],
        mix=_part(metric, one.mix)[0], total=total, tone=tone, url=url,
    )  # fmt: skip


def _counts(metric: Metric, pair: tuple[int, int], *, counted: bool) -> str:
    """Return hits of items; a cause has no items of its own."""
    hits = show.counted(metric, pair[0], is_hits=True)
    return f"{hits} / {show.counted(metric, pair[1])}" if counted else hits


def _part(metric: Metric, value: float) -> tuple[str, str]:
    """Return a part with its sign and unit, and whether it helped or hurt."""
    is_share = metric.unit == Unit.SHARE
    shown = value * 100 if is_share else value
    places = 0 if abs(shown) >= 100 else 2 if is_share else 1
    number = f"{shown:+.{places}f}".replace("-", "−")
    text = _("%(n)s pt") % {"n": number} if is_share else f"{number} {show.unit_of(metric)}"
    if not any(digit in number for digit in "123456789"):
        return text, ""
    return text, "better" if (value > 0) == metric.higher_is_better else "worse"
