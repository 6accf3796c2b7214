"""Two people at once: one wins, the books stay right; without the lock they would not."""

from __future__ import annotations

import os
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection

from complaints import services
from complaints.claim_rules import Basis
from complaints.enums import EventKind, Liability
from complaints.models import Case, CaseNumber, Claim, ClaimBand, Ruling
from complaints.services import Part
from complaints.work_enums import Bearer
from courierqa.core.errors import DomainError
from tests.complaints import storm
from tests.factories.complaints import AT, open_case
from tests.factories.staff import EmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def both(*deeds):
    """Run the deeds at the same moment; return what each gave or raised."""
    barrier = threading.Barrier(len(deeds), timeout=30)
    results = [None] * len(deeds)

    def run(place, deed):
        barrier.wait()
        try:
            results[place] = deed()
        except DomainError as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_key_opens_one_case(team):
    for number in range(ROUNDS):
        found = both(*[lambda n=number: open_case(by=team.ana, key=f"race-{n}")] * 4)
        assert len({case.pk for case in found}) == 1

    assert Case.objects.count() == ROUNDS


def test_numbers_are_never_given_twice(team):
    for _ in range(ROUNDS):
        both(*[lambda: open_case(by=team.ana)] * 4)

    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"C-2026-{n:06d}" for n in range(1, 4 * ROUNDS + 1)]


def test_control_numbers_counted_without_the_row_are_given_twice(team):
    """The race is real: reading the last number and adding one gives the same number twice."""
    CaseNumber.objects.create(year=2026)
    barrier = threading.Barrier(2, timeout=30)

    def naive():
        last = CaseNumber.objects.get(year=2026).last
        barrier.wait()
        CaseNumber.objects.filter(year=2026).update(last=last + 1)
        return last + 1

    assert both(naive, naive) == [1, 1]


def test_a_claim_is_paid_once(team):
    for number in range(ROUNDS):
        case = open_case(by=team.ana)
        claim = services.propose_claim(
            case=case, basis=Basis(EventKind.GOODWILL), amount_fen=2000, by=team.ana, at=AT
        )

        def pay(by, ref, pk=claim.pk):
            one = Claim.objects.select_related("case").get(pk=pk)
            return services.pay_claim(claim=one, by=by, at=AT, payment_ref=ref)

        found = both(
            lambda n=number: pay(team.lea, f"A{n}"), lambda n=number: pay(team.leo, f"B{n}")
        )
        assert sum(isinstance(one, Claim) for one in found) == 1
        assert sum(isinstance(one, DomainError) for one in found) == 1


def test_control_a_check_without_the_lock_pays_twice(team):
    case = open_case(by=team.ana)
    claim = services.propose_claim(
        case=case, basis=Basis(EventKind.GOODWILL), amount_fen=2000, by=team.ana, at=AT
    )
    barrier = threading.Barrier(2, timeout=30)
    paid = []

    def naive(by):
        one = Claim.objects.get(pk=claim.pk)
        assert one.status == "approved"
        barrier.wait()
        paid.append(by)

    both(lambda: naive(team.lea), lambda: naive(team.leo))

    assert len(paid) == 2


def test_two_takers_have_one_owner(team):
    for _ in range(ROUNDS):
        case = open_case(channel="web")
        Case.objects.filter(pk=case.pk).update(owner=None)

        def take(by, pk=case.pk):
            return services.take(case=Case.objects.get(pk=pk), by=by, at=AT)

        found = both(lambda: take(team.ana), lambda: take(team.ben))
        assert sum(isinstance(one, DomainError) for one in found) == 1


def test_two_last_calls_end_the_follow_up_once(team):
    case = open_case(by=team.ana)
    services.reply(case=case, text="已送达", by=team.ana, at=AT, final=True)
    call = services.Call("satisfied")

    def record(by):
        return services.record_followup(followup=case.followups.get(), call=call, by=by, at=AT)

    found = both(lambda: record(team.ben), lambda: record(team.lea))

    assert sum(isinstance(one, DomainError) for one in found) == 1


def test_two_cases_of_one_parcel_never_both_claim_its_goods(team, parcel):
    for _ in range(ROUNDS):
        Claim.objects.all().delete()
        cases = [open_case(by=team.ana, waybill=parcel.waybill).pk for _ in range(2)]

        def propose(pk, kind):
            case = Case.objects.select_related("parcel").get(pk=pk)
            basis = services.basis_of(case, kind, loss_fen=9000)
            return services.propose_claim(
                case=case, basis=basis, amount_fen=900, by=team.ana, at=AT
            )

        kinds = zip(cases, (EventKind.LOSS, EventKind.DAMAGE), strict=True)
        found = both(*[lambda pair=pair: propose(*pair) for pair in kinds])
        assert sum(isinstance(one, Claim) for one in found) == 1


