"""Any stored cell or raw record changed behind the product's back is found, and told where."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.models import Case
from courierqa.core.models import Message
from courierqa.core.timeframes import parse_period
from kpi import alarm, services
from kpi.metrics import METRICS
from kpi.models import CauseCell, Cell, CourierCell, MonthCell, Verification
from kpi.verification import comparing, counting, sharing
from shipments.models import ParcelFacts, ScanEvent
from tests.factories import shipments as make
from tests.factories.kpi import double_check
from tests.kpi.hidden_truth.answers import ELSEWHERE
from tests.kpi.hidden_truth.lives import NOW
from tests.kpi.hidden_truth.telling import told
from tests.kpi.test_verification import lifted

pytestmark = pytest.mark.django_db
MARCH = parse_period("2026-03")
BOOKS = {
    "site": (Cell, ("hits", "total", "pending", "excluded", "exempt_total")),
    "month": (MonthCell, ("hits", "total", "pending", "excluded", "exempt_total")),
    "courier": (CourierCell, ("hits", "total")),
    "cause": (CauseCell, ("records",)),
}
few = settings(
    max_examples=4, deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.req("ANA-01")
def test_whatever_stored_number_is_changed_the_check_names_its_cell() -> None:
    """Four cells of every figure in every book, any count one more or less, or the row gone."""
    told(1, rounds=1)
    services.refresh_dirty(now=NOW)
    found = counting.recount(MARCH, as_of=NOW)
    assert comparing.differences(MARCH, found, as_of=NOW) == []
    here = set(Cell.objects.values_list("metric", flat=True))
    assert set(METRICS) - here <= set(ELSEWHERE)

    for book, (model, counts) in BOOKS.items():
        kind = "kind" if book == "cause" else "metric"
        for code in sorted(set(model.objects.values_list(kind, flat=True))):
            if book == "month" and not sharing.adds_up(code):
                continue
            # Reports of a month's end may lie outside the month that is checked.
            day = "month" if book == "month" else "day"
            rows = model.objects.filter(**{kind: code, f"{day}__month": 3}).order_by("pk")
            if rows:
                _mutate(book, list(rows), counts, found)


def _mutate(book: str, rows: list[Any], counts: tuple[str, ...], found: Any) -> None:
    @few
    @given(st.data())
    def one_changed(data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(rows))
        name = data.draw(st.sampled_from([*counts, "gone"]))
        with transaction.atomic():
            same = type(row).objects.filter(pk=row.pk)
            if name == "gone":
                same.delete()
            else:
                more = getattr(row, name) + data.draw(st.sampled_from([1, 7, -1]))
                same.update(**{name: max(more, 0) if more >= 0 else 5})
            (said,) = comparing.differences(MARCH, found, as_of=NOW)
            assert said["book"] == book
            assert _place(said) == _place_of(book, row)
            # A cell alone was changed: no record is under suspicion.
            assert said["records"] == []
            transaction.set_rollback(True)

    one_changed()


def _place(said: dict[str, Any]) -> tuple[Any, ...]:
    last = next(said[name] for name in ("product", "courier", "cause") if name in said)
    return said["metric"], said["day"], said["site"], last


def _place_of(book: str, row: Any) -> tuple[Any, ...]:
    if book == "cause":
        metric = "T01" if row.kind == "late" else "C01"
        return metric, row.day.isoformat(), row.site_id, row.cause
    day = row.month if book == "month" else row.day
    last = row.courier_id if book == "courier" else row.product_id
    return row.metric, day.isoformat(), row.site_id, last


@pytest.mark.req("ANA-01")
def test_whatever_raw_record_is_changed_the_check_names_its_parcel_or_case() -> None:
    """A delivery or a pickup turned into a note, an answer taken away: each by its own name."""
    told(1, rounds=1)
    services.refresh_dirty(now=NOW)
    done = ParcelFacts.objects.filter(done_at__isnull=False, is_test=False).order_by("pk")
    picked = ScanEvent.objects.filter(parcel_id__in=done.values("pk"), code="PUP")
    answered = Case.objects.filter(kind="complaint").exclude(first_final_at=None).order_by("pk")

    @few
    @given(
        st.sampled_from(list(done)), st.sampled_from(list(picked)), st.sampled_from(list(answered))
    )
    def forged(parcel: ParcelFacts, pickup: ScanEvent, case: Case) -> None:
        deliveries = ScanEvent.objects.filter(parcel_id=parcel.pk, code__in=["DLV", "RDY"])
        assert _forged(lambda: deliveries.update(code="NTF")) == {parcel.waybill}
        one = ScanEvent.objects.filter(pk=pickup.pk)
        later = pickup.effective_at.replace(year=2025)
        assert _forged(lambda: one.update(effective_at=later)) == {pickup.waybill}
        same = Case.objects.filter(pk=case.pk)
        assert _forged(lambda: same.update(received_at=case.received_at.replace(day=1))) == {
            case.number
        }

    forged()


def _forged(change: Any) -> set[str]:
    """Change raw rows, check, take the change back; return every record the check suspects."""
    with transaction.atomic():
        with lifted(connection):
            change()
        found = counting.recount(MARCH, as_of=NOW)
        said = comparing.differences(MARCH, found, as_of=NOW)
        transaction.set_rollback(True)
    said = [one for one in said if one["metric"] not in ELSEWHERE]
    assert said
    return {name for one in said for name in one["records"]}


def test_a_difference_is_told_once_to_those_who_answer_for_figures() -> None:
    boss, admin, agent = (make.user(role) for role in ("quality", "admin", "agent"))
    one = {"book": "site", "metric": "T01", "day": "2026-03-04", "site": 1, "product": 1,
           "stored": {"hits": 1}, "recounted": {"hits": 2}, "records": []}  # fmt: skip
    again = {**one, "stored": {"hits": 9}}
    other = {**one, "metric": "S02"}

    def night(*listed: dict[str, Any]) -> int:
        check = double_check("2026-03", NOW)
        Verification.objects.filter(pk=check.pk).update(differences=list(listed))
        check.refresh_from_db()
        return alarm.tell_differences(check, at=NOW)

    assert [night(), night(one), night(again), night(again, other), night()] == [0, 2, 0, 2, 0]
    told_to = Message.objects.values_list("recipient_user", flat=True)
    assert set(told_to) == {boss.pk, admin.pk}
    assert agent.pk not in told_to
    assert "2026" in Message.objects.first().subject
