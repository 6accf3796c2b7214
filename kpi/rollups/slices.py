"""Which days and sites are counted together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Model, Q

# What a cell counts; the last two are how many of the hits and of all an exemption covers.
EXEMPT = ("exempt_hits", "exempt_total")
COUNTS = ("hits", "total", "pending", "excluded", *EXEMPT)


@dataclass(frozen=True)
class Slice:
    """Which (day, site) are counted: the sites of each day, or every site of a run of days."""

    sites: Mapping[date, frozenset[int]]
    whole: tuple[date, date] | None = None

    def days(self) -> list[date]:
        """Return the days of the slice, in order."""
        if self.whole is None:
            return sorted(self.sites)
        start, end = self.whole
        return [start + timedelta(days=one) for one in range((end - start).days)]

    def has(self, day: date, site: int) -> bool:
        return self.whole is not None or site in self.sites.get(day, ())

    def all_sites(self) -> frozenset[int]:
        """Return every site named for any of its days."""
        return frozenset().union(*self.sites.values())

    def touches(self, table: type[Model], day: str) -> bool:
        """Say whether the table has any row on or between the days of the slice.

        Asked once per table and day column: most figures of a quiet month have nothing to count,
        and building their sums costs more than this question.
        """
        if (table, day) not in self._asked:
            days = self.days()
            span = Q(**{f"{day}__gte": days[0], f"{day}__lte": days[-1]}) if days else Q(pk__in=())
            self._asked[table, day] = table._default_manager.filter(span).exists()
        return self._asked[table, day]

    @cached_property
    def _asked(self) -> dict[tuple[type[Model], str], bool]:
        return {}

    def where(self, day: str, site: str) -> Q:
        """Return the filter; days that share their sites share one clause."""
        if self.whole is not None:
            return Q(**{f"{day}__gte": self.whole[0], f"{day}__lt": self.whole[1]})
        days_of: dict[frozenset[int], list[date]] = defaultdict(list)
        for one, sites in sorted(self.sites.items()):
            days_of[sites].append(one)
        query = Q(pk__in=())
        for sites, days in days_of.items():
            query |= Q(**{f"{day}__in": days, f"{site}__in": sorted(sites)})
        return query


def month_slice(month: date) -> Slice:
    """Return the slice of a whole month, given its first day."""
    return Slice(sites={}, whole=(month, next_month(month)))


def next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
