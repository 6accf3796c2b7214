"""The terms of the loop are data: set anew with a reason, old ones kept, what has begun stays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from quality import services
from quality.models import LoopTerms
from quality.services.terms import climb_wait, plan_due
from tests.factories.staff import SiteFactory
from tests.quality.conftest import worker

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
TERMS = {"plan_days": 10, "plan_days_major": 2, "climb_slight": 60, "climb_serious": 20,
         "climb_grave": 5}  # fmt: skip


@pytest.fixture
def owner() -> Any:
    return worker("quality", SiteFactory(code="HQ")).user


@pytest.mark.req("NCR-09", "SAF-03")
def test_without_a_setting_the_proposals_hold_and_the_newest_setting_counts(owner):
    assert (plan_due("minor", AT), plan_due("major", AT)) == (date(2026, 3, 9), date(2026, 3, 5))
    assert climb_wait("grave").total_seconds() == 600

    services.set_terms(terms=TERMS, reason="春季安排", by=owner, at=AT)

    assert (plan_due("minor", AT), plan_due("major", AT)) == (date(2026, 3, 12), date(2026, 3, 4))
    assert [climb_wait(one).total_seconds() / 60 for one in ("slight", "serious", "grave")] == [
        60, 20, 5
    ]  # fmt: skip


def test_a_setting_is_never_changed_afterwards(owner):
    row = services.set_terms(terms=TERMS, reason="x", by=owner, at=AT)

    with pytest.raises(DatabaseError), transaction.atomic():
        LoopTerms.objects.filter(pk=row.pk).update(plan_days=1)


@pytest.mark.req("NCR-09")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"plan_days_major": "11"}, "plan_days_major"), ({"climb_grave": "21"}, "climb_grave"),
        ({"plan_days": "0"}, "plan_days"), ({"climb_slight": "soon"}, "climb_slight"),
        ({"plan_days": "9" * 30}, "plan_days"), ({"reason": ""}, "reason"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_at_its_field_and_what_was_typed_stays(client, owner, wrong, field):
    client.force_login(owner)

    answer = client.post("/settings/improvement/", {**TERMS, "reason": "试行", **wrong})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert 'value="60"' in answer.content.decode() or field == "climb_slight"
    assert not LoopTerms.objects.exists()


def test_only_quality_management_sets_them_and_leaders_read_them(client, owner):
    client.force_login(worker("supervisor", SiteFactory(code="HZ-01")).user)
    assert client.get("/settings/improvement/").status_code == 200
    assert client.post("/settings/improvement/", {**TERMS, "reason": "x"}).status_code == 403

    client.force_login(owner)
    answer = client.post("/settings/improvement/", {**TERMS, "reason": "试行"})
    assert answer.status_code == 302
    assert "试行" in client.get("/settings/improvement/").content.decode()
