"""What one metric declares: names, rules, and the rows it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, Model, Q, Sum

from complaints.models import CaseFacts, VoiceRow
from courierqa.core.models import PersonalView
from kpi.enums import Direction, Group, Outcome, Unit
from quality.models import InspectionRow, LoopRow, UpkeepRow
from shipments.models import (
    HandoverFacts,
    ParcelFacts,
    RunRow,
    ScanCount,
    StepFacts,
    TroubleRow,
    ValiditySpan,
)
from shipments.selectors.exemptions import Excuse, exempt_rows
from staff.models import PeopleRow, PostSpan

PARCELS = "parcels"
CASES = "cases"
HANDOVERS, TROUBLES, VOICE, PEOPLE = "handovers", "troubles", "voice", "people"
STEPS, INSPECTIONS, LOOP = "steps", "inspections", "loop"
UPKEEP, RUNS, SCANS = "upkeep", "runs", "scans"
SPANS, VIEWS = "spans", "views"
POSTS = "posts"
# Counted at the end of every day over what was needed then, from runs of evenings.
EVENINGS = frozenset({SPANS, POSTS})
TABLES: dict[str, type[Model]] = {
    PARCELS: ParcelFacts,
    CASES: CaseFacts,
    HANDOVERS: HandoverFacts,
    TROUBLES: TroubleRow,
    STEPS: StepFacts,
    VOICE: VoiceRow,
    PEOPLE: PeopleRow,
    INSPECTIONS: InspectionRow,
    LOOP: LoopRow,
    UPKEEP: UpkeepRow,
    RUNS: RunRow,
    SCANS: ScanCount,
    SPANS: ValiditySpan,
    VIEWS: PersonalView,
    POSTS: PostSpan,
}
# The column of fees, in fen: what compensation is held against (P04).
FEES = "fee_fen"
# The column that names the record behind a row, in both books.
KEYS = {
    HANDOVERS: "event_uid",
    TROUBLES: "record_id",
    VOICE: "record_id",
    PEOPLE: "record_id",
    STEPS: "parcel_id",
    INSPECTIONS: "record_id",
    LOOP: "record_id",
    UPKEEP: "record_id",
    RUNS: "record_id",
    SCANS: "key",
    SPANS: "record_id",
    VIEWS: "record_id",
    POSTS: "record_id",
}
FACTOR = {
    Unit.SHARE: 1,
    Unit.PER_MILLE: 1_000,
    Unit.PER_100: 100,
    Unit.PER_10K: 10_000,
    Unit.PER_100K: 100_000,
    Unit.PER_MILLION: 1_000_000,
    # Scores are summed in hundredths of a point.
    Unit.POINTS: 0.01,
    Unit.NPS: 0.01,
}
# Sums of fen and points have no range of counts.
SUMS = frozenset({Unit.PER_MILLE, Unit.POINTS, Unit.NPS})
# The columns that name who served: the same words in both fact tables.
SITE, PRODUCT, COURIER = "site_id", "product_id", "courier_id"
ORIGIN = "origin_id"


@dataclass(frozen=True)
class Tally:
    """Rows of one fact table, each given to a day, judged at a moment.

    `moment` is when a row can be judged: its deadline, or the time of the event itself. A row
    whose moment lies after the as-of time is pending and on neither side of the share (B1). Past
    its moment a row without the wanted event has failed, however open it still is (B2).

    Rows are counted, unless `hit_sum` or `total_sum` names an integer column that is added up
    instead: scans present over scans expected, fen over fen. What is pending or excluded is always
    a number of rows. `flaw` then says which rows the list of failures shows.
    """

    facts: str
    day: str
    moment: str
    population: Q
    excluded: Q | None = None
    hit: Q | None = None
    hit_sum: str = ""
    total_sum: str = ""
    flaw: Q | None = None
    # In whose figures a row counts: the serving site, unless another one is answerable.
    site: str = SITE
    # Whether force majeure by approved record excuses its rows (B17).
    is_excusable: bool = False

    @property
    def table(self) -> type[Model]:
        return TABLES[self.facts]

    def out(self) -> Q:
        return self.population & self.excluded if self.excluded else Q(pk__in=())

    def inside(self) -> Q:
        return self.population & ~self.excluded if self.excluded else self.population

    def judged(self, at: datetime) -> Q:
        """Rows of the denominator at `at`."""
        return self.inside() & Q(**{f"{self.moment}__lte": at})

    def hits(self, at: datetime) -> Q:
        return self.judged(at) & self.hit if self.hit is not None else self.judged(at)

    def exempt(self, found: Sequence[Excuse]) -> Q:
        """Return the rows whose moment and place one of these exemptions covers."""
        origin = ORIGIN if self.facts == PARCELS else ""
        return exempt_rows(found, self.moment, origin=origin, site=SITE)

    def failed(self, at: datetime) -> Q:
        """Judged rows that did not reach what was wanted."""
        if self.flaw is not None:
            return self.judged(at) & self.flaw
        return self.judged(at) & ~self.hit if self.hit is not None else self.judged(at)

    def hits_counted(self, at: datetime) -> Aggregate:
        return _counted(self.hits(at), self.hit_sum)

    def total_counted(self, at: datetime) -> Aggregate:
        return _counted(self.judged(at), self.total_sum)

    def pending(self, at: datetime) -> Q:
        return self.inside() & Q(**{f"{self.moment}__gt": at})

    def left_out(self, at: datetime) -> Q:
        return self.out() & Q(**{f"{self.moment}__lte": at})


def _counted(rows: Q, column: str) -> Aggregate:
    return Sum(column, filter=rows) if column else Count("pk", filter=rows)


def counted(
    code: str,
    facts: str,
    *,
    hit: Q | None = None,
    excluded: Q | None = None,
    hit_sum: str = "",
    total_sum: str = "",
    flaw: Q | None = None,
) -> Tally:
    """Return the tally of a figure whose rows are made for it alone."""
    return Tally(
        facts=facts,
        day="day",
        moment="moment",
        population=Q(kind=code),
        excluded=excluded,
        hit=hit,
        hit_sum=hit_sum,
        total_sum=total_sum,
        flaw=flaw,
    )


@dataclass(frozen=True)
class Words:
    """What the definition page says about a metric; all texts are translated lazily."""

    name: Any
    short: Any
    formula: Any
    assigned: Any
    edges: Any
    maturity: Any
    source: Any


@dataclass(frozen=True)
class Metric:
    """One figure: numerator and denominator over facts, never a stored percentage.

    `base` is given when the denominator counts other rows than the numerator (complaints per
    parcels accepted); numerator and denominator then have their own tables and days.
    """

    code: str
    group: Group
    words: Words
    unit: Unit
    direction: Direction
    tally: Tally
    proposal: Decimal
    mature_days: int
    base: Tally | None = None
    by_courier: bool = False
    # What stands beside the figure is not left out by rule but still undecided (C02, C12).
    is_undecided: bool = False
    # Counted at the end of every day over what is under way then (T10); a period shows its last
    # ended day, and days do not add up.
    is_snapshot: bool = False
    # What the records list calls one counted thing; picks the template of its rows.
    record: str = PARCELS

    @property
    def name(self) -> Any:
        return self.words.name

    @property
    def is_excusable(self) -> bool:
        """Say whether it stands raw and adjusted side by side."""
        return self.tally.is_excusable

    @property
    def factor(self) -> float:
        return FACTOR[self.unit]

    @property
    def is_sum(self) -> bool:
        """Say whether the numerator is a sum of fen or points, not a number of records."""
        return self.unit in SUMS

    @property
    def divides_money(self) -> bool:
        """Say whether the denominator is an amount in fen."""
        return (self.base or self.tally).total_sum == FEES

    @property
    def higher_is_better(self) -> bool:
        return self.direction == Direction.UP

    def parts(self) -> Iterator[tuple[str, Tally]]:
        """Yield (role, tally): the tally that counts, then the one that only divides."""
        yield "own", self.tally
        if self.base is not None:
            yield "base", self.base

    def value(self, hits: int, total: int) -> float | None:
        """Return the number people read; nothing when nothing was counted (B21)."""
        return hits / total * self.factor if total else None

    def records(self, outcome: str, at: datetime) -> Q:
        """Return the filter for the rows behind one count of this metric."""
        tally = self.tally
        if outcome == Outcome.PENDING:
            return tally.pending(at)
        if outcome == Outcome.EXCLUDED:
            return tally.left_out(at)
        # Where other records divide, only the numerator has a list.
        if self.base is not None:
            return tally.hits(at)
        if outcome == Outcome.ALL:
            return tally.judged(at)
        if tally.flaw is None and (self.direction == Direction.DOWN or tally.hit is None):
            return tally.hits(at)
        return tally.failed(at)
