"""What a report is given: the frozen content of a snapshot, read into values.

Counts are whole numbers; a share is computed where it is shown, from the counts that stand beside
it. Texts come in both languages, so that a later change of the catalogue cannot reach a frozen
month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kpi.stats import EventDay

Words = Mapping[str, str]
FACTORS = {
    "share": 1,
    "per_mille": 1_000,
    "per_100": 100,
    "per_10k": 10_000,
    "per_100k": 100_000,
    "per_million": 1_000_000,
    "points": 0.01,
    "nps": 0.01,
}
# Sums of fen and points have no range of counts, and no failures.
SUMS = frozenset({"per_mille", "points", "nps"})
# Below this many items no share is printed and nothing is ranked (B21).
FEW = 30


@dataclass(frozen=True)
class Counts:
    """Numerator and denominator, and what stands beside them."""

    hits: int
    total: int
    pending: int = 0
    excluded: int = 0
    # What of hits and total an approved exemption covers; 0 in older editions (B17).
    exempt_hits: int = 0
    exempt_total: int = 0

    @property
    def is_adjusted(self) -> bool:
        return self.exempt_total > 0

    @property
    def adjusted(self) -> Counts:
        """Return the counts without what is exempt: what targets are judged on."""
        hits, total = self.hits - self.exempt_hits, self.total - self.exempt_total
        return replace(self, hits=hits, total=total, exempt_hits=0, exempt_total=0)

    @property
    def is_few(self) -> bool:
        return self.total < FEW


@dataclass(frozen=True)
class MetricLine:
    """One figure of the month with its definition, target and history."""

    code: str
    group: str
    unit: str
    direction: str
    words: Mapping[str, Words]
    target: Decimal | None
    target_is_proposal: bool
    is_mature: bool
    mature_on: date
    counts: Counts
    series: tuple[tuple[str, Counts], ...]
    # Months before the series, which may lock the limits, and months that began a baseline anew.
    earlier: tuple[tuple[str, Counts], ...] = ()
    breaks: tuple[Mapping[str, str], ...] = ()
    # Of a rare figure the days on which it happened, and the items counted up to the end; empty
    # in editions that did not keep among how many items an event lay.
    events: tuple[EventDay, ...] = ()
    events_counted: int = 0

    def text(self, key: str, language: str) -> str:
        """Return the name, the formula … in the report's language."""
        return self.words[key][language]

    def value(self, counts: Counts) -> float | None:
        """Return the number people read, or nothing when nothing was counted."""
        return counts.hits * FACTORS[self.unit] / counts.total if counts.total else None

    def month(self, period: str) -> Counts | None:
        """Return the counts of another month of the series."""
        return dict(self.series).get(period)


@dataclass(frozen=True)
class SiteLine:
    """One site with its counts per figure."""

    code: str
    names: Words
    figures: Mapping[str, Counts]


@dataclass(frozen=True)
class Content:
    """The whole snapshot. Parts that are plain lists of rows stay as they were frozen."""

    raw: Mapping[str, Any]
    period: str
    start: date
    end: date
    as_of: datetime
    company: Words
    time_zone: str
    is_open: bool
    metrics: tuple[MetricLine, ...]
    sites: tuple[SiteLine, ...]
    causes: tuple[Mapping[str, Any], ...]
    complaints: Mapping[str, Any]
    compensation: Mapping[str, Any]
    staff: Mapping[str, Any]
    quality: Mapping[str, Any]
    changes: Mapping[str, Any] | None
    # None where nobody answered, and in editions frozen before ratings were counted.
    ratings: Mapping[str, Mapping[str, int]] | None = None
    # Likewise where nobody was asked or visited.
    surveys: Mapping[str, Any] | None = None
    # What people said per figure, and about the whole month under "".
    comments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # The one site the report is about; None for the whole company.
    site: Mapping[str, Any] | None = None
    # How long things took; empty in editions frozen before times were counted.
    times: tuple[Mapping[str, Any], ...] = ()

    def metric(self, code: str) -> MetricLine | None:
        """Return one figure of the month."""
        return next((line for line in self.metrics if line.code == code), None)


