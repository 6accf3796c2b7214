"""Lists of people as files: what the screen shows, whoever may, logged, without formulas."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courierqa.core.models import AuditEntry
from staff import services
from tests.factories.staff import CourierFactory, SupervisorFactory, UserFactory

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db
LISTS = (
    "/staff/", "/posts/", "/teams/", "/goals/", "/training/plan/?year=2026", "/training/needs/",
    "/training/matrix/", "/supervision/", "/supervision/agreements/", "/rewards/",
    "/rewards/ledger/", "/discipline/", "/promotions/", "/suggestions/", "/grades/", "/conduct/",
)  # fmt: skip


def lines(client: Any, path: str) -> list[list[str]]:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}format=csv")
    assert answer.status_code == 200, path
    assert "attachment" in answer["Content-Disposition"], path
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def hr(client: Any) -> Any:
    user = UserFactory(role="hr")
    client.force_login(user)
    return user


def test_every_list_is_taken_along_and_each_time_written_down(client: Any, hr: Any) -> None:
    for path in LISTS:
        assert lines(client, path)[0], path
    assert AuditEntry.objects.filter(action="export.csv", actor_id=hr.pk).count() == len(LISTS)


def test_a_person_takes_no_list_along_not_even_their_own(client: Any) -> None:
    client.force_login(CourierFactory().user)
    for path in ("/staff/", "/rewards/ledger/", "/goals/", "/conduct/"):
        assert client.get(f"{path}?format=csv").status_code == 403
        assert "format=csv" not in client.get(path).content.decode()


def test_a_file_holds_what_the_reader_sees_no_secret_and_no_formula(client: Any) -> None:
    boss = SupervisorFactory()
    CourierFactory(site=boss.site, name="=HYPERLINK(1)", phone="13800138000")
    other = CourierFactory(name="别站")
    client.force_login(boss.user)

    rows = lines(client, "/staff/")
    text = str(rows)
    assert "'=HYPERLINK(1)" in [cell for row in rows for cell in row]
    assert other.number not in text
    assert "13800138000" not in text


def test_a_file_has_every_row_of_the_filter_and_plain_amounts(client: Any, hr: Any) -> None:
    chen, manager = CourierFactory(), UserFactory(role="manager")
    for n in range(60):
        row = services.propose_reward(chen, amount_fen=1250, basis=f"事由{n}", by=hr, at=NOW)
        services.decide_reward(row, approve=True, by=manager, at=NOW, note="")

    rows = lines(client, "/rewards/ledger/")

    assert len(rows) == 61
    assert sum(float(row[-1]) for row in rows[1:]) == 750


def test_a_file_asks_the_same_number_of_questions_for_one_row_and_three(
    client: Any, hr: Any
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            lines(client, "/training/needs/")
        return len(seen)

    def need(n: int) -> None:
        services.raise_need(source="hand", text=f"{n}", employee=CourierFactory(), at=NOW,
                            site=None)  # fmt: skip

    need(1)
    asked()
    one = asked()
    for n in (2, 3):
        need(n)
    assert asked() == one


def test_who_leaves_loses_every_role_with_name_and_reason(client: Any, hr: Any) -> None:
    chen = SupervisorFactory()
    services.leave(chen, on=date(2026, 11, 23), by=hr, at=NOW, reason="辞职")

    grant = chen.user.grants.get()
    assert (grant.revoked_by, grant.revoke_reason, grant.valid_to) == (hr, "辞职", NOW)
    assert AuditEntry.objects.filter(action="grant.revoke", actor_id=hr.pk).count() == 1
