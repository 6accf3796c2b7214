"""Whose address a limit, a sign-in lock or the audit trail counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from courierqa.core.middleware import VisitorAddressMiddleware

NGINX, VISITOR, MADE_UP = "172.18.0.9", "203.0.113.7", "198.51.100.1"


def seen(forwarded: str | None) -> str:
    """Return the address the product sees for a request that came through the proxy."""
    heard: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        heard.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR=NGINX, headers=headers)
    VisitorAddressMiddleware(view)(request)
    return heard[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, VISITOR, NGINX),
        (1, VISITOR, VISITOR),
        (1, f"{MADE_UP}, {VISITOR}", VISITOR),
        (2, f"{MADE_UP}, {VISITOR}, 10.0.0.2", VISITOR),
        (2, VISITOR, NGINX),
        (1, "not an address", NGINX),
        (1, "", NGINX),
        (1, None, NGINX),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_only_our_own_proxies_say_who_the_visitor_is(
    settings: Any, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies

    assert seen(forwarded) == address


@pytest.mark.django_db
def test_two_customers_behind_one_proxy_do_not_share_a_limit(
    client: Any, settings: Any, still: datetime
) -> None:
    settings.TRUSTED_PROXIES = 1
    first, second = {"X-Forwarded-For": VISITOR}, {"X-Forwarded-For": MADE_UP}

    answers = [client.post("/complain/", {}, headers=first).status_code for _try in range(6)]
    other = client.post("/complain/", {}, headers=second)

    assert answers[-1] == 429
    assert other.status_code != 429
