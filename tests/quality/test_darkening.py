"""Entering the ledger makes the personal data of an ended month unreadable (INF-05)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from courierqa.core import privacy
from courierqa.core.errors import DomainError
from courierqa.core.models import DataKey
from courierqa.core.privacy import rotation
from quality.models import Destruction, RetentionRule
from quality.services import things
from shipments.models import Parcel
from tests.factories import shipments as make
from tests.factories.complaints import open_case
from tests.quality.conftest import NOW, Loop
from tests.quality.test_fleet import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("INF-05")]
UNTIL = date(2024, 1, 31)
ENDED = date(2026, 1, 31)
# Prices begin later: the parcel is ordered then, and its months are set by hand.
ORDERED = datetime(2025, 6, 10, 2, tzinfo=NOW.tzinfo)
JANUARY = datetime(2024, 1, 10, 2, tzinfo=NOW.tzinfo)


@pytest.fixture
def parcel(loop: Loop) -> Parcel:
    """A parcel of January 2024 whose personal data lie under the key of that month."""
    made = make.order(origin=loop.site, destination=loop.site, at=ORDERED)
    rotation.rotate(Parcel, month="2024-01")
    Parcel.objects.update(accepted_at=JANUARY)
    return Parcel.objects.get(pk=made.pk)


def said(people: Loop, **more: Any) -> dict[str, Any]:
    rule = RetentionRule.objects.get(code="waybill-data")
    return {
        "data_kind": rule.name, "site": None, "records_until": UNTIL, "term_ended_on": ENDED,
        "way": "key", "count": 1, "destroyed_on": NOW.date(), "witness": people.leader,
        "note": "", "by": people.quality, "at": NOW, "sure": "2024-01", **more,
    }  # fmt: skip


def name_of(parcel: Parcel) -> str:
    return Parcel.objects.get(pk=parcel.pk).recipient_name


def refused(people: Loop, **more: Any) -> DomainError:
    with pytest.raises(DomainError) as told:
        things.destroy_records(**said(people, **more))
    return told.value


def test_the_entry_destroys_the_key_and_nobody_is_found_by_phone(
    loop: Loop, parcel: Parcel
) -> None:
    assert name_of(parcel) != privacy.DESTROYED

    row = things.destroy_records(**said(loop))

    gone = Parcel.objects.get(pk=parcel.pk)
    assert gone.recipient_name == gone.sender_phone == privacy.DESTROYED
    assert (gone.recipient_phone_index, gone.recipient_tail_index) == ("", "")
    key = DataKey.objects.get(data_class="party", month="2024-01")
    assert (key.wrapped, key.destroyed_at) == ("", NOW)
    assert (row.keys, row.backups_until) == (1, NOW.date() + timedelta(days=35))
    # Younger keys and other classes live on.
    assert DataKey.objects.exclude(pk=key.pk).filter(wrapped="").count() == 0


def test_it_is_asked_twice(loop: Loop, parcel: Parcel) -> None:
    for sure in ("", "2024-02", "yes"):
        error = refused(loop, sure=sure)
        assert (error.code, error.field) == ("not_sure", "sure")
        assert "2024-01" in error.message
    assert name_of(parcel) != privacy.DESTROYED
    assert not Destruction.objects.exists()


def test_an_open_case_holds_it_back(loop: Loop, parcel: Parcel) -> None:
    case = open_case(parcel=parcel, at=JANUARY)

    error = refused(loop)

    assert (error.code, error.field) == ("held", "records_until")
    assert case.number in error.message
    assert name_of(parcel) != privacy.DESTROYED
    type(case).objects.filter(pk=case.pk).update(closed_at=NOW)
    things.destroy_records(**said(loop))
    assert name_of(parcel) == privacy.DESTROYED


def test_paper_way_site_and_witness(loop: Loop, parcel: Parcel) -> None:
    assert refused(loop, way="shredded").field == "way"
    assert refused(loop, by=loop.leader.user).code == "four_eyes"
    # One site's paper lists destroy no key of the company.
    things.destroy_records(**said(loop, site=loop.site, way="shredded", sure=""))
    assert name_of(parcel) != privacy.DESTROYED


def test_a_parcel_accepted_after_the_last_day_stays_readable(loop: Loop, parcel: Parcel) -> None:
    later = make.order(origin=loop.site, destination=loop.site, at=ORDERED)
    rotation.rotate(Parcel, month="2024-01")
    Parcel.objects.filter(pk=later.pk).update(accepted_at=JANUARY + timedelta(days=25))

    things.destroy_records(**said(loop))

    assert name_of(parcel) == privacy.DESTROYED
    assert name_of(later) != privacy.DESTROYED


def test_a_month_with_a_complaint_that_has_not_ended_keeps_its_key(loop: Loop) -> None:
    young = open_case(at=ORDERED)
    rotation.rotate(type(young), month="2020-01")
    type(young).objects.update(received_at=datetime(2020, 1, 5, tzinfo=NOW.tzinfo))
    rule = RetentionRule.objects.get(code="case-file")
    entry = said(loop, data_kind=rule.name, records_until=date(2023, 1, 31), sure="2023-01")

    assert things.destroy_records(**entry).keys == 0
    assert type(young).objects.get(pk=young.pk).words != privacy.DESTROYED

    type(young).objects.update(closed_at=datetime(2020, 2, 5, tzinfo=NOW.tzinfo))
    assert things.destroy_records(**entry).keys == 1
    assert type(young).objects.get(pk=young.pk).words == privacy.DESTROYED


def test_the_page_says_what_to_type_and_keeps_what_was_typed(loop: Loop, parcel: Parcel) -> None:
    client = signed_in(loop.quality)
    entry = said(loop)
    sent = {name: entry[name] for name in ("data_kind", "way", "count", "note")}
    sent |= {"records_until": "2024-01-31", "term_ended_on": "2026-01-31", "site": "",
             "destroyed_on": "2026-03-02", "witness": loop.leader.number}  # fmt: skip

    first = client.post("/destroyed/new/", sent, HTTP_ACCEPT_LANGUAGE="en")
    second = client.post("/destroyed/new/", {**sent, "sure": "2024-01"})

    assert first.status_code == 422
    assert "Type 2024-01 here" in first.content.decode()
    assert 'value="2024-01-31"' in first.content.decode()
    assert second.status_code == 302
    assert name_of(parcel) == privacy.DESTROYED
