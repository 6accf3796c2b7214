"""Four eyes: nobody approves what they asked for, and nothing that has changed since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from courierqa.core import approvals
from courierqa.core.enums import ApprovalState
from courierqa.core.errors import IllegalTransition, NotAllowed
from courierqa.core.models import Approval, AuditEntry
from tests.core.test_outbox import in_threads
from tests.factories import core as make

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
SEEN = approvals.fingerprint_of("claim", 1, 8800)


def ask(by, obj=None, fingerprint=SEEN, **fields):
    return approvals.request_approval(
        kind="claim", obj=obj or by, title="赔付 ¥88.00", needs_role="lead", by=by, at=NOW,
        amount_fen=8800, fingerprint=fingerprint, **fields,
    )  # fmt: skip


def decide(row, by, *, approve=True, seen=SEEN):
    return approvals.decide(row, approve=approve, by=by, at=NOW, current_fingerprint=seen)


@pytest.mark.django_db
@pytest.mark.req("ROL-03")
def test_the_requester_cannot_approve_even_with_the_role():
    lead = make.person("lead")
    row = ask(lead)

    with pytest.raises(NotAllowed):
        decide(row, lead)

    row.refresh_from_db()
    assert row.state == ApprovalState.REQUESTED


@pytest.mark.django_db
@pytest.mark.req("ROL-03")
def test_the_database_itself_refuses_two_eyes():
    row = ask(make.person("agent"))

    with pytest.raises(IntegrityError):
        Approval.objects.filter(pk=row.pk).update(decided_by=row.requested_by)


@pytest.mark.django_db
@pytest.mark.req("ROL-03")
def test_a_second_person_with_the_role_decides_and_it_is_logged():
    lead = make.person("lead")

    row = decide(ask(make.person("agent")), lead)

    assert (row.state, row.decided_by, row.decided_at) == (ApprovalState.APPROVED, lead, NOW)
    assert AuditEntry.objects.get(action="approval.approve").seal.seq > 0


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["agent", "manager", ""])
def test_a_person_without_the_role_cannot_decide(role):
    with pytest.raises(NotAllowed):
        decide(ask(make.person("agent")), make.person(role))


@pytest.mark.django_db
def test_a_role_that_ended_yesterday_does_not_decide():
    lead = make.person("lead")
    lead.grants.update(valid_to=NOW - timedelta(days=1))

    with pytest.raises(NotAllowed):
        decide(ask(make.person("agent")), lead)


@pytest.mark.django_db
def test_a_request_lapses_when_its_object_changed():
    row = decide(ask(make.person("agent")), make.person("lead"), seen="other")

    assert (row.state, row.decided_by) == (ApprovalState.LAPSED, None)


@pytest.mark.django_db
def test_the_same_question_is_one_request_and_a_changed_one_replaces_it():
    agent = make.person("agent")
    first = ask(agent)

    assert ask(agent) == first
    second = ask(agent, fingerprint=approvals.fingerprint_of("claim", 1, 9900))

    first.refresh_from_db()
    assert (first.state, second.state) == (ApprovalState.LAPSED, ApprovalState.REQUESTED)


@pytest.mark.django_db
def test_a_decision_is_final():
    row, lead = ask(make.person("agent")), make.person("lead")
    decide(row, lead, approve=False)

    with pytest.raises(IllegalTransition):
        decide(row, lead)


@pytest.mark.django_db
def test_waiting_requests_reach_those_who_may_decide_them():
    from staff.models import Site

    site = Site.objects.create(code="S1", name="西湖站", kind="station")
    agent, lead = make.person("agent"), make.person("lead")
    local = make.person("lead", site_id=site.pk)
    central, at_site = ask(agent), ask(agent, obj=lead, site_id=site.pk)

    assert list(approvals.waiting_for(lead, at=NOW)) == [central, at_site]
    assert list(approvals.waiting_for(local, at=NOW)) == [at_site]
    assert list(approvals.waiting_for(agent, at=NOW)) == []


@pytest.mark.django_db(transaction=True)
def test_two_deciders_at_once_make_one_decision():
    for _round in range(5):
        row = ask(make.person("agent"))
        leads = [make.person("lead"), make.person("lead")]

        results = in_threads(2, lambda row=row, leads=leads: decide(row, leads.pop()))

        kinds = sorted(type(result).__name__ for result in results)
        assert kinds == ["Approval", "IllegalTransition"]
