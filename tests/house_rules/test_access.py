"""Every address × method × role answers as the access table says."""

from __future__ import annotations

import re
import uuid

import pytest
from django.conf import settings
from django.template.base import Template
from django.utils.safestring import SafeString

from courierqa.core.access import matrix
from courierqa.core.addresses import Address, all_addresses
from courierqa.core.enums import Role, Scope

pytestmark = pytest.mark.once
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ADDRESSES = all_addresses()
# Values for path parts, tried in this order until one suits the converter.
SAMPLES = (
    "999999",
    str(uuid.UUID(int=7)),
    "none",
    "2026-10",
    "2026-10-05",
    "zh",
    "en",
    "YS0000000000",
    "xlsx",
)
# A part of an address written as a regular expression.
GROUP = re.compile(r"\(\?P<\w+>(?P<pattern>[^)]*)\)")


def path_of(address: Address) -> str:
    """Return a path that leads to the address, with parts that name nothing."""

    def sample(pattern: str) -> str:
        return next(text for text in SAMPLES if re.fullmatch(pattern, text))

    def part(match: re.Match[str]) -> str:
        return sample(address.converters[match["name"]].regex)

    if not GROUP.search(address.route):
        return re.sub(r"<(?:\w+:)?(?P<name>\w+)>", part, address.route)
    route = GROUP.sub(lambda match: sample(match["pattern"]), address.route)
    return route.replace("^", "").replace("$", "").replace("\\", "")


def expected(address: Address, method: str, role: str) -> str:
    """Return "refused", "no method" or "let in"."""
    resource, methods = address.access
    action = methods.get("GET" if method == "HEAD" and "HEAD" not in methods else method)
    if action is None:
        return "no method"
    return "let in" if role in matrix()[resource][action] else "refused"


def problem(address: Address, method: str, role: str, response) -> str:
    """Return what is wrong with the answer, or ""."""
    want, code = expected(address, method, role), response.status_code
    to_login = code == 302 and response.headers["Location"].startswith("/login/?next=")
    if want == "no method":
        # An API key is looked at before the method is.
        fine = code == 405 or (address.is_api and (code in (401, 403) or method == "OPTIONS"))
    elif want == "refused":
        nobody = role == Role.PUBLIC
        refused = (401, 403) if nobody else (403,)
        fine = code in refused if address.is_api or not nobody else to_login
    else:
        fine = code < 500 and code not in (401, 403, 405) and not to_login
    return "" if fine else f"{method} {path_of(address)} as {role}: {code}, should be {want}"


class Drawing:
    """Draws every page a role may GET, and leaves refusals and answers to other methods undrawn.

    Who gets in is decided before anything is drawn; what is drawn after a POST, and the pages of
    refusal, are looked at elsewhere.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on = True
        draw = Template._render
        monkeypatch.setattr(
            Template,
            "_render",
            lambda template, context: draw(template, context) if self.on else SafeString(""),
        )

    def ask(self, client, address: Address, method: str, role: str):
        self.on = method == "GET" and expected(address, method, role) == "let in"
        return client.generic(method, path_of(address), b"", "application/json")


def asked(address: Address, role: str, client, drawing: Drawing) -> list[str]:
    """Return what is wrong with the answers to every method."""
    if address.access is None:
        return [f"{address.route} declares no resource and action"]
    return [
        problem(address, method, role, drawing.ask(client, address, method, role))
        for method in METHODS
        # It would end the walk of this role.
        if (method, address.name) != ("POST", "staff:logout")
    ]


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.req("ROL-01")
def test_every_address_method_and_role(role, as_role, monkeypatch):
    drawing = Drawing(monkeypatch)
    client = as_role(role, raise_request_exception=False)
    found = [
        wrong for address in ADDRESSES for wrong in asked(address, role, client, drawing) if wrong
    ]
    assert not found, "\n".join(found)


def test_every_address_was_found():
    assert len({address.route for address in ADDRESSES}) > 60


def test_table_names_only_known_roles_and_scopes():
    for resource, actions in matrix().items():
        for action, roles in actions.items():
            assert set(roles) <= set(Role.values), (resource, action)
            assert set(roles.values()) <= set(Scope.values), (resource, action)


def test_personal_data_need_more_than_reading():
    # Whoever may look at quality as a whole need not know who the customer is.
    revealers = set(matrix()["personal"]["reveal"])
    assert revealers.isdisjoint({Role.MANAGER, Role.AUDITOR, Role.HR, Role.ADMIN, Role.PUBLIC})


def test_an_ended_role_acts_at_the_next_request(as_role, cast):
    client = as_role("hr")
    assert client.get("/").status_code != 302
    cast.hr.grants.all().update(valid_to=cast.hr.grants.get().valid_from)
    assert client.get("/").status_code == 403


def test_login_address_is_the_one_pages_send_to(client):
    response = client.get("/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login/")
    assert settings.LOGIN_URL == "staff:login"
