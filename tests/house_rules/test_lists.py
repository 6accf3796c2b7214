"""Nonsense in the address of any page gets 4xx or a page, never a fault (bad inputs, lists)."""

from __future__ import annotations

import re
import sys
import time
from types import FrameType
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.template.base import Node

from courierqa.core.access import matrix
from courierqa.core.addresses import Address, all_addresses
from courierqa.core.enums import Role
from tests.factories import shipments as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Names pages have in common; a page's own are read from its forms and links.
COMMON = (
    "page", "after", "before", "size", "page_size", "limit", "offset", "order", "order_by", "sort",
    "q", "view", "state", "status", "site", "from", "to", "date", "day", "period", "id", "format",
    "as_of",
)  # fmt: skip
VALUES = (
    "-1", "0", "1000000000", "99999999999999999999", "password", "-password", "user__password",
    "' OR 1=1 --", "\"; DROP TABLE x; --", "%", "_", "%_%", "\\", "0000-00-00", "9999-99-99",
    "9999-12-31", "0000", "2026-13", "2026-10-31T25:61", "NaN", "1e400", "[]", "{}", "é́", "\u202e",
    "𠮷", "x" * 5000, "１２", "a,b,c", "../../etc/passwd", "<script>",
)  # fmt: skip
FIELD = re.compile(r"""<(?:input|select|textarea)\b[^>]*\bname=["']([\w-]+)["']""")
SENT_FORM = re.compile(r"""<form\b[^>]*\bmethod=["']post["'].*?</form>""", re.S)
LINK = re.compile(r"""href=["']\?([^"']+)["']""")
WALKS = ("user__password__regex", "site__users__password", "x__startswith", "pk__in", "extra")
# Of the processor, and by the clock of a machine that may be busy with something else.
MOST_SECONDS, LONGEST_WAIT = 5.0, 60.0
# What stands around every page; its search box says again what was asked.
LAYOUT = ("base.html", "error_base.html", "m_base.html", "public_base.html")


def pages() -> list[Address]:
    """Return every address one may GET that needs no part in its path.

    Of a page that stands under two addresses, one for each language, the first is enough.
    """
    found = [
        address for address in all_addresses()
        if "<" not in address.route and "(?P" not in address.route
        and address.access is not None and "GET" in address.access[1]
    ]  # fmt: skip
    routes = {address.route for address in found}
    return [a for a in found if a.route.replace("/en/", "/", 1) == a.route
            or a.route.replace("/en/", "/", 1) not in routes]  # fmt: skip


def reader(address: Address) -> str:
    """Return the role that sees most of it."""
    resource, methods = address.access
    cells = matrix()[resource][methods["GET"]]
    widest = [role for role, scope in cells.items() if scope == "all" and role != Role.PUBLIC]
    return next(iter(widest or cells))


def in_layout(frame: FrameType | None) -> bool:
    """Say whether the layout around the page asks, and not the page or its view."""
    while frame is not None:
        asking = frame.f_locals.get("self")
        if isinstance(asking, Node) and getattr(asking, "origin", None) is not None:
            return asking.origin.template_name in LAYOUT
        frame = frame.f_back
    return False


class Reading:
    """Notes which names of the address a page asks for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: set[str] = set()
        for method in ("__getitem__", "get", "getlist", "__contains__"):
            monkeypatch.setattr(QueryDict, method, self._noted(getattr(QueryDict, method)))

    def _noted(self, wrapped: Any) -> Any:
        def noting(query: QueryDict, *arguments: Any, **options: Any) -> Any:
            # While it is being filled it looks itself up.
            if not query._mutable and not in_layout(sys._getframe(1)):
                self.names.add(str(arguments[0]))
            return wrapped(query, *arguments, **options)

        return noting


def names_of(client: Any, path: str, reading: Reading) -> list[str]:
    """Return the names a page reads, of those pages have in common and those it shows."""
    response = client.get(path)
    text = "" if response.streaming else response.content.decode("utf-8", "replace")
    shown = {*COMMON, *FIELD.findall(SENT_FORM.sub("", text))}
    for link in LINK.findall(text):
        shown |= {part.partition("=")[0] for part in link.replace("&amp;", "&").split("&")}
    # Some names are read only beside others.
    found = asked(client, path, dict.fromkeys(shown, "1"))
    assert not found, found
    return sorted(shown & reading.names)


def asked(client: Any, path: str, query: dict[str, str] | list[tuple[str, str]]) -> str:
    """Return what is wrong with the answer, or ""."""
    began, clock = time.thread_time(), time.monotonic()
    response = client.get(f"{path}?{urlencode(query)}")
    if response.streaming:
        b"".join(response.streaming_content)
    lasted, waited = time.thread_time() - began, time.monotonic() - clock
    shown = str(query)[:120]
    if response.status_code >= 500:
        return f"{response.status_code} {path} {shown}"
    is_slow = lasted > MOST_SECONDS or waited > LONGEST_WAIT
    return f"{lasted:.1f} s, {waited:.1f} s by the clock {path} {shown}" if is_slow else ""


@pytest.mark.parametrize("address", pages(), ids=lambda address: address.route)
def test_nonsense_in_the_address_is_no_fault(address, as_role, cast, monkeypatch):
    make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    client, path = as_role(reader(address), raise_request_exception=False), address.route
    assert client.get(path).status_code != 404
    names = names_of(client, path, Reading(monkeypatch))
    # What a page does not read cannot harm it; its links may still carry it on.
    found = [asked(client, path, dict.fromkeys(names, value)) for value in VALUES if names]
    # A filter on its own: others may have hidden it behind a refusal.
    found += [asked(client, path, {name: "'%_\\9999-99-99"}) for name in names]
    found += [asked(client, path, dict.fromkeys(WALKS, "1"))]
    found += [asked(client, path, {"from": "2026-12-31", "to": "2026-01-01"})]
    found += [asked(client, path, [("id", str(n)) for n in range(1000)])]

    assert not any(found), "\n".join(filter(None, found))


def test_what_a_page_reads_of_its_address_is_noticed(as_role, cast, monkeypatch):
    client = as_role("quality")

    names = names_of(client, "/parcels/", Reading(monkeypatch))

    assert {"q", "view", "after"} <= set(names)
    assert "date" not in names


def test_a_wildcard_in_a_search_is_a_letter_like_any_other(as_role, cast):
    make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    client = as_role("quality")

    for sign in ("%", "_", "%%%%", "Y_0000"):
        page = client.get("/parcels/", {"q": sign})
        assert page.status_code == 200
        assert "YS0000000000001" not in page.content.decode()