def test_one_transfer_of_money_pays_one_of_two_claims(team):
    for number in range(ROUNDS):
        claims = [
            services.propose_claim(
                case=open_case(by=team.ana), basis=Basis(EventKind.GOODWILL), amount_fen=2000,
                by=team.ana, at=AT,
            ).pk
            for _ in range(2)
        ]  # fmt: skip

        def pay(pk, ref=f"X{number}"):
            one = Claim.objects.select_related("case").get(pk=pk)
            return services.pay_claim(claim=one, by=team.lea, at=AT, payment_ref=ref)

        found = both(*[lambda pk=pk: pay(pk) for pk in claims])
        assert sum(isinstance(one, Claim) for one in found) == 1


def test_an_appeal_and_the_end_of_its_days_leave_one_state(team):
    courier = EmployeeFactory(user=UserFactory(role="courier"))
    for _ in range(ROUNDS):
        case = open_case(by=team.ana)
        services.decide_liability(
            case=case, liability=Liability.OURS, evidence="扫描记录", by=team.ana, at=AT,
            person=courier, site=courier.site,
        )  # fmt: skip
        pk = case.rulings.get().pk

        def appeal(pk=pk):
            row = Ruling.objects.select_related("case").get(pk=pk)
            return services.appeal_ruling(ruling=row, text="不是我", by=courier.user, at=AT)

        both(appeal, lambda: services.finish_rulings(now=AT + timedelta(days=8)))
        row = Ruling.objects.select_related("case").get(pk=pk)
        final = row.case.liability_final_at is not None
        assert (row.status, final) in (("appealed", False), ("final", True))


def test_bands_saved_by_two_at_once_are_those_of_one(team):
    sets = [[(limit, ""), (limit * 2, "lead"), (None, "manager")] for limit in (1000, 1500)]

    def save(bands, by):
        return lambda: services.save_bands(bands=bands, by=by, at=AT)

    for _ in range(ROUNDS):
        both(save(sets[0], team.lea), save(sets[1], team.leo))
        assert list(ClaimBand.objects.values_list("up_to_fen", "role")) in sets


def test_a_part_settled_while_the_cost_is_split_anew_is_never_lost(team):
    for number in range(ROUNDS):
        case = open_case(by=team.ana, key=f"cost-{number}")
        claim = services.propose_claim(
            case=case, basis=Basis(EventKind.GOODWILL), amount_fen=2000, by=team.ana, at=AT
        )
        services.pay_claim(claim=claim, by=team.lea, at=AT, payment_ref=f"P{number}")
        share = claim.shares.get()
        parts = [Part(Bearer.OUTSIDE, claim.amount_fen, outside="某航空公司")]
        settled, _split = both(
            lambda s=share: services.settle_share(share=s, ref="S1", by=team.max, at=AT),
            lambda c=claim, p=parts: services.split_cost(claim=c, parts=p, by=team.max, at=AT),
        )
        kept = claim.shares.filter(settled_at__isnull=False).count()
        assert (kept == 1) == (not isinstance(settled, DomainError))


def test_storms_over_one_case_leave_no_illegal_state(team):
    """Close, pay, approve, merge, reopen at the same moment: a short run of the long one below."""
    tally = storm.storm(team, 40)

    assert tally.illegal == []
    # Deeds won and lost, or the storm was none.
    assert len(tally.won) >= 6
    assert sum(tally.refused.values()) > 20


def test_control_without_the_lock_a_case_closes_with_a_claim_open(team):
    found = storm.naive_storm(team, 3)

    assert "closed with a claim still open" in set(found)


@pytest.mark.soak
def test_ten_thousand_races_leave_no_illegal_state(team):
    """Run by hand: tools/run_tests.py --postgres -- -m soak tests/complaints/test_races.py."""
    tally = storm.storm(team, int(os.environ.get("RACES", "10000")))
    report = f"\n{tally.races} races\nwon {tally.won}\nrefused {tally.refused}\n"
    sys.stdout.write(report)

    assert tally.illegal == []
    assert {"approve", "pay", "close", "merge", "reopen", "propose"} <= set(tally.won)
