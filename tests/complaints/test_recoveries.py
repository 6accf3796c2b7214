"""What insurers and partners pay back for claims: entered once, taken back, beside the cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from complaints import services
from complaints.claim_rules import Basis
from complaints.enums import EventKind
from complaints.models import Recovery
from complaints.services import Received
from complaints.work_enums import RecoveredFrom
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.timeframes import parse_period
from kpi import selectors
from kpi.selectors.recovered import cost_of
from kpi.services import refresh_dirty
from tests.factories.complaints import AT, open_case
from tests.factories.kpi import parcel_row, save_parcels
from tests.factories.staff import UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = business_day(AT)
NOVEMBER, DECEMBER = parse_period("2026-11"), parse_period("2026-12")


def login(user):
    client = Client()
    client.force_login(user)
    return client


def paid(team, *, amount=2000, case=None):
    case = case or open_case(by=team.ana)
    claim = services.propose_claim(
        case=case, basis=Basis(EventKind.GOODWILL), amount_fen=amount, by=team.ana, at=AT
    )
    return services.pay_claim(claim=claim, by=team.lea, at=AT, payment_ref=f"P{claim.pk}")


def back(claim, team, *, fen=1500, number="BX-1", on=TODAY, party="某保险公司", at=AT):
    received = Received(fen, RecoveredFrom.INSURER, party, on, number)
    return services.record_recovery(claim=claim, received=received, by=team.max, at=at)


def refused(field: str, claim, team, **more) -> bool:
    with pytest.raises(DomainError) as found:
        back(claim, team, **more)
    return found.value.field == field


@pytest.mark.req("PAY-08")
def test_no_more_comes_back_than_was_paid_and_a_document_once(team):
    claim = paid(team)
    assert refused("amount", claim, team, fen=2001)
    assert refused("amount", claim, team, fen=0)
    back(claim, team, fen=1500)
    assert refused("amount", claim, team, fen=501, number="BX-2")
    assert refused("document_no", claim, team, fen=500)
    assert refused("document_no", claim, team, fen=500, number=" ")
    assert refused("party", claim, team, fen=500, number="BX-2", party="")
    assert refused("received_on", claim, team, fen=500, number="BX-2", on=TODAY + DAY)
    assert refused("received_on", claim, team, fen=500, number="BX-2", on=TODAY - DAY)
    back(claim, team, fen=500, number="BX-2")

    assert services.recovered_of(claim) == 2000


def test_nothing_comes_back_for_a_claim_that_is_not_paid(team):
    claim = services.propose_claim(
        case=open_case(by=team.ana), basis=Basis(EventKind.GOODWILL), amount_fen=2000, by=team.ana,
        at=AT,
    )  # fmt: skip
    with pytest.raises(DomainError) as found:
        back(claim, team)
    assert found.value.code == "not_paid"


def test_a_wrong_entry_is_taken_back_once_and_stays(team):
    claim = paid(team)
    row = back(claim, team, fen=1500)
    with pytest.raises(DomainError):
        services.take_back_recovery(row=row, reason=" ", by=team.max, at=AT)
    undo = services.take_back_recovery(row=row, reason="输错金额", by=team.max, at=AT)

    assert [one.amount_fen for one in claim.recoveries.all()] == [1500, -1500]
    for wrong in (row, undo):
        with pytest.raises(DomainError):
            services.take_back_recovery(row=wrong, reason="再来", by=team.max, at=AT)
    back(claim, team, fen=1200)
    assert services.recovered_of(claim) == 1200
    with pytest.raises(DatabaseError), transaction.atomic():
        Recovery.objects.filter(pk=row.pk).update(amount_fen=1)


def test_gross_recovered_and_net_stand_beside_the_cost(team, parcel):
    """Paid 20.00 in November; 15.00 came back in December: net 20.00, then −15.00."""
    claim = paid(team, case=open_case(by=team.ana, waybill=parcel.waybill))
    later = AT + 10 * DAY
    back(claim, team, on=business_day(later), at=later)
    refresh_dirty(now=AT + 20 * DAY)

    costs = []
    for period in (NOVEMBER, DECEMBER):
        (figure,) = selectors.figures(period, metric="P04")
        one = cost_of(figure, period)
        costs.append((one.gross, one.recovered, one.net))

    assert costs == [(2000, 0, 2000), (0, 1500, -1500)]
    here = selectors.EVERYTHING.within(parcel.destination).of_product(parcel.product)
    assert cost_of(figure, DECEMBER, scope=here).recovered == 1500


def test_the_form_keeps_what_was_typed_and_names_the_field(team):
    claim = paid(team)
    client, url = login(team.max), reverse("complaints:recoveries", args=[claim.pk])
    said = {
        "amount": "99", "source": "partner", "party": "某同行公司", "received_on": str(TODAY),
        "document_no": "T-9",
    }  # fmt: skip
    answer = client.post(url, said)
    assert answer.status_code == 422
    assert "某同行公司" in answer.content.decode()
    for name in ("party", "document_no", "received_on", "amount"):
        assert client.post(url, {**said, "amount": "9", name: ""}).status_code == 422
    assert client.post(url, {**said, "received_on": "2026-13-40"}).status_code == 422
    assert client.post(url, {**said, "amount": "9"}).status_code == 302
    row = Recovery.objects.get()
    undo = reverse("complaints:recovery_take_back", args=[claim.pk, row.pk])
    assert client.post(undo, {"reason": ""}).status_code == 422
    assert client.post(undo, {"reason": "记错"}).status_code == 302
    assert client.get(url).status_code == 200
    assert login(UserFactory(role="agent")).get(url).status_code == 403


@pytest.mark.parametrize("page", ["kpi:objectives", "kpi:dashboard", "kpi:metric"])
def test_the_cost_is_printed_in_yuan(team, parcel, page):
    """Fees of 4,800,000 fen are ¥48,000.00 wherever n is printed."""
    place = {"site_id": parcel.destination_id, "origin_id": parcel.origin_id}
    given = {"accepted_at": AT, "due_at": AT + DAY, "product_id": parcel.product_id, **place}
    save_parcels(*(parcel_row(fee_fen=120_000, **given) for _one in range(40)))
    paid(team, case=open_case(by=team.ana, waybill=parcel.waybill))
    refresh_dirty(now=AT + 20 * DAY)

    url = reverse(page, args=["P04"] if page == "kpi:metric" else [])
    shown = login(team.max).get(url, {"period": "2026-11", "figures": "all"}).content.decode()

    assert "¥48,000.00" in shown
    assert "4800000" not in shown.replace(",", "")
