"""Known answers of the figures about handovers, worked out by hand (domain C2, S07)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from complaints.models import CaseFacts
from courierqa.core.calendars import business_day
from courierqa.core.timeframes import parse_period
from kpi import services
from shipments.enums import Source
from shipments.models import HandoverFacts, ParcelFacts
from shipments.services import ScanInput, record_scans
from shipments.services.proving import store_proof
from tests.factories import shipments as make
from tests.factories.complaints import open_case
from tests.factories.kpi import case_row, save_cases
from tests.kpi.histories import START, tell
from tests.kpi.known import ACCEPTED, DUE, HOUR, WEEK_END, counted, delivered, figure
from tests.kpi.test_verification import OCTOBER

pytestmark = pytest.mark.django_db
AT = ACCEPTED + timedelta(days=2)
TINY = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)


def handover(*, at=AT, way="recipient", **given) -> HandoverFacts:
    """Store a row as the fold would have made it."""
    placing = way in ("locker", "station", "safe_place")
    waits = way in ("locker", "station")
    row = {
        "parcel_id": 1, "event_uid": uuid4(), "waybill": "YS00000000001", "site_id": 2,
        "product_id": 1, "way": way, "is_placing": placing, "is_import": False, "made_at": at,
        "needs_consent": placing or way == "proxy", "agreed": False,
        "tell_by": at + 30 * MINUTE if placing else None,
        "proof_by": None if placing else at + 24 * HOUR,
        "fetch_by": at + 48 * HOUR if waits else None, "is_faulty": False, **given,
    }  # fmt: skip
    for name in ("made_at", "tell_by", "proof_by", "fetch_by", "denied_at"):
        moment = row.get(name)
        row[f"{name[:-3]}_day"] = business_day(moment) if moment else None
    return HandoverFacts.objects.create(**row)


@pytest.mark.req("ANA-02")
def test_consent_must_stand_before_every_placement_and_proxy() -> None:
    """Locker with, locker without, proxy without, imported without: 1 of 4. The recipient's own
    hands need none."""
    handover(way="locker", agreed=True)
    handover(way="locker")
    handover(way="proxy")
    handover(way="station", is_import=True)
    handover()

    assert counted("D05") == (1, 4)


def test_whoever_was_placed_for_is_told_within_half_an_hour() -> None:
    """At the limit is in time, a moment later and never are not: 1 of 3; a file leaves; a delivery
    is no placement. Before the half hour has ended nothing is judged."""
    limit = AT + 30 * MINUTE
    handover(way="locker", told_at=limit)
    handover(way="locker", told_at=limit + TINY)
    handover(way="station")
    handover(way="station", is_import=True)
    handover()

    before, found = figure("D06", now=limit - TINY), figure("D06")

    assert (before.total, before.not_yet_due) == (0, 3)
    assert (found.hits, found.total, found.excluded) == (1, 3, 1)


def test_proof_counts_from_its_upload() -> None:
    """In time at the limit: 1 of 3; late, missing; a file leaves; a placement is no delivery."""
    limit = AT + 24 * HOUR
    handover(proof_at=limit)
    handover(proof_at=limit + TINY)
    handover()
    handover(is_import=True)
    handover(way="locker", proof_at=AT)

    found = figure("D07")

    assert (found.hits, found.total, found.excluded) == (1, 3, 1)


def test_false_signatures_count_on_the_day_of_their_proof() -> None:
    """2 proven this week, one of them delivered before it; 3 deliveries in the week; a placement
    that was denied is no signature: 2 / 3 x 100,000."""
    handover(denied_at=AT + HOUR)
    handover()
    handover()
    handover(at=AT - timedelta(days=7), denied_at=AT)
    handover(way="locker", denied_at=AT)

    found = figure("D08")

    assert (found.hits, found.total, found.value) == (2, 3, pytest.approx(200_000 / 3))


def test_what_is_not_fetched_in_48_hours_waits_too_long() -> None:
    """Fetched at the limit, a moment later, never: 2 of 3 wait too long. Taken out again: excluded;
    a safe place is not fetched from."""
    limit = AT + 48 * HOUR
    handover(way="locker", fetched_at=limit)
    handover(way="locker", fetched_at=limit + TINY)
    handover(way="station")
    handover(way="station", left_at=limit)
    handover(way="safe_place")

    found = figure("D11")

    assert (found.hits, found.total, found.excluded) == (2, 3, 1)


@pytest.mark.req("ANA-02")
def test_a_perfect_delivery_has_no_flaw_at_all() -> None:
    """Of 8 on time: perfect 3 (one with a complaint that was not upheld, one with a complaint
    after 30 days). Damaged, without consent, complained of: not. Late: not. 3 of 8; a recalled
    one leaves."""
    sent = [make.order(at=ACCEPTED) for _number in range(5)]
    ParcelFacts.objects.all().delete()
    plain, wrong, blamed, cleared, later = (delivered(DUE, number=one.pk) for one in sent)
    delivered(DUE, number=900_001, damaged=True)
    delivered(DUE, number=900_002, lost_at=DUE)
    delivered(DUE + TINY, number=900_003)
    delivered(DUE, number=900_004, out_t01=True)
    handover(parcel_id=wrong.pk, is_faulty=True)
    handover(parcel_id=plain.pk)
    month = timedelta(days=30)
    complain(blamed, DUE + month, upheld=True)
    complain(cleared, DUE, upheld=False)
    complain(later, DUE + month + TINY, upheld=True)

    found = figure("S07")

    assert (found.hits, found.total, found.excluded) == (3, 8, 1)


def complain(row, at, *, upheld: bool) -> None:
    """A decided complaint about a parcel, as a fact row."""
    case = open_case(by=make.user("agent"), at=at)
    type(case).objects.filter(pk=case.pk).update(parcel_id=row.pk)
    CaseFacts.objects.filter(pk=case.pk).delete()
    save_cases(case_row(received_at=at, number=case.pk, upheld=upheld))


def scan(parcel, code, at, **detail) -> ScanInput:
    return ScanInput(
        uid=uuid4(), waybill=parcel.waybill, code=code, happened_at=at, device="phone",
        site_id=parcel.destination_id, detail=detail,
    )  # fmt: skip


@pytest.mark.req("ANA-01")
def test_both_books_agree_about_a_course_of_handovers() -> None:
    """Put into a locker without consent, told after 20 minutes, consent afterwards, fetched with a
    code; disproved; handed over anew with a signature that arrives two days later."""
    sent = make.accept(make.order(at=START), START)
    at = START + timedelta(days=1)
    told = [
        scan(sent, "RDY", at, way="locker"),
        scan(sent, "NTF", at + 20 * MINUTE, channel="sms"),
        scan(sent, "CON", at + HOUR, kind="locker", given=True),
        scan(sent, "DLV", at + 50 * HOUR, way="collected", proof="code"),
        scan(sent, "DNR", at + 60 * HOUR, confirmed=True),
        scan(sent, "DLV", at + 70 * HOUR, way="recipient"),
    ]
    for one in told:
        record_scans([one], source=Source.OFFICE, recorded_at=one.happened_at)
    store_proof(
        uid=uuid4(), parcel=sent, event_uid=told[-1].uid, kind="signature",
        captured_at=at + 70 * HOUR, received_at=at + 118 * HOUR, strokes=[[[1, 2]] * 6],
    )  # fmt: skip

    now = START + timedelta(days=40)
    assert services.verify_period(OCTOBER, now=now).differences == []
    locker, fetched, again = HandoverFacts.objects.order_by("made_at")
    assert (locker.agreed, locker.told_at, locker.fetched_at) == (
        False, at + 20 * MINUTE, at + 50 * HOUR,
    )  # fmt: skip
    assert (fetched.proof_at, fetched.denied_at) == (at + 50 * HOUR, at + 60 * HOUR)
    assert (again.proof_at, again.denied_at, again.is_faulty) == (at + 118 * HOUR, None, True)


@pytest.mark.parametrize("seed", [2, 3, 5, 6])
def test_both_books_agree_over_every_odd_history(seed: int) -> None:
    tell(seed, parcels=40)

    for month in ("2026-09", "2026-10"):
        period = parse_period(month)
        assert services.verify_period(period, now=WEEK_END + timedelta(days=20)).differences == []
    assert HandoverFacts.objects.exists()
