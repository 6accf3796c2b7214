"""Objectives with known answers: reached, just reached, missed, unmeasured, not yet assessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kpi import assessing, services, targeting
from kpi.metrics import METRICS
from staff.models import Employee, Team, TeamMember
from tests.factories import shipments as make
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, end_of
from tests.kpi.hidden_truth.loops import Told

FEBRUARY, SECOND, MARCH = date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 1)
END = end_of(datetime(2026, 2, 28, tzinfo=CHINA))
# (figure, place, wanted, from when, days until February is final, reached). The story's February:
# one review of management in time; at HZ-01 its month reviewed in time, at NB-01 late; one of five
# audits as planned; no drill; nobody's violation; scores above nought.
AIMS: tuple[tuple[str, str, str, date, int, bool | None], ...] = (
    ("I10", "", "1", FEBRUARY, 0, True),
    # What has objectives below it is measured by these.
    ("I11", "", "0.99", FEBRUARY, 0, None),
    ("I11", "HZ-01", "1", FEBRUARY, 0, True),
    ("I11", "NB-01", "0.5", FEBRUARY, 0, False),
    ("I07", "", "0.2", FEBRUARY, 0, True),
    ("F06", "", "0.5", FEBRUARY, 0, False),
    ("H08", "", "0", FEBRUARY, 0, True),
    # Scores count ten days later, once grades are confirmed.
    ("H05", "", "1", FEBRUARY, 10, True),
    # Final only after the story; wanted from the second day of the month on, or from March.
    ("S03", "", "900", FEBRUARY, 30, None),
    ("H06", "", "0.1", SECOND, 0, None),
    ("F01", "", "0.1", MARCH, 0, None),
)


def aims(sites: dict[str, Any]) -> Iterator[Told]:
    """Set objectives, let figures be counted, and have what is due assessed."""
    by = make.user("quality")
    for code, place, wanted, since, days, is_reached in AIMS:
        _aim(code, wanted, since, by, site=sites.get(place))
        if is_reached is not None:
            yield place, "", [Answer("I08", END + days * DAY, is_reached)]
    yield from _of_a_team(sites["SH-01"], by)
    services.refresh_dirty(now=NOW)
    assessing.run(now=NOW)


def _of_a_team(site: Any, by: Any) -> Iterator[Told]:
    """A team nobody handed anything over for: nothing was measured."""
    team = Team.objects.create(name="三组", site=site, aim="征得同意")
    person = Employee.objects.filter(site=site, post__role="courier").order_by("pk")[0]
    TeamMember.objects.create(team=team, employee=person, from_on=FEBRUARY)
    _aim("D05", "0.9", FEBRUARY, by, site=site)
    _aim("D05", "0.9", FEBRUARY, by, team=team)
    yield "SH-01", "", [Answer("I08", END + DAY, hit=False)]


def _aim(code: str, wanted: str, since: date, by: Any, **whose: Any) -> None:
    targeting.set_target(
        metric=METRICS[code], value=Decimal(wanted), valid_from=since, reason="年度目标", by=by,
        at=NOW - 40 * DAY, **whose,
    )  # fmt: skip
