"""A move ends and gives roles as anybody else must, and is the only way to another place."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from courierqa.core.errors import DomainError
from courierqa.core.models import AuditEntry
from staff import services
from tests.factories.staff import (
    CourierFactory,
    EmployeeFactory,
    PostFactory,
    SiteFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(client):
    user = UserFactory(role="hr")
    client.force_login(user)
    return user


@pytest.fixture
def chen():
    return CourierFactory(name="陈强")


def moved(person, site, by):
    return services.transfer(
        person, post=person.post, site=site, on=TODAY, reason="调动", by=by, at=NOW
    )


@pytest.mark.req("ROL-02")
def test_a_move_leaves_who_took_and_gave_each_role(chen, hr):
    old, new = chen.site, SiteFactory()

    moved(chen, new, hr)

    trail = AuditEntry.objects.filter(object_id=str(chen.user.pk), action__startswith="grant.")
    said = {row.action: (row.actor_id, row.fields) for row in trail}
    assert said == {"grant.revoke": (hr.pk, ["courier", old.code]),
                    "grant.give": (hr.pk, ["courier", new.code])}  # fmt: skip


def test_a_role_given_for_a_time_moves_for_that_time_and_one_held_is_not_doubled(chen, hr):
    until, other, third = NOW + timedelta(days=9), SiteFactory(), SiteFactory()
    chen.user.grants.update(valid_to=until)

    moved(chen, other, hr)
    assert chen.user.grants.get(site=other).valid_to == until

    services.grant_role(chen.user, "courier", third, by=hr, at=NOW)
    moved(chen, third, hr)
    assert chen.user.grants_at(LATER) == [("courier", third.pk)]


@pytest.mark.req("ROL-03")
def test_nobody_moves_themselves(client, hr):
    own = EmployeeFactory(user=hr)
    said = {"post": own.post.code, "site": SiteFactory().code, "on": "2026-11-23", "reason": "想去"}

    assert client.post(reverse("staff:person_move", args=[own.number]), said).status_code == 403

    assert not own.moves.exists()


@pytest.mark.req("ROL-02")
def test_post_and_site_change_by_a_move_and_not_by_editing_the_record(client, chen, hr):
    old, other, page = chen.site, SiteFactory(), reverse("staff:person_edit", args=[chen.number])
    said = {"name": "陈强强", "site": other.code, "post": PostFactory().code,
            "hired_on": "2024-04-01", "background_checked_on": "2024-03-20",
            "background_result": "clear"}  # fmt: skip

    assert not {"post", "site"} & client.get(page).context["form"].fields.keys()
    assert client.post(page, said).status_code == 302
    with pytest.raises(DomainError, match="调动"):
        services.change_employee(chen, changes={"site": other}, at=NOW)

    chen.refresh_from_db()
    assert (chen.name, chen.site, chen.moves.count()) == ("陈强强", old, 0)


def test_a_move_that_lies_ahead_is_refused_at_its_day(client, chen, hr):
    said = {"post": chen.post.code, "site": SiteFactory().code, "on": "2099-01-01", "reason": "x"}

    answer = client.post(reverse("staff:person_move", args=[chen.number]), said)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["on"])
    assert not chen.moves.exists()


def test_a_wrong_post_of_somebody_not_started_yet_can_be_put_right(hr):
    waiting, guarded = EmployeeFactory(state="pending"), PostFactory(needs_background_check=True)
    waiting.background_checked_on = None
    waiting.save()

    services.transfer(
        waiting, post=guarded, site=waiting.site, on=TODAY, reason="录错", by=hr, at=NOW
    )

    waiting.refresh_from_db()
    assert waiting.post == guarded
    with pytest.raises(services.BackgroundCheckMissing):
        services.activate_employee(waiting, at=NOW)
