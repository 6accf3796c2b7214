"""Real orders of a marketplace through the browser: file, dry run, import, figure, late parcel,
report. The orders of two months suffice here; all of them are read by the tests of the import.
Where the files are absent the walk cannot be made."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest

import kpi.services
from courierqa.core import outbox
from kpi.selectors import figures
from shipments.models import Parcel, ParcelFacts

DATA = Path(__file__).parents[3] / "shared" / "data" / "olist"
ORDERS = DATA / "olist_orders_dataset.csv"
OTHERS = [
    DATA / "olist_customers_dataset.csv",
    DATA / "olist_order_items_dataset.csv",
    DATA / "olist_sellers_dataset.csv",
]
PERIOD = "2018-03"
BOUGHT = ("2018-02", "2018-03")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ORDERS.exists(),
        reason="The real orders lie beside the repository; the folder is absent.",
    ),
]


def work_off() -> None:
    """Do what the worker does, until nothing is due."""
    while outbox.run_due(now=datetime.now(UTC)):
        pass


@pytest.fixture
def orders(tmp_path: Path) -> list[dict[str, str]]:
    """The orders bought in two months, also as a file of the same name."""
    with ORDERS.open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["order_purchase_timestamp"][:7] in BOUGHT]
    with (tmp_path / ORDERS.name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return rows


def is_faulty(order: dict[str, str]) -> bool:
    """Say whether an order contradicts itself: times in the wrong order, states without a time."""
    approved, handed, arrived = (
        order[f"order_{name}"]
        for name in ("approved_at", "delivered_carrier_date", "delivered_customer_date")
    )
    status = order["order_status"]
    return (
        bool(handed and approved and handed < approved)
        or bool(arrived and handed and arrived < handed)
        or (status == "delivered" and not arrived)
        or (status == "canceled" and bool(arrived))
    )


def import_orders(page: Any, url: str, file: Path, rows: int) -> None:
    """Choose the files, read the dry run, then import."""
    page.goto(f"{url}/imports/new/")
    page.select_option("[name=template]", "parcels:olist")
    page.set_input_files("[name=files]", [str(path) for path in (file, *OTHERS)])
    page.click(".form-foot button[type=submit]")
    page.wait_for_url("**/imports/*/")
    work_off()
    page.reload()
    assert f"{rows:,}" in page.inner_text(".tiles")
    assert Parcel.objects.count() == 0
    page.click("#import-run form button[type=submit]")
    page.wait_for_load_state()
    work_off()


@pytest.mark.req("ANA-01")
def test_real_orders_from_file_to_report(browser_page, live_server, cast, orders, tmp_path):
    url = live_server.url
    page = browser_page(user=cast.quality, lang="en")
    import_orders(page, url, tmp_path / ORDERS.name, len(orders))
    faulty = sum(is_faulty(order) for order in orders)
    assert ParcelFacts.objects.filter(marked=True).count() == faulty > 0

    now = datetime.now(UTC)
    kpi.services.refresh_dirty(now=now)
    on_time = next(f for f in figures(PERIOD, metric="T01") if f.site is None)
    page.goto(f"{url}/dashboard/?period={PERIOD}")
    assert f"{on_time.value:.1%}".replace("%", "") in page.inner_text("main")

    late = on_time.total - on_time.hits
    page.goto(f"{url}/kpi/T01/?period={PERIOD}")
    page.click(f'a[href*="/kpi/T01/records/"]:has-text("{late:,}")')
    page.wait_for_url("**/records/**")
    page.click('main tbody a[href^="/parcels/"] >> nth=0')
    page.wait_for_url("**/parcels/*/")
    assert "Picked up" in page.inner_text("main")

    page.goto(f"{url}/reports/{PERIOD}/")
    page.click(f'form[action="/reports/{PERIOD}/make/"] button')
    page.wait_for_load_state()
    work_off()
    for language in ("zh", "en"):
        text = printed(page, url, language)
        assert f"{on_time.hits:,} / {on_time.total:,}" in text


def printed(page: Any, url: str, language: str) -> str:
    """Quality management downloads the draft from its page; auditors read what is published."""
    page.goto(f"{url}/reports/{PERIOD}/")
    with page.expect_download() as begun:
        page.click(f'a[href^="/reports/{PERIOD}/{language}.pdf"]')
    content = Path(begun.value.path()).read_bytes()
    return "\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(content)).pages)
