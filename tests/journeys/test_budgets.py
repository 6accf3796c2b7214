"""What a page costs to fetch: the bytes that travel, as a production server sends them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.factories import shipments as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
ROOT = Path(__file__).resolve().parents[2]
KB = 1000
# Already compressed; a server sends them as they are.
PACKED = (".png", ".jpg", ".woff2", ".wasm")


def fetched(page: Any, address: str) -> dict[str, tuple[int, int]]:
    """Open a page and return for each file it fetched: bytes as stored, bytes compressed."""
    sizes: dict[str, tuple[int, int]] = {}

    def note(response: Any) -> None:
        if response.ok:
            body = response.body()
            path = urlsplit(response.url).path
            sent = len(body) if path.endswith(PACKED) else len(gzip.compress(body, 6))
            sizes[path] = (len(body), sent)

    page.on("response", note)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", note)
    return sizes


def total(sizes: dict[str, tuple[int, int]], *, compressed: bool) -> int:
    return sum(size[compressed] for size in sizes.values())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_tracking_stays_light_even_uncompressed(
    browser_page: Any, live_server: Any, cast: Any, prefix: str
) -> None:
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    make.tell(*(make.scan(parcel, "ARR", make.MONDAY, site_id=cast.hub.pk) for _n in range(12)))
    page = browser_page(width=390)

    sizes = fetched(page, f"{live_server.url}{prefix}/track/{parcel.waybill}/")

    assert not [path for path in sizes if path.endswith(".js")]
    assert total(sizes, compressed=False) <= 100 * KB, sizes
    assert total(sizes, compressed=True) <= 30 * KB, sizes


def test_the_phone_shell_and_staff_pages_keep_their_budgets(
    browser_page: Any, live_server: Any, cast: Any
) -> None:
    phone = browser_page(user=cast.courier, width=390)
    desk = browser_page(user=cast.quality)

    shell = fetched(phone, f"{live_server.url}/m/today/")
    pages = {path: fetched(desk, live_server.url + path) for path in ("/", "/parcels/", "/kpi/")}

    assert total(shell, compressed=True) <= 200 * KB, shell
    for path, sizes in pages.items():
        assert total(sizes, compressed=True) <= 350 * KB, (path, sizes)


def test_every_icon_of_a_public_page_is_in_its_small_sprite() -> None:
    sprite = (ROOT / "static/vendor/icons-public.svg").read_text(encoding="utf-8")
    there = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    shared = [ROOT / "templates/components" / f"_{name}.html" for name in (
        "messages", "errors", "field", "pager", "prose")]  # fmt: skip
    pages = [
        path
        for path in (ROOT / "templates").rglob("*.html")
        if "public_base.html" in path.read_text(encoding="utf-8") or path.parent.name == "public"
    ]
    wanted = {
        name
        for path in [*shared, *pages]
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    from courierqa.core.public import PAGES

    assert (wanted | {page.icon for page in PAGES}) - there == set()
