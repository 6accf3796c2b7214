"""A customer counts as told only when the reply left the house (C03)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from complaints import services
from complaints.models import Case, CaseFacts
from courierqa.core import outbox
from courierqa.core.models import ChangedDay, Effect, Message
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ANSWERED = AT + HOUR
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def case(team: Any, settings: Any) -> Case:
    """Return a case answered by mail while the mail server is down."""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    made = open_case(by=team.ana, phone="", email="he@example.com")
    services.reply(case=made, text="已找到", by=team.ana, at=ANSWERED, final=True)
    return made


def run_for(hours: int, *, start: datetime = ANSWERED) -> datetime:
    """Let the worker run every hour."""
    for hour in range(hours):
        outbox.run_due(now=start + hour * HOUR)
    return start + hours * HOUR


def delivery() -> Effect:
    """Return the effect that sends the reply."""
    message = Message.objects.get(key__startswith="case-reply")
    return Effect.objects.get(kind="notify.deliver", payload__message_id=message.pk)


def told(case: Case) -> tuple[datetime | None, datetime | None]:
    """Return when the customer was told, by the case and by what figures read."""
    case.refresh_from_db()
    return case.first_told_at, CaseFacts.objects.get(case=case).told_at


@pytest.mark.req("CMP-07")
def test_a_reply_that_never_arrived_told_nobody(case: Case, team: Any) -> None:
    run_for(2)
    while_trying = told(case)
    ChangedDay.objects.all().delete()
    end = run_for(12)

    assert Message.objects.get(key__startswith="case-reply").state == "failed"
    assert delivery().state == "parked"
    assert while_trying == (ANSWERED, ANSWERED)
    assert told(case) == (None, None)
    assert (case.told_at, case.first_final_at) == (None, ANSWERED)
    assert case.next_due_at is not None
    # The figures of its days are counted again.
    assert ChangedDay.objects.filter(source="cases").exists()

    services.reply(case=case, text="已电话告知", by=team.ana, at=end, final=True, via="phone")
    assert told(case) == (end, end)


def test_a_reply_sent_after_all_told_the_customer_when_it_left(
    case: Case, team: Any, settings: Any
) -> None:
    end = run_for(14)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outbox.unpark(delivery(), by=team.lea, at=end)

    run_for(2, start=end)

    first, read = told(case)
    assert first == read == case.told_at
    assert end <= first < end + HOUR


def test_a_late_failure_leaves_what_was_told_by_phone(case: Case, team: Any) -> None:
    called = ANSWERED + timedelta(minutes=30)
    services.reopen_case(case=case, by=team.ana, at=called, reason="客户来电")
    services.reply(case=case, text="已电话告知", by=team.ana, at=called, final=True, via="phone")

    run_for(14)

    assert told(case) == (called, called)
    assert case.told_at == called
