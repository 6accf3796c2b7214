"""New passwords and withdrawn keys, by an administrator on the page of a login."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone, translation

from courierqa.core.models import AuditEntry
from staff import services

pytestmark = pytest.mark.django_db
WHY = {"reason": "本人忘记密码"}


def test_a_forgotten_password_is_replaced_shown_once_and_ends_sessions(
    as_role: Any, cast: Any
) -> None:
    admin, theirs = as_role("admin"), as_role("courier")
    name = cast.courier.username

    offered = admin.get(f"/users/{name}/")
    made = admin.post(f"/users/{name}/password/", WHY)

    assert f"/users/{name}/password/" in offered.content.decode()
    (password,) = re.findall(r"<code>([0-9a-f-]{13})</code>", made.content.decode())
    assert "no-store" in made["Cache-Control"]
    cast.courier.refresh_from_db()
    assert cast.courier.check_password(password)
    assert password not in cast.courier.password
    assert theirs.get("/account/").status_code == 302
    entry = AuditEntry.objects.get(action="user.password")
    assert (entry.actor_id, entry.reason) == (cast.admin.pk, WHY["reason"])
    assert password not in str(vars(entry))
    assert password not in admin.get(f"/users/{name}/").content.decode()


def test_a_password_somebody_else_set_opens_nothing_but_its_own_change(
    as_role: Any, cast: Any
) -> None:
    user, admin = cast.supervisor, as_role("admin")
    made = admin.post(f"/users/{user.username}/password/", WHY).content.decode()
    (given,) = re.findall(r"<code>([0-9a-f-]{13})</code>", made)
    client, door = Client(), "/account/password/"

    signed_in = client.post("/login/", {"username": user.username, "password": given})
    assert signed_in.status_code == 302
    assert client.get("/")["Location"] == f"{door}?next=%2F"
    for address in ("/account/", "/parcels/", "/m/today/", "/kpi/"):
        shut = client.get(address)
        assert (shut.status_code, shut["Location"].split("?")[0]) == (302, door), address
    assert client.post("/account/", {"theme": "dark"})["Location"] == door
    fragment = client.get("/home/approvals/", HTTP_HX_REQUEST="true")
    assert (fragment["HX-Redirect"], fragment.content) == (door, b"")
    asked = client.get("/api/v1/parcels/NONE/")
    assert (asked.status_code, asked.json()["code"]) == (403, "password_change_needed")
    assert client.get("/sw.js").status_code == 200

    page = client.get(door, {"next": "/parcels/"})
    assert 'value="/parcels/"' in page.content.decode()
    wrong = client.post(door, {"old": "no", "new": "another-horse-9"})
    same = client.post(door, {"old": given, "new": given})
    assert (wrong.status_code, same.status_code) == (422, 422)
    assert client.get("/account/").status_code == 302
    own = {"old": given, "new": "another-horse-9", "next": "/parcels/"}
    done = client.post(door, own)
    assert done["Location"] == "/parcels/"
    assert client.get("/account/").status_code == 200
    assert client.get(door)["Location"] == "/account/"
    again = Client()
    again.post("/login/", {"username": user.username, "password": "another-horse-9"})
    assert again.get("/account/").status_code == 200


def test_keys_of_a_login_go_on_while_its_password_waits(cast: Any, api_client: Any) -> None:
    integration = api_client("parcel.read")
    cast.api.set_password("first-horse-1")
    cast.api.save()

    services.set_new_password(cast.api, by=cast.admin, at=timezone.now(), reason="x")

    assert integration.get("/api/v1/parcels/NONE/").status_code == 404


def test_leaving_through_the_door_is_possible(cast: Any) -> None:
    client = Client()
    services.set_new_password(cast.hr, by=cast.admin, at=timezone.now(), reason="x")
    cast.hr.refresh_from_db()
    client.force_login(cast.hr)

    assert client.post("/language/", {"language": "en"}).status_code == 302
    assert client.post("/logout/").status_code == 302
    assert client.get("/")["Location"].startswith("/login/")


def test_a_new_password_needs_a_reason_and_another_person(as_role: Any, cast: Any) -> None:
    admin, own, theirs = as_role("admin"), cast.admin.username, cast.courier.username

    silent = admin.post(f"/users/{theirs}/password/", {"reason": ""})
    myself = admin.post(f"/users/{own}/password/", WHY)
    other = as_role("hr").post(f"/users/{theirs}/password/", WHY)

    assert (silent.status_code, myself.status_code, other.status_code) == (422, 422, 403)
    assert f"/users/{own}/password/" not in admin.get(f"/users/{own}/").content.decode()
    assert not AuditEntry.objects.filter(action="user.password").exists()


def test_a_login_of_keys_gets_no_password(as_role: Any) -> None:
    services.create_user(username="hub", display_name="Hub")
    assert as_role("admin").post("/users/hub/password/", WHY).status_code == 422


def test_a_key_is_withdrawn_on_the_page_of_its_login(
    as_role: Any, cast: Any, api_client: Any
) -> None:
    integration = api_client("parcel.read")
    token = cast.api.tokens.get()
    url = f"/users/{cast.api.username}/keys/{token.pk}/revoke/"
    before = integration.get("/api/v1/parcels/NONE/").status_code
    admin: Client = as_role("admin")
    assert url in admin.get(f"/users/{cast.api.username}/").content.decode()

    silent = admin.post(url, {"reason": ""})
    done = admin.post(url, WHY)
    again = admin.post(url, WHY)

    assert (before, silent.status_code, done.status_code, again.status_code) == (404, 422, 302, 422)
    assert integration.get("/api/v1/parcels/NONE/").status_code == 401
    assert AuditEntry.objects.get(action="token.revoke").reason == WHY["reason"]
    assert url not in admin.get(f"/users/{cast.api.username}/").content.decode()
    elsewhere = f"/users/{cast.courier.username}/keys/{token.pk}/revoke/"
    assert admin.post(elsewhere, WHY).status_code == 404
    assert as_role("hr").post(url, WHY).status_code == 403


def test_the_command_speaks_the_readers_language() -> None:
    with translation.override("zh-hans"), pytest.raises(CommandError, match="没有这个网点"):
        call_command("create_token", "Hub", "--site=NO-99", "--right=scan.create")
