"""Figures that are times: the whole way (T05), its links (T06), handling a complaint (C09)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from kpi.enums import Group
from kpi.metrics.cases import FIRST_TIME
from kpi.metrics.parcels import AFTER_7_DAYS, POPULATION
from kpi.metrics.shape import CASES, PARCELS, STEPS, TABLES, Words

AFTER_10_DAYS = _("10 days after the period")


@dataclass(frozen=True)
class Duration:
    """One time: the rows it is taken of, the day they belong to, and the column of minutes.

    Where `ends` is given the minutes lie between `starts` and `ends`. Rows without minutes are
    still open and rank behind all others where `counts_open`; elsewhere they have not got so far
    and are not counted. `left` rows are out of the ranks, and their number is shown.
    """

    code: str
    group: Group
    words: Words
    facts: str
    day: str
    population: Q
    minutes: str = ""
    starts: str = ""
    ends: str = ""
    left: Q | None = None
    counts_open: bool = False
    site: str = "site_id"
    # Half should take no longer than this many hours: a proposal, where the rules name one.
    goal: int | None = None

    @property
    def table(self) -> type[Model]:
        return TABLES[self.facts]

    @property
    def name(self) -> Any:
        return self.words.name


T05 = Duration(
    code="T05",
    group=Group.TIME,
    facts=PARCELS,
    day="accepted_day",
    population=POPULATION,
    minutes="whole_minutes",
    left=Q(whole_minutes__isnull=True, returned=True, lost=False),
    counts_open=True,
    goal=48,
    words=Words(
        name=_("Whole-course time"),
        short=_("Whole course"),
        formula=_("From acceptance to done, over all parcels accepted in the period"),
        assigned=_("The acceptance date"),
        edges=_(
            "Open and lost parcels rank behind all others: a quantile among them is only known to "
            "be longer than if each had ended by now. The mean is shown when at least 99 % are "
            "done. Parcels on their way back or returned are out of the ranks and shown as a "
            "number."
        ),
        maturity=AFTER_10_DAYS,
        source=_("State Post Bureau (mean 54.24 hours); rule book 004, §6.3.2"),
    ),
)


def _link(code: str, words: Words) -> Duration:
    return Duration(
        code=code, group=Group.TIME, facts=STEPS, day="day", population=Q(kind=code),
        minutes="amount", words=words,
    )  # fmt: skip


_EDGES = _(
    "A link passed without a scan at both ends, or whose end lies before its start, is not "
    "guessed: it lowers the coverage, on the day of the next scan that shows it was passed. The "
    "links need not add up to the whole course."
)
_SOURCE = _("Rule book 004, §6.1.1; links of the State Post Bureau")
_ENDED = _("The day the link ended")


def _words(name: Any, short: Any, formula: Any) -> Words:
    return Words(
        name=name, short=short, formula=formula, assigned=_ENDED, edges=_EDGES,
        maturity=AFTER_7_DAYS, source=_SOURCE,
    )  # fmt: skip


T06A = _link(
    "T06A",
    _words(
        _("Handling at the origin"),
        _("Origin"),
        _("From acceptance to the departure from the origin's hub"),
    ),
)
T06B = _link(
    "T06B",
    _words(
        _("Transport between hubs"),
        _("Transport"),
        _("From the departure from the origin's hub to the arrival at the destination's hub"),
    ),
)
T06C = _link(
    "T06C",
    _words(
        _("Handling at the destination"),
        _("Destination"),
        _("From the arrival at the destination's hub to the first time out for delivery"),
    ),
)
T06D = _link(
    "T06D",
    _words(
        _("Time out for delivery"),
        _("Out to door"),
        _("From the first time out for delivery to done"),
    ),
)

C09 = Duration(
    code="C09",
    group=Group.VOICE,
    facts=CASES,
    day="received_day",
    population=FIRST_TIME,
    starts="received_at",
    ends="told_at",
    left=Q(is_gone=True, told_at__isnull=True),
    counts_open=True,
    goal=48,
    words=Words(
        name=_("Time to settle a complaint"),
        short=_("Complaint settled"),
        formula=_(
            "From receipt until the customer was told the answer, over all complaints of the period"
        ),
        assigned=_("The date of receipt"),
        edges=_(
            "Those not told yet rank behind all others. Nights, holidays and waiting for "
            "the customer count. Withdrawn or merged before an answer: out of the ranks."
        ),
        maturity=AFTER_7_DAYS,
        source=_("Rule book 001, part 3(4)"),
    ),
)

DURATIONS = {one.code: one for one in (T05, T06A, T06B, T06C, T06D, C09)}
