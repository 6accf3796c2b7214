"""What is planted into the demo's eighteen months, so that every chart has something true to show.

Written as data: when, where, how strong, and which figures must say so. The tests read the same
rows and ask that these signals fire in these months and nowhere else. Months are counted back from
the month of today, except for the peak, which comes with every November.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

# What an ordinary day looks like: chance of a long delay on the way, of no time at the station,
# and of nobody at the door.
TROUBLE, ABSENT, MISSED = 0.075, 0.012, 0.062
# Xihu has been short of people for so many days.
SHORT_DAYS = 62


@dataclass(frozen=True)
class Planted:
    """One true event: its words, its days, its place, and (figure, variation) it must show."""

    code: str
    zh: str
    en: str
    # Months back from today's month; the peak names a month of the year instead.
    months_back: int = 0
    month_of_year: int = 0
    days: tuple[int, int] = (1, 31)
    lasts: bool = False
    hub: str = ""
    trouble: float = 0.0
    absent: float = 0.0
    missed: float = 0.0
    shows: tuple[tuple[str, str], ...] = field(default=())

    def months(self, first: date, today: date) -> list[date]:
        """Return the first days of the months it touches, between `first` and today."""
        found, month = [], first.replace(day=1)
        while month <= today:
            if self._holds(month, today):
                found.append(month)
            month = (month + timedelta(days=31)).replace(day=1)
        return found

    def on(self, day: date, today: date) -> bool:
        """Say whether this day lies in the event."""
        if not self._holds(day.replace(day=1), today):
            return False
        return self.lasts or self.days[0] <= day.day <= self.days[1]

    def _holds(self, month: date, today: date) -> bool:
        if self.month_of_year:
            return month.month == self.month_of_year
        back = (today.year - month.year) * 12 + today.month - month.month
        return back <= self.months_back if self.lasts else back == self.months_back


CRISIS = Planted(
    code="hub-crisis",
    zh="宁波分拨中心分拣机故障三周，经该中心的快件积压数日",
    en="The sorter of the Ningbo hub is down for three weeks; parcels through it wait for days",
    months_back=5,
    days=(4, 25),
    hub="NB-H1",
    trouble=0.9,
    shows=(("T01", "concern"), ("T03", "concern")),
)
PEAK = Planted(
    code="peak",
    zh="每年十一月促销旺季，全网运力紧张",
    en="The sales season of every November strains the whole network",
    month_of_year=11,
    days=(3, 24),
    trouble=0.3,
    absent=0.08,
    shows=(("T01", "concern"),),
)
BETTER = Planted(
    code="call-first",
    zh="投递前先电话预约，首次投递无人在家的情况减少五分之四",
    en="Couriers call before they come: four fifths fewer closed doors at the first attempt",
    months_back=4,
    lasts=True,
    missed=-0.05,
    shows=(("D01", "improvement"),),
)
PLANTED = (CRISIS, PEAK, BETTER)


@dataclass(frozen=True)
class Strain:
    """How troubled a time and place are for one parcel."""

    trouble: float
    absent: float
    missed: float
    jammed: str = ""
    jam: float = 0.0


def strain_at(destination: str, day: date, today: date) -> Strain:
    """Return the strain on a parcel accepted on this day for this station.

    Xihu has been short of people for two months; Wenzhou has always been far away.
    """
    trouble, absent, missed = TROUBLE, ABSENT, MISSED
    jammed, jam = "", 0.0
    for one in PLANTED:
        if not one.on(day, today):
            continue
        if one.hub:
            jammed, jam = one.hub, one.trouble
            continue
        trouble, absent, missed = trouble + one.trouble, absent + one.absent, missed + one.missed
    if destination == "WZ-01":
        trouble += 0.04
    if destination == "HZ-01" and (today - day).days < SHORT_DAYS:
        absent += 0.3
    return Strain(trouble, absent, missed, jammed, jam)
