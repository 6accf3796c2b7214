"""Grants, API keys, and who sees which person."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import reverse
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from courierqa.core.access import access_for
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import AuditEntry
from staff import selectors, services
from staff.auth import TokenAuthentication
from staff.models import ApiToken, Grant
from tests.factories.staff import (
    CourierFactory,
    EmployeeFactory,
    GrantFactory,
    SiteFactory,
    SupervisorFactory,
    UserFactory,
)
from tests.staff.conftest import body_of

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return UserFactory(role="admin")


@pytest.mark.req("ROL-01", "INF-02")
def test_grant_and_revoke_act_at_the_next_request(client, admin):
    user = UserFactory()
    client.force_login(user)
    assert client.get("/staff/").status_code == 403

    grant = services.grant_role(user, "hr", by=admin, at=NOW, reason="新任")
    assert client.get("/staff/").status_code == 200
    services.revoke_role(grant, by=admin, at=NOW + timedelta(seconds=1), reason="调岗")
    later = access_for(user, "staff", "read")

    assert later is None
    assert client.get("/staff/").status_code == 403


def test_same_person_sees_other_pages_in_another_role(client):
    pages = {"courier": 403, "admin": 200, "hr": 200, "agent": 403}
    for role, status in pages.items():
        client.force_login(UserFactory(role=role))
        assert (role, client.get("/users/").status_code) == (role, status)


@pytest.mark.req("ROL-03")
def test_nobody_changes_their_own_roles(client, admin):
    with pytest.raises(NotAllowed):
        services.grant_role(admin, "quality", by=admin, at=NOW)
    with pytest.raises(NotAllowed):
        services.revoke_role(admin.grants.get(), by=admin, at=NOW, reason="…")
    client.force_login(admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantFactory(user=admin, granted_by=admin)
    page = client.post(
        reverse("staff:user", args=[admin.username]), {"role": "quality", "reason": "…"}
    )
    assert page.status_code == 403
    assert admin.grants.count() == 1


@pytest.mark.req("ROL-02")
def test_role_changes_are_sealed_at_once(admin):
    user, site = UserFactory(), SiteFactory(code="HZ-01")
    grant = services.grant_role(user, "supervisor", site, by=admin, at=NOW, reason="升任")
    services.revoke_role(grant, by=admin, at=NOW, reason="误授")

    entries = list(AuditEntry.objects.filter(action__startswith="grant.").order_by("id"))
    assert [e.action for e in entries] == ["grant.give", "grant.revoke"]
    assert [e.fields for e in entries] == [["supervisor", "HZ-01"]] * 2
    assert all(e.seal.hash for e in entries)


def test_grants_refuse_doubles_unknown_roles_and_sites_for_network_roles(admin):
    user, site = UserFactory(), SiteFactory()
    services.grant_role(user, "courier", site, by=admin, at=NOW)
    for role, place, field in [
        ("courier", site, "role"),
        ("king", None, "role"),
        ("public", None, "role"),
        ("auditor", site, "site"),
    ]:
        with pytest.raises(DomainError) as refused:
            services.grant_role(user, role, place, by=admin, at=NOW)
        assert refused.value.field == field
    assert Grant.objects.filter(user=user).count() == 1


def test_user_pages_give_and_withdraw_with_a_reason(client, admin):
    site, user = SiteFactory(code="HZ-01"), UserFactory(username="E7")
    client.force_login(admin)
    page = reverse("staff:user", args=["E7"])

    empty = client.post(page, {"role": "courier", "site": "HZ-01", "reason": ""})
    unknown = client.post(page, {"role": "courier", "site": "XX", "reason": "入职"})
    given = client.post(page, {"role": "courier", "site": "HZ-01", "reason": "入职"})
    grant = user.grants.get()
    url = reverse("staff:grant_revoke", args=["E7", grant.pk])
    silent = client.post(url, {"reason": ""})
    other = client.post(
        reverse("staff:grant_revoke", args=[admin.username, grant.pk]), {"reason": "x"}
    )
    gone = client.post(url, {"reason": "离岗"})

    answers = [empty, unknown, given, silent, other, gone]
    assert [a.status_code for a in answers] == [422, 422, 302, 422, 404, 302]
    grant.refresh_from_db()
    assert (grant.site, grant.revoke_reason, grant.revoked_by) == (site, "离岗", admin)


def authenticate(key):
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {key}"})
    return TokenAuthentication().authenticate(Request(request))


@pytest.fixture
def token():
    site, other = SiteFactory(), SiteFactory()
    user = UserFactory(role="api", role__site=site)
    GrantFactory(user=user, role="api", site=other)
    GrantFactory(user=user, role="admin", site=None)
    made, key = services.create_token(
        name="hub", user=user, rights=["scan.create"], sites=[site], at=NOW
    )
    return made, key, site


def test_key_is_stored_as_a_hash_and_narrows_sites_and_roles(token):
    _made, key, site = token

    user, auth = authenticate(key)

    assert key not in str(ApiToken.objects.values())
    assert auth.rights == ["scan.create"]
    access = access_for(user, "scan", "create")
    assert (access.sites, access.roles) == ({site.pk}, {"api"})
    assert access_for(user, "user", "change") is None


def test_revoked_expired_unknown_and_closed_keys_are_refused(token):
    made, key, _site = token
    bad = ["nonsense", key + "x"]
    ApiToken.objects.filter(pk=made.pk).update(expires_at=NOW - timedelta(days=900))
    bad.append(key)
    for one in bad:
        with pytest.raises(AuthenticationFailed):
            authenticate(one)
    ApiToken.objects.filter(pk=made.pk).update(expires_at=None)
    services.revoke_token(made, at=NOW)
    with pytest.raises(AuthenticationFailed):
        authenticate(key)
    ApiToken.objects.filter(pk=made.pk).update(revoked_at=None)
    made.user.is_active = False
    made.user.save()
    with pytest.raises(AuthenticationFailed):
        authenticate(key)


def test_key_cannot_carry_a_right_integrations_do_not_have():
    user = UserFactory(role="api")
    for right in ("user.change", "nothing.at_all", "scan"):
        with pytest.raises(DomainError) as refused:
            services.create_token(name="x", user=user, rights=[right], at=NOW)
        assert refused.value.code == "unknown_right"


def test_create_token_command_prints_a_key_that_works():
    SiteFactory(code="HZ-01")
    out = StringIO()
    call_command("create_token", "Hub", "--site=HZ-01", "--right=scan.create", stdout=out)

    user, auth = authenticate(out.getvalue().strip())

    assert (user.username, auth.rights) == ("api-Hub", ["scan.create"])
    with pytest.raises(CommandError):
        call_command("create_token", "Hub", "--site=NO-99", "--right=scan.create")
    with pytest.raises(CommandError):
        call_command("create_token", "Hub", "--right=user.change")


@pytest.mark.req("ROL-01", "INF-02")
def test_rows_own_site_other_site_missing(client):
    chen = CourierFactory()
    colleague, stranger = CourierFactory(site=chen.site), CourierFactory()
    li = SupervisorFactory(site=chen.site)

    def status(user, person):
        client.force_login(user)
        number = person.number if person else "E-404"
        return client.get(reverse("staff:person", args=[number])).status_code

    people = [chen, colleague, stranger, None]
    assert [status(chen.user, p) for p in people] == [200, 404, 404, 404]
    assert [status(li.user, p) for p in people] == [200, 200, 404, 404]
    assert [status(UserFactory(role="hr"), p) for p in people] == [200, 200, 200, 404]


def test_foreign_and_missing_answer_the_same_bytes(client):
    chen, stranger = CourierFactory(), CourierFactory()
    client.force_login(chen.user)

    foreign = client.get(reverse("staff:person", args=[stranger.number]))
    missing = client.get(reverse("staff:person", args=["E-404"]))

    assert body_of(foreign) == body_of(missing)


def test_lists_show_only_what_is_within_reach(client):
    chen, stranger = CourierFactory(name="陈本站"), CourierFactory(name="王外站")
    li = SupervisorFactory(site=chen.site)
    client.force_login(li.user)

    text = client.get("/staff/").content.decode()
    sites = client.get("/sites/").content.decode()

    assert chen.name in text
    assert stranger.name not in text
    assert (chen.site.code in sites, stranger.site.code in sites) == (True, False)
    assert client.get(f"/sites/{stranger.site.code}/").status_code == 404


def test_people_list_query_count_is_flat(client, django_assert_max_num_queries):
    client.force_login(UserFactory(role="hr"))
    EmployeeFactory.create_batch(12)

    with django_assert_max_num_queries(12):
        client.get("/staff/")


def test_selectors_follow_scope():
    chen = CourierFactory()
    SiteFactory()

    own = access_for(chen.user, "staff", "read")

    assert list(selectors.employees_for(own)) == [chen]
    assert list(selectors.sites_for(own)) == [chen.site]
    assert selectors.site_names()[chen.site.pk] == str(chen.site)
