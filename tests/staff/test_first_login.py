"""The first administrator of an empty system: made once, with a password nobody keeps."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from courierqa.core.enums import Role
from courierqa.core.models import AuditEntry
from staff.models import Grant, User
from tests.factories.staff import UserFactory

pytestmark = pytest.mark.django_db


def told(*given: str) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("first_login", *given, stdout=out)
    return out.getvalue()


def test_the_first_administrator_signs_in_and_must_choose_a_password(client) -> None:
    said = told("--username", "root-1")
    password = said.split("password ")[1].split(" ")[0]

    client.post(reverse("staff:login"), {"username": "root-1", "password": password})
    home = client.get("/")

    user = User.objects.get(username="root-1")
    assert int(client.session["_auth_user_id"]) == user.pk
    assert user.must_change_password
    assert "password" in home["Location"]
    assert Grant.objects.get(user=user).role == Role.ADMIN
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"user.create", "grant.give"}
    assert password not in str(list(AuditEntry.objects.values_list("fields", "reason")))


def test_there_is_no_second_one_by_this_way() -> None:
    told()

    with pytest.raises(CommandError, match="already: admin"):
        told("--username", "another")
    assert told("--if-none") == ""
    assert not User.objects.filter(username="another").exists()


def test_a_taken_login_is_refused_by_name() -> None:
    UserFactory(username="admin")

    with pytest.raises(CommandError, match="exists already"):
        told()
    assert not Grant.objects.exists()


def test_nobody_stands_above_the_matrix() -> None:
    with translation.override("en"), pytest.raises(CommandError, match="first_login"):
        call_command("createsuperuser", username="x", display_name="X", interactive=False)
    assert not User.objects.exists()
