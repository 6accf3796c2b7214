"""Pauses, merging, splitting, helpers who give back, assigning."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from complaints import clocks, selectors, services
from complaints.claim_rules import Basis
from complaints.enums import EventKind, PauseEnd, Status
from complaints.models import Case, CaseFacts, Pause, PauseReason, Reason
from complaints.words import BadText
from complaints.work_enums import RemedyKind
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from courierqa.core.models import ClockMiss, Message, StatusChange
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def pause(case, by, at=AT + HOUR, code="customer-proof"):
    reason = PauseReason.objects.get(code=code)
    return services.pause_case(case=case, reason=reason, note="等照片", by=by, at=at)


def verbs(case):
    rows = StatusChange.objects.filter(object_type="complaints.case", object_id=case.pk)
    return list(rows.order_by("id").values_list("verb", flat=True))


@pytest.mark.req("CMP-13")
def test_a_pause_pushes_the_resolution_back_and_leaves_the_legal_limit(team):
    case = open_case(by=team.ana)
    before = (case.resolve_due_at, case.legal_due_at, case.first_due_at)

    pause(case, team.ana)
    services.resume_case(case=case, by=team.ana, at=AT + 11 * HOUR)

    case.refresh_from_db()
    assert case.resolve_due_at == before[0] + 10 * HOUR
    assert (case.legal_due_at, case.first_due_at) == before[1:]
    assert verbs(case) == ["open", "register", "pause", "resume"]


def test_a_paused_clock_is_not_missed_but_the_legal_one_is(team):
    case = open_case(by=team.ana)
    services.reply(case=case, text="在查", by=team.ana, at=AT, final=False)
    pause(case, team.ana, code="customer-proof")

    case.refresh_from_db()
    assert case.next_due_at == case.legal_due_at
    services.check_clocks(now=AT + 80 * HOUR)
    assert not ClockMiss.objects.exists()
    services.check_clocks(now=case.legal_due_at + HOUR)

    assert "legal" in set(ClockMiss.objects.values_list("clock", flat=True))


def test_the_customers_words_end_the_pause(team):
    case = open_case(by=team.ana)
    pause(case, team.ana)

    services.add_words(case=case, text="照片已发", at=AT + 3 * HOUR)

    case.refresh_from_db()
    row = Pause.objects.get()
    assert (row.ended_how, row.ended_at, case.paused_at) == (PauseEnd.CUSTOMER, AT + 3 * HOUR, None)


def test_the_longest_pause_ends_it_even_when_nobody_looked_in_time(team):
    case = open_case(by=team.ana)
    row = pause(case, team.ana, code="customer-time")

    services.check_clocks(now=row.until + 2 * DAY)

    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.ended_how, row.ended_at) == (PauseEnd.LIMIT, AT + 73 * HOUR)
    assert case.resolve_due_at == AT + (72 + 72) * HOUR


@pytest.mark.parametrize("step", ["answer", "withdraw"])
def test_the_next_step_ends_the_pause(team, step):
    case = open_case(by=team.ana)
    pause(case, team.ana)

    if step == "answer":
        services.reply(case=case, text="已送达", by=team.ana, at=AT + 2 * HOUR, final=True)
    else:
        services.withdraw_case(case=case, by=team.ana, at=AT + 2 * HOUR, reason="不投诉了")

    assert Pause.objects.get().ended_how == PauseEnd.STEP


def test_pause_needs_words_an_owner_and_a_running_clock(team):
    case = open_case(by=team.ana)
    reason = PauseReason.objects.first()
    with pytest.raises(BadText):
        services.pause_case(case=case, reason=reason, note=" ", by=team.ana, at=AT)
    with pytest.raises(NotAllowed):
        pause(case, team.ben)
    pause(case, team.ana)
    with pytest.raises(DomainError) as twice:
        pause(case, team.ana)
    assert twice.value.code == "paused"
    services.reply(case=case, text="已送达", by=team.ana, at=AT + 2 * HOUR, final=True)
    with pytest.raises(IllegalTransition):
        pause(case, team.ana, at=AT + 3 * HOUR)
    assert Pause.objects.filter(ended_at=None).count() == 0


def test_history_of_a_case_cannot_be_changed(team):
    case = open_case(by=team.ana)
    rows = StatusChange.objects.filter(object_id=case.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(reason="nothing happened")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


# --- merging -------------------------------------------------------------------------------------
def two_cases(team, **second):
    first = open_case(by=team.ana)
    given = {"by": team.ana, "at": AT + HOUR, "reason": "stuck", **second}
    return first, open_case(**given)


def merge(case, into, by, at=AT + 2 * HOUR):
    return services.merge_cases(case=case, into=into, by=by, at=at)


def test_merging_leaves_a_tombstone_and_one_story(team):
    first, second = two_cases(team)

    merge(second, first, team.ana)

    second.refresh_from_db()
    assert (second.status, second.merged_into) == (Status.MERGED, first)
    assert second.next_due_at == clocks.NEVER
    assert CaseFacts.objects.get(pk=second.pk).out_c03
    said = [m for m in selectors.timeline(first) if m.kind == "customer"]
    assert [m.detail["of"] for m in said] == ["", second.number]
    assert verbs(first)[-1] == "absorb"


def test_a_case_with_a_promised_remedy_is_not_merged(team):
    first, second = two_cases(team)
    promised = services.promise_remedy(
        case=second, kind=RemedyKind.APOLOGY, words="当面致歉", due_at=AT + HOUR * 48,
        by=team.ana, at=AT + HOUR,
    )  # fmt: skip

    with pytest.raises(DomainError) as refused:
        merge(second, first, team.ana)
    assert refused.value.code == "has_remedy"

    services.end_remedy(
        remedy=promised, carried_out=True, result="已致歉", by=team.ana, at=AT + HOUR
    )
    assert merge(second, first, team.ana) == first


def test_undoing_a_merge_leads_back_to_the_step_before(team):
    first, second = two_cases(team)
    services.reply(case=second, text="已送达", by=team.ana, at=AT + HOUR, final=True)
    merge(second, first, team.ana)
    assert not second.followups.filter(done_at=None).exists()

    services.undo_merge(case=second, by=team.ana, at=AT + 3 * HOUR)

    second.refresh_from_db()
    assert (second.status, second.merged_into, second.closed_at) == ("answered", None, None)
    assert second.followups.filter(done_at=None).count() == 1
    assert not CaseFacts.objects.get(pk=second.pk).out_c03
    with pytest.raises(IllegalTransition):
        services.undo_merge(case=second, by=team.ana, at=AT + 3 * HOUR)


def test_the_earlier_case_goes_on_so_that_no_limit_is_lengthened(team):
    first, second = two_cases(team)

    with pytest.raises(DomainError) as refused:
        merge(first, second, team.ana)

    assert refused.value.code == "came_first"


@pytest.mark.parametrize(
    ("more", "code"),
    [({"phone": "13800000099"}, "other_customer"), ({"kind": "query"}, "other_kind")],
)
def test_what_does_not_belong_together_is_not_merged(team, more, code):
    first, second = two_cases(team, **more)

    with pytest.raises(DomainError) as refused:
        merge(second, first, team.ana)

    assert (refused.value.code, refused.value.field) == (code, "into")


def test_a_case_with_money_or_into_itself_is_not_merged(team):
    first, second = two_cases(team)
    services.propose_claim(
        case=second, basis=Basis(EventKind.GOODWILL), amount_fen=2000, by=team.ana, at=AT
    )

    for into, code in ((first, "has_claim"), (second, "same_case")):
        with pytest.raises(DomainError) as refused:
            merge(second, into, team.ana)
        assert refused.value.code == code


def test_what_the_customer_adds_to_a_merged_case_reaches_the_one_that_goes_on(team):
    first, second = two_cases(team)
    merge(second, first, team.ana)

    services.add_words(case=second, text="还没收到", at=AT + 4 * HOUR)

    assert first.entries.count() == 2


def test_the_customer_of_a_merged_case_is_led_on(client, team):
    first, second = two_cases(team)
    merge(second, first, team.ana)

    page = client.get(f"/complain/status/{second.token}/", follow=True)

    assert page.redirect_chain[0][0].startswith(f"/complain/status/{first.token}/")
    assert second.number in page.content.decode()


def test_the_database_knows_no_tombstone_without_survivor(team):
    case = open_case(by=team.ana)

    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status=Status.MERGED)


def test_splitting_gives_the_second_matter_its_own_case_since_the_same_moment(team):
    case = open_case(by=team.ana)
    rude = Reason.objects.get(code="rude-courier")

    new = services.split_case(case=case, reason=rude, words="还骂人", by=team.ana, at=AT + DAY)

    assert (new.split_from, new.received_at, new.legal_due_at) == (case, AT, case.legal_due_at)
    assert (new.case_class, new.phone_index) == ("attitude", case.phone_index)
    with pytest.raises(DomainError) as again:
        services.split_case(case=case, reason=rude, words="还骂人", by=team.ana, at=AT + DAY)
    assert again.value.field == "reason"


# --- ownership -----------------------------------------------------------------------------------
@pytest.mark.req("CMP-11", "CMP-25")
def test_a_declined_transfer_stays_with_the_owner_and_counts(team):
    case = open_case(by=team.ana)
    row = services.transfer(
        case=case, to_user=team.ben, question="请接手", by=team.ana, at=AT, takes_over=True
    )

    with pytest.raises(NotAllowed):
        services.return_transfer(transfer=row, reason="不在", by=team.lea, at=AT)
    services.return_transfer(transfer=row, reason="不归我管", by=team.ben, at=AT + HOUR)

    case.refresh_from_db()
    assert (case.owner, case.status, case.handovers) == (team.ana, "investigating", 1)
    assert Message.objects.filter(template="complaints/transfer_back").count() == 1
    with pytest.raises(DomainError):
        services.accept_transfer(transfer=row, by=team.ben, at=AT + HOUR)
    services.check_clocks(now=AT + 3 * DAY)
    assert not ClockMiss.objects.filter(clock="internal").exists()


def test_assigning_a_free_case_is_at_once_and_an_owned_one_is_offered(team):
    free = open_case(channel="web")
    Case.objects.filter(pk=free.pk).update(owner=None)
    owned = open_case(by=team.ana)
    for case in (free, owned):
        services.assign_case(case=case, to_user=team.ben, by=team.lea, at=AT)
        case.refresh_from_db()

    assert (free.owner, owned.owner) == (team.ben, team.ana)
    row = owned.transfers.get()
    assert (row.to_user, row.takes_over, row.accepted_at) == (team.ben, True, None)
    with pytest.raises(NotAllowed):
        services.assign_case(case=owned, to_user=team.ben, by=team.ana, at=AT)


@pytest.mark.req("CMP-12")
def test_every_unanswered_case_has_a_due_time(team):
    open_case(by=team.ana)
    late = open_case(by=team.ana)
    pause(late, team.ana)
    done = open_case(by=team.ana)
    services.reply(case=done, text="已送达", by=team.ana, at=AT, final=True)

    rows = selectors.inbox(Case.objects.all(), view="unanswered", user=team.ana, now=AT)

    assert set(rows.values_list("next_due_at", flat=True)) == {
        Case.objects.exclude(pk=done.pk).first().first_due_at
    }
    assert done not in rows
    assert not rows.filter(next_due_at__gte=clocks.NEVER).exists()
