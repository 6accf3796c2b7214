"""The same cause at the same place again within 180 days of closing (I06)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from courierqa.core.errors import DomainError
from quality import services
from quality.models import Nonconformity
from tests.factories.staff import SiteFactory
from tests.quality.conftest import DAY, NOW, Loop

pytestmark = pytest.mark.django_db
CLOSED = NOW + 103 * DAY


def again(loop: Loop, *, at: datetime, code: str = "people-training", **fields: Any) -> Any:
    """Raise another one, seen the day before `at`, and name its cause."""
    row = loop.raised(at=at, **fields)
    services.contain(row, text="已致电", by=loop.leader.user, at=at)
    loop.analysed(row, code, at=at)
    return Nonconformity.objects.get(pk=row.pk)


def came(row: Nonconformity) -> datetime | None:
    row.refresh_from_db()
    return row.came_back_at


@pytest.mark.parametrize(("days", "is_again"), [(1, False), (2, True), (181, True), (182, False)])
def test_half_a_year_from_closing_to_the_day_it_was_seen(
    loop: Loop, days: int, is_again: bool
) -> None:
    old = loop.closed()
    new = again(loop, at=CLOSED + days * DAY)
    assert (new.repeats == old) is is_again
    assert came(old) == (new.found_at if is_again else None)


def test_another_place_or_another_cause_is_no_recurrence(loop: Loop) -> None:
    old = loop.closed()
    elsewhere = SiteFactory(code="HZ-09")
    assert again(loop, at=CLOSED + 9 * DAY, site=elsewhere).repeats is None
    other = again(loop, at=CLOSED + 9 * DAY, code="method-planning", even_so=True)
    assert (other.repeats, came(old)) == (None, None)
    # The cause was named wrongly: named anew, it is one after all.
    loop.analysed(other, at=CLOSED + 9 * DAY)
    other.refresh_from_db()
    assert (other.repeats, came(old)) == (old, other.found_at)
    loop.analysed(other, "method-planning", at=CLOSED + 9 * DAY)
    assert came(old) is None


def test_every_closed_one_in_reach_came_back_the_newest_is_named(loop: Loop) -> None:
    first = loop.closed()
    second = loop.closed(at=NOW + 20 * DAY)
    new = again(loop, at=CLOSED + 40 * DAY)
    assert new.repeats == second
    assert (came(first), came(second)) == (new.found_at, new.found_at)


def test_a_void_one_repeats_nothing(loop: Loop) -> None:
    old = loop.closed()
    new = again(loop, at=CLOSED + 9 * DAY)
    services.void(new, reason="误报", by=loop.quality, at=CLOSED + 10 * DAY)
    new.refresh_from_db()
    assert (new.repeats, came(old)) == (None, None)


def test_a_merged_cause_maps_history(loop: Loop) -> None:
    old = loop.closed()
    new = again(loop, at=CLOSED + 9 * DAY, code="people-handover")
    assert new.repeats is None
    services.merge_cause(
        loop.cause("people-handover"), into=loop.cause(), by=loop.quality, at=CLOSED + 10 * DAY
    )
    new.refresh_from_db()
    assert (new.repeats, came(old)) == (old, new.found_at)
    # What was found is kept as it was named.
    assert new.cause.code == "people-handover"
    with pytest.raises(DomainError) as error:
        services.merge_cause(loop.cause(), into=loop.cause("people-handover"), by=loop.quality,
                             at=CLOSED)  # fmt: skip
    assert error.value.code == "same"


def test_a_merged_cause_is_not_named_any_more(loop: Loop) -> None:
    services.merge_cause(loop.cause("people-handover"), into=loop.cause(), by=loop.quality, at=NOW)
    row = loop.raised()
    services.contain(row, text="已致电", by=loop.leader.user, at=NOW)
    with pytest.raises(DomainError) as error:
        loop.analysed(row, "people-handover", at=NOW)
    assert error.value.code == "unused"
