"""Remedies, refunds of a fee, versions of the arithmetic, bands, who bears the cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from complaints import claim_rules, selectors, services
from complaints.claim_rules import Basis, Rule
from complaints.enums import EventKind, Liability
from complaints.models import Claim, ClaimBand, ClaimRule, CostShare
from complaints.services import Part, Refund
from complaints.work_enums import Bearer, RemedyKind
from courierqa.core.errors import DomainError, NotAllowed
from shipments.models import Order
from tests.factories.complaints import AT, open_case
from tests.factories.staff import EmployeeFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def login(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.req("PAY-03")
def test_a_case_has_several_remedies_each_done_or_not(team):
    case = open_case(by=team.ana)
    client = login(team.ana)
    url = reverse("complaints:case_remedy", args=[case.number])
    for kind in (RemedyKind.REDELIVER, RemedyKind.APOLOGY):
        said = {"kind": kind, "words": "明天上午免费重派", "due_at": "2199-01-01T10:00"}
        assert client.post(url, said).status_code == 302
    assert client.post(url, {"kind": "resend", "words": ""}).status_code == 422

    assert "remedy" in selectors.missing_to_close(case)
    first, second = case.remedies.all()
    end = reverse("complaints:remedy_end", args=[case.number, first.pk])
    assert client.post(end, {"outcome": "done", "result": ""}).status_code == 422
    client.post(end, {"outcome": "done", "result": "已当面签收"})
    services.end_remedy(remedy=second, carried_out=False, result="客户不需要", by=team.ana, at=AT)

    assert [row.status for row in case.remedies.all()] == ["done", "dropped"]
    assert "remedy" not in selectors.missing_to_close(case)
    with pytest.raises(DomainError):
        services.end_remedy(remedy=first, carried_out=True, result="再来", by=team.ana, at=AT)


def with_order(parcel, **fees):
    parcel.order = Order.objects.create(
        number="O-1", key="o-1", channel="phone", product=parcel.product,
        pickup_site=parcel.origin, ordered_at=AT, **fees,
    )  # fmt: skip
    parcel.save(update_fields=["order"])
    return parcel


@pytest.mark.req("PAY-04")
def test_a_refund_is_tied_to_its_fee_line_and_never_more_than_was_charged(team, parcel):
    with_order(parcel, freight_fen=1200, premium_fen=300)
    case = open_case(by=team.ana, waybill=parcel.waybill, reason="overcharge")
    basis = services.basis_of(case, EventKind.OVERCHARGE, loss_fen=500)
    named = {"case": case, "basis": basis, "by": team.ana, "at": AT}
    with pytest.raises(DomainError) as refused:
        services.propose_claim(amount_fen=301, refund=Refund("premium"), **named)
    assert refused.value.code == "over_fee"

    claim = services.propose_claim(amount_fen=300, refund=Refund("premium"), **named)
    assert (claim.order, claim.fee_line) == (parcel.order, "premium")
    other = open_case(by=team.ana, waybill=parcel.waybill, reason="overcharge")
    with pytest.raises(DomainError) as twice:
        services.propose_claim(**{**named, "case": other}, amount_fen=300, refund=Refund("premium"))
    assert twice.value.code == "claim_exists"


def test_the_form_asks_which_fee_is_paid_back(team, parcel):
    case = open_case(by=team.ana, waybill=parcel.waybill, reason="overcharge")
    url = reverse("complaints:case_claim", args=[case.number])
    said = {"event_kind": "overcharge", "amount": "3", "loss": "3", "share": "100"}
    answer = login(team.ana).post(url, said)
    assert answer.status_code == 422
    assert login(team.ana).post(url, {**said, "fee_line": "freight"}).status_code == 302


def test_goods_of_a_parcel_are_paid_for_once_whoever_complains(team, parcel):
    case, other = (open_case(by=team.ana, waybill=parcel.waybill) for _ in range(2))

    def propose(case, kind):
        basis = services.basis_of(case, kind, loss_fen=10_000)
        return services.propose_claim(case=case, basis=basis, amount_fen=100, by=team.ana, at=AT)

    propose(case, EventKind.LOSS)
    for kind in (EventKind.LOSS, EventKind.DAMAGE, EventKind.SHORTAGE):
        with pytest.raises(DomainError) as refused:
            propose(other, kind)
        assert refused.value.code == "claim_exists"
    propose(other, EventKind.GOODWILL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(case=other).update(event_kind="loss")


@pytest.mark.req("PAY-02", "PAY-06")
@pytest.mark.parametrize(
    ("kind", "declared", "loss", "share", "rule", "suggested"),
    [
        ("delay", 0, 0, 100, None, 1200),
        ("delay", 0, 0, 100, Rule(fee_percent=50), 600),
        ("loss", 30_000, 99_999, 100, None, 31_200),
        ("loss", 0, 20_000, 100, None, 21_200),
        ("damage", 30_000, 0, 40, None, 12_000),
        ("damage", 30_000, 0, 100, None, 31_200),
        ("shortage", 0, 20_001, 25, None, 5001),
        ("shortage", 0, 20_000, 25, Rule(100, False, 80), 5200),
        ("overcharge", 0, 500, 100, None, 500),
        ("goodwill", 0, 0, 100, None, 0),
    ],
)
def test_arithmetic_line_by_line(kind, declared, loss, share, rule, suggested):
    basis = Basis(EventKind(kind), 1200, declared, loss, share, rule)
    lines = claim_rules.arithmetic(basis)
    assert claim_rules.total(lines) == suggested
    assert all(claim_rules.say(line.as_dict()) for line in lines)


def test_a_new_version_counts_from_now_and_older_claims_keep_theirs(team, parcel):
    case = open_case(by=team.ana, waybill=parcel.waybill)
    old = services.propose_claim(
        case=case, basis=services.basis_of(case, EventKind.DELAY), amount_fen=1200, by=team.ana,
        at=AT,
    )  # fmt: skip
    client = login(UserFactory(role="quality"))
    url = reverse("complaints:claim_rule", args=["delay", "uninsured"])
    said = {"fee_percent": "50", "value_percent": "0", "note": "试行"}
    assert client.post(url, {**said, "note": ""}).status_code == 422
    assert client.post(url, {**said, "fee_percent": "101"}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert client.get(reverse("complaints:claim_rules")).status_code == 200

    rule = selectors.rule_for(EventKind.DELAY, insured=False)
    assert (rule.version, rule.fee_percent) == (2, 50)
    assert selectors.rule_for(EventKind.DELAY, insured=False, at=AT - 2000 * DAY).version == 1
    old.refresh_from_db()
    assert (old.rule_version, old.suggested_fen) == (1, 1200)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimRule.objects.filter(version=1).update(fee_percent=1)


def test_bands_rise_and_the_last_has_no_limit(team):
    client = login(UserFactory(role="manager"))
    url = reverse("complaints:claim_bands")
    good = {"limit1": "30", "role1": "", "limit2": "200", "role2": "lead", "last": "manager"}
    for bad in ({"limit2": "20"}, {"role1": "manager"}, {"limit1": "-1"}):
        assert client.post(url, {**good, **bad}).status_code == 422
    assert client.post(url, good).status_code == 302
    assert list(ClaimBand.objects.values_list("up_to_fen", "role")) == [
        (3000, ""), (20_000, "lead"), (None, "manager")
    ]  # fmt: skip
    assert login(team.lea).post(url, good).status_code == 403


def paid(team, *, amount=2000, case=None):
    case = case or open_case(by=team.ana)
    claim = services.propose_claim(
        case=case, basis=Basis(EventKind.GOODWILL), amount_fen=amount, by=team.ana, at=AT
    )
    return services.pay_claim(claim=claim, by=team.lea, at=AT, payment_ref=f"P{claim.pk}")


@pytest.mark.req("PAY-08")
def test_the_cost_is_booked_split_and_settled_once(team, parcel):
    claim = paid(team, case=open_case(by=team.ana, waybill=parcel.waybill))
    share = claim.shares.get()
    assert (share.bearer, share.site, share.amount_fen) == ("site", parcel.destination, 2000)
    site = SiteFactory(code="HZ-02")
    parts = [Part(Bearer.SITE, 1500, site=site), Part(Bearer.OUTSIDE, 500, outside="某航空公司")]
    with pytest.raises(DomainError) as refused:
        services.split_cost(claim=claim, parts=parts[:1], by=team.max, at=AT)
    assert refused.value.code == "bad_sum"
    first, _second = services.split_cost(claim=claim, parts=parts, by=team.max, at=AT)

    services.settle_share(share=claim.shares.first(), ref="S1", by=team.max, at=AT)
    for deed in (
        lambda: services.settle_share(share=claim.shares.first(), ref="S2", by=team.max, at=AT),
        lambda: services.split_cost(claim=claim, parts=parts, by=team.max, at=AT),
    ):
        with pytest.raises(DomainError) as again:
            deed()
        assert again.value.code == "settled"
    assert first.amount_fen == 1500


def test_a_part_booked_anew_meanwhile_is_not_settled(team, parcel):
    claim = paid(team, case=open_case(by=team.ana, waybill=parcel.waybill))
    shown = claim.shares.get()
    parts = [Part(Bearer.OUTSIDE, 2000, outside="某航空公司")]
    services.split_cost(claim=claim, parts=parts, by=team.max, at=AT)

    with pytest.raises(DomainError) as refused:
        services.settle_share(share=shown, ref="S1", by=team.max, at=AT)
    assert refused.value.code == "changed"


def test_a_person_bears_a_part_only_after_a_final_decision(team):
    courier = EmployeeFactory(user=UserFactory(role="courier"))
    case = open_case(by=team.ana)
    claim = paid(team, case=case)
    part = [Part(Bearer.PERSON, 2000, person=courier)]
    with pytest.raises(DomainError) as refused:
        services.split_cost(claim=claim, parts=part, by=team.max, at=AT)
    assert refused.value.code == "not_liable"
    services.decide_liability(
        case=case, liability=Liability.OURS, evidence="扫描记录", by=team.ana, at=AT,
        person=courier, site=courier.site,
    )  # fmt: skip
    claim.case.refresh_from_db()
    with pytest.raises(DomainError) as early:
        services.split_cost(claim=claim, parts=part, by=team.max, at=AT)
    assert early.value.code == "not_final"
    services.finish_rulings(now=AT + 8 * DAY)
    claim.case.refresh_from_db()
    with pytest.raises(NotAllowed):
        services.split_cost(claim=claim, parts=part, by=courier.user, at=AT)
    services.split_cost(claim=claim, parts=part, by=team.max, at=AT + 8 * DAY)
    assert CostShare.objects.get().person == courier


def test_the_page_books_and_settles(team):
    claim = paid(team)
    client, url = login(team.max), reverse("complaints:claim_cost", args=[claim.pk])
    assert client.get(url).status_code == 200
    said = {"amount1": "15", "bearer1": "outside", "amount2": "5", "bearer2": "company"}
    assert client.post(url, said).status_code == 422
    assert client.post(url, {**said, "outside1": "某保险公司"}).status_code == 302
    share = claim.shares.first()
    settle = reverse("complaints:share_settle", args=[claim.pk, share.pk])
    assert client.post(settle, {"settle_ref": ""}).status_code == 422
    assert client.post(settle, {"settle_ref": "S1"}).status_code == 302
    other = reverse("complaints:share_settle", args=[paid(team).pk, share.pk])
    assert client.post(other, {"settle_ref": "S2"}).status_code == 404


@pytest.mark.req("PAY-01", "PAY-07")
def test_the_list_has_totals_filters_and_a_file(team, parcel):
    claim = paid(team, case=open_case(by=team.ana, waybill=parcel.waybill))
    services.propose_claim(
        case=open_case(by=team.ana), basis=Basis(EventKind.GOODWILL), amount_fen=9000, by=team.ana,
        at=AT,
    )  # fmt: skip
    client, url = login(team.lea), reverse("complaints:claims")
    page = client.get(url, {"view": "all", "days": "365"})
    totals = page.context["totals"]
    assert (totals.claims, totals.asked_fen, totals.paid_fen) == (2, 11_000, 2000)
    assert len(client.get(url, {"view": "waiting"}).context["rows"]) == 1
    strange = ({"view": "x"}, {"kind": "'; --"}, {"days": "9" * 40}, {"after": "zz"})
    for query in strange:
        assert client.get(url, query).status_code == 200

    file = client.get(reverse("complaints:claims_csv"), {"view": "paid", "days": "365"})
    text = b"".join(file.streaming_content).decode()
    assert f"{claim.case.number},{parcel.waybill}" in text
    assert "西湖站 20.00" in text
    assert login(team.ana).get(reverse("complaints:claims_csv")).status_code == 403


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(team, n, django_assert_num_queries):
    for _ in range(n):
        paid(team)
    client = login(team.lea)
    with django_assert_num_queries(10):
        client.get(reverse("complaints:claims"), {"view": "all", "days": "365"})


def test_a_site_sees_its_own_claims_only(team, parcel):
    paid(team, case=open_case(by=team.ana, waybill=parcel.waybill))
    paid(team)
    seen = login(UserFactory(role="supervisor", role__site=parcel.destination))
    page = seen.get(reverse("complaints:claims"), {"view": "all", "days": "365"})
    assert page.context["totals"].claims == 1
