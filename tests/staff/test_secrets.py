"""New passwords and withdrawn keys, by an administrator on the page of a login."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

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
