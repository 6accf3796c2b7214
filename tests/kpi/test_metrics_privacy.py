"""Known answers of figures about personal data: destruction on time, views with purpose."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from complaints import facts
from complaints.models import Case
from courierqa.core import privacy
from courierqa.core.models import PersonalView
from courierqa.core.timeframes import parse_period
from kpi import services
from quality import retention_counts
from quality.models import RetentionRule
from quality.services import things
from shipments.models import Parcel, ParcelFacts
from tests.factories import shipments as make
from tests.factories.complaints import open_case
from tests.kpi.known import figure
from tests.quality.conftest import Loop, loop, worker  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
# Two parcels of January 2025: paper waybills are kept a year, to 31 January 2026; 30 days later.
TAKEN = datetime(2025, 1, 15, 2, tzinfo=UTC)
DUE = date(2026, 3, 2)
NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)
MARCH = parse_period("2026-03")
PAPER = "waybill-paper"


def taken(number: int = 2) -> list[Parcel]:
    """Accept parcels in January 2025, as the scans and their facts say it."""
    site = make.site("NB-01")
    found = [make.order(origin=site, destination=site, at=TAKEN) for _one in range(number)]
    Parcel.objects.update(accepted_at=TAKEN)
    ParcelFacts.objects.update(accepted_at=TAKEN)
    return found


def destroyed(people: Loop, *, on: date, until: date = date(2025, 1, 31), **more: Any) -> None:
    rule = RetentionRule.objects.get(code=PAPER)
    things.destroy_records(
        data_kind=rule.name, records_until=until, term_ended_on=date(2026, 1, 31), count=2,
        destroyed_on=on, witness=people.leader, note="", by=people.quality,
        at=datetime(on.year, on.month, on.day, 4, tzinfo=UTC),
        **{"site": None, "way": "shredded", **more},
    )  # fmt: skip


def counts(now: datetime = NOW) -> tuple[int, int, int, int]:
    retention_counts.run(now=now)
    one = figure("X01", period=MARCH, now=now)
    return one.hits, one.total, one.not_yet_due, one.excluded


def agree(now: datetime = NOW) -> bool:
    return services.verify_period(MARCH, now=now).differences == []


@pytest.mark.parametrize(
    ("on", "hits"), [(DUE, 2), (DUE + timedelta(days=1), 0)], ids=["last day", "a day late"]
)
def test_destroyed_by_30_days_after_the_term(loop: Loop, on: date, hits: int) -> None:  # noqa: F811
    taken()
    destroyed(loop, on=on)

    assert counts() == (hits, 2, 0, 0)
    assert agree()


def test_nobody_did_anything_is_failed_once_the_day_has_passed() -> None:
    taken()

    assert counts(datetime(2026, 3, 1, 2, tzinfo=UTC)) == (0, 0, 1, 0)
    assert counts() == (0, 2, 0, 0)
    assert agree()


def test_a_check_counts_what_ended_since_the_last_night() -> None:
    """Old records came in with a file, and no night has passed: no difference, and no silence."""
    taken()

    assert agree()
    one = figure("X01", period=MARCH, now=NOW)
    assert (one.hits, one.total) == (0, 2)


def test_one_site_alone_or_too_early_a_month_is_no_destruction(loop: Loop) -> None:  # noqa: F811
    taken()
    destroyed(loop, on=DUE, site=loop.site)
    destroyed(loop, on=DUE, until=date(2025, 1, 30))

    assert counts() == (0, 2, 0, 0)
    assert agree()


def closed(case: Case, at: datetime) -> None:
    """Say that it was closed at a moment, in the case and in what is counted of it."""
    Case.objects.filter(pk=case.pk).update(closed_at=at)
    case.refresh_from_db()
    facts.refresh(case, at=NOW)


def test_what_an_open_complaint_holds_is_out_and_counted() -> None:
    parcel, _other = taken()
    case = open_case(parcel=parcel, at=TAKEN)
    assert counts() == (0, 0, 0, 1)
    assert agree()

    # Closed in time it held nothing; closed after the day it did, for ever.
    closed(case, datetime(2026, 3, 3, 2, tzinfo=UTC))
    assert counts() == (0, 0, 0, 1)
    closed(case, datetime(2026, 3, 1, 2, tzinfo=UTC))
    assert counts() == (0, 2, 0, 0)
    assert agree()


def test_a_longer_term_moves_the_day(loop: Loop) -> None:  # noqa: F811
    taken()
    assert counts() == (0, 2, 0, 0)
    RetentionRule.objects.filter(code=PAPER).update(months=24)

    assert counts() == (0, 0, 0, 0)
    assert agree()


# -- full views with purpose (X02) -----------------------------------------------------------------
SEEN = datetime(2026, 3, 10, 2, tzinfo=UTC)


def seen(viewer: Any, parcel: Parcel, **more: Any) -> None:
    privacy.reveal(parcel, ["sender_phone"], actor=viewer, reason="核实地址", request=None, at=SEEN,
                   **more)  # fmt: skip


def views() -> tuple[int, int, int]:
    one = figure("X02", period=MARCH, now=NOW)
    return one.hits, one.total, one.excluded


def test_a_view_counts_for_the_own_case_alone() -> None:
    """For the own case, by asking to help, for another's case, for a made-up number, for none."""
    site = make.site("NB-01")
    parcel = make.order(origin=site, destination=site, at=TAKEN)
    viewer, other = make.user("agent"), make.user("agent")
    mine, theirs = open_case(at=SEEN), open_case(at=SEEN, phone="13900000043")
    Case.objects.filter(pk=mine.pk).update(owner=viewer)
    Case.objects.filter(pk=theirs.pk).update(owner=other, first_responder=other)

    for ref in (mine.number, mine.number.lower(), theirs.number, "QA-0", ""):
        seen(viewer, parcel, case_ref=ref)

    assert views() == (2, 5, 0)
    assert agree()


def test_the_file_of_a_colleague_is_no_view_of_a_customer() -> None:
    person = make.courier(make.site("NB-01"))
    privacy.reveal(person, ["phone"], actor=make.user("hr"), reason="合同", is_of_staff=True,
                   request=None, at=SEEN)  # fmt: skip

    assert views() == (0, 0, 1)
    assert agree()


def test_the_parcel_in_hand_and_the_own_exception_are_tasks_of_the_page(client) -> None:
    """A courier opens the parcel in hand: tied. The supervisor opens it without one: not tied."""
    site = make.site("NB-01")
    parcel = make.order(origin=site, destination=site)
    courier = worker("courier", site)
    Parcel.objects.update(holder=courier)
    address = reverse("shipments:reveal", args=[parcel.waybill])
    for user in (courier.user, make.user("supervisor", site=site)):
        client.force_login(user)
        assert client.post(address, {"reason": "客户要求", "case_ref": ""}).status_code == 200

    told = list(PersonalView.objects.order_by("pk").values_list("task", "task_ref", "is_hit"))

    assert told == [("delivery", parcel.waybill, True), ("", "", False)]