@dataclass(frozen=True)
class Signed:
    """One given signature: made, checked or approved, by whom, as what, of which hash, when."""

    step: str
    name: str
    role: str
    sha256: str
    at: datetime


@dataclass(frozen=True)
class Earlier:
    """An edition frozen before this one, for the history of corrections."""

    version: str
    sha256: str
    frozen_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Edition:
    """Which printing of the month this is; stands outside the hashed content."""

    version: str
    sha256: str
    is_final: bool
    frozen_at: datetime
    frozen_by: str = ""
    site: str = ""
    signatures: tuple[Signed, ...] = ()
    # Set in the files printed at publication, which carry the signatures.
    published_at: datetime | None = None
    earlier: tuple[Earlier, ...] = ()


def read_content(raw: Mapping[str, Any]) -> Content:
    """Read the frozen JSON. Unknown keys are left alone: newer snapshots stay readable."""
    return Content(
        raw=raw,
        period=raw["period"],
        start=date.fromisoformat(raw["start"]),
        end=date.fromisoformat(raw["end"]),
        as_of=datetime.fromisoformat(raw["as_of"]),
        company=raw["company"],
        time_zone=raw["time_zone"],
        is_open=raw["is_open"],
        metrics=tuple(_metric(line) for line in raw["metrics"]),
        sites=tuple(_site(line) for line in raw["sites"]),
        causes=tuple(raw["causes"]),
        complaints=raw["complaints"],
        compensation=raw["compensation"],
        staff=raw["staff"],
        quality=raw["quality"],
        changes=raw.get("changes"),
        ratings=raw.get("ratings"),
        surveys=raw.get("surveys"),
        comments=raw.get("comments") or {},
        site=raw.get("site"),
        times=tuple(raw.get("times", ())),
    )


def _counts(raw: Mapping[str, Any]) -> Counts:
    more = [raw.get(name, 0) for name in ("pending", "excluded", "exempt_hits", "exempt_total")]
    return Counts(raw["hits"], raw["total"], *more)


def _words(raw: Mapping[str, Any]) -> Mapping[str, Words]:
    """Editions frozen before the source was translated kept it as one text beside the words."""
    if "source" not in raw:
        return raw["words"]
    return {**raw["words"], "source": dict.fromkeys(("zh-hans", "en"), raw["source"])}


def _metric(raw: Mapping[str, Any]) -> MetricLine:
    target = raw["target"]
    return MetricLine(
        code=raw["code"],
        group=raw["group"],
        unit=raw["unit"],
        direction=raw["direction"],
        words=_words(raw),
        target=None if target is None else Decimal(target),
        target_is_proposal=raw["target_is_proposal"],
        is_mature=raw["is_mature"],
        mature_on=date.fromisoformat(raw["mature_on"]),
        counts=_counts(raw),
        series=tuple((month["period"], _counts(month)) for month in raw["series"]),
        earlier=tuple((month["period"], _counts(month)) for month in raw.get("earlier", ())),
        breaks=tuple(raw.get("breaks", ())),
        events=_event_days(raw),
        events_counted=raw.get("among", {}).get("counted", 0),
    )


def _event_days(raw: Mapping[str, Any]) -> tuple[EventDay, ...]:
    among = raw.get("among", {}).get("days", ())
    return tuple(
        EventDay(date.fromisoformat(day), n, items, before)
        for (day, n), (items, before) in zip(raw.get("events", ()), among, strict=False)
    )


def _site(raw: Mapping[str, Any]) -> SiteLine:
    figures = {code: _counts(counts) for code, counts in raw["figures"].items()}
    return SiteLine(raw["code"], raw["names"], figures)
