"""Real orders: how the product's on-time rate relates to the ways others would count it.

Reads the folder of real data beside the repository in place; it is not part of the project.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import F

from courierqa.core.imports import problem_groups
from courierqa.core.models import ImportRun
from courierqa.core.timeframes import parse_period
from kpi import services
from shipments.models import Finding, Parcel, ParcelFacts, ScanEvent

FOLDER = settings.BASE_DIR.parent / "shared" / "data" / "olist"
END = datetime(2018, 10, 1, tzinfo=UTC)
ORDERS = FOLDER / "olist_orders_dataset.csv"
pytestmark = [
    pytest.mark.django_db,
    # A hundred thousand lines; imports themselves are tested on both databases.
    pytest.mark.once,
    pytest.mark.skipif(
        not ORDERS.exists(),
        reason="The real orders lie beside the repository; the folder is absent.",
    ),
]


def source() -> list[dict[str, str]]:
    with Path(ORDERS).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.req("NET-07")
def test_real_orders_give_the_honest_rate_and_keep_their_faults_marked(capsys):
    call_command("import_parcels", str(FOLDER), mapping="olist")
    check_rate(source())
    check_marks()
    check_double_entry()


def check_rate(rows: list[dict[str, str]]) -> None:
    """Show how the honest rate relates to the flattering ones."""
    delivered = [r for r in rows if r["order_status"] == "delivered" and r[DELIVERED]]
    handed = [r for r in rows if r[HANDED]]
    to_the_minute = sum(r[DELIVERED] <= r[ESTIMATE] for r in delivered)
    by_day = sum(r[DELIVERED][:10] <= r[ESTIMATE][:10] for r in delivered)

    # Delivered orders only, the estimate read as its midnight: 91.98 %.
    assert (to_the_minute, len(delivered)) == (4750, 5164)
    # Delivered orders only, the estimate read as a day: 93.4 %. Nobody who still waits is counted.
    assert round(by_day / len(delivered), 3) == 0.934
    # The product: every parcel handed over and due, open ones too. Its hits are those of the
    # delivered ones plus the five cancelled orders that arrived in time all the same.
    due = ParcelFacts.objects.exclude(due_at=None).filter(out_t01=False)
    hits = due.filter(done_at__lte=F("due_at")).count()
    assert (hits, due.count()) == (4827, 6353)
    assert due.count() == len(handed)
    arrived = [r for r in handed if r[DELIVERED] and r[DELIVERED][:10] <= r[ESTIMATE][:10]]
    assert hits == len(arrived) == by_day + 5
    # The difference to 93.4 % is silence: handed over, never delivered.
    assert due.filter(done_at=None).count() == 1183
    assert round(hits / due.count(), 2) == 0.76


def check_double_entry() -> None:
    """Count two real months from cells and from raw events: nothing differs."""
    services.refresh_dirty(now=END)
    checks = [services.verify_period(parse_period(one), now=END) for one in ("2017-11", "2018-08")]

    assert [check.differences for check in checks] == [[], []]
    assert all(check.cells > 3000 for check in checks)


def check_marks() -> None:
    """Faulty rows are reported, kept and marked."""
    run = ImportRun.objects.get()
    groups = {group["code"]: group["count"] for group in problem_groups(run)}

    # 77 were handed over before approval: 68 of them delivered, 9 still on the way.
    assert groups == {
        "handed_before_approval": 77, "delivered_before_handover": 3, "delivered_no_date": 8,
        "cancelled_delivered": 6,
    }  # fmt: skip
    early = ParcelFacts.objects.filter(
        parcel__findings__code="handed_before_approval", state="delivered"
    )
    assert early.count() == 68
    assert (run.rows, run.counts) == (8135, {"created": 8041, "marked": 94})
    assert Parcel.objects.count() == 8135
    assert ParcelFacts.objects.filter(marked=True).count() == 94
    assert Finding.objects.filter(kind="import").count() == 94


def test_the_same_file_again_changes_nothing(tmp_path, capsys):
    small = tmp_path / ORDERS.name
    small.write_text("".join(ORDERS.read_text(encoding="utf-8").splitlines(keepends=True)[:301]))
    for path in FOLDER.glob("*.csv"):
        if path.name != ORDERS.name:
            (tmp_path / path.name).symlink_to(path)
    call_command("import_parcels", str(tmp_path), mapping="olist", dry_run=True)
    assert not Parcel.objects.exists()
    call_command("import_parcels", str(tmp_path), mapping="olist")
    events = ScanEvent.objects.count()

    call_command("import_parcels", str(small), mapping="olist")

    assert (Parcel.objects.count(), ScanEvent.objects.count()) == (300, events)
    assert ImportRun.objects.latest("pk").counts == {"skipped": 300}
    assert "skipped  300" in capsys.readouterr().out


def test_a_date_without_a_time_is_a_promise_until_that_day_ends_over_there(tmp_path, capsys):
    head = ",".join(source()[0])
    (tmp_path / ORDERS.name).write_text(
        f"{head}\nABCDEF0001,c1,shipped,2018-01-01 10:00:00,,2018-01-02 10:00:00,,"
        "2018-01-20 00:00:00\n"
    )
    for name, columns in (
        ("olist_customers_dataset.csv", "customer_id,customer_city,customer_state"),
        ("olist_order_items_dataset.csv", "order_id,seller_id"),
        ("olist_sellers_dataset.csv", "seller_id,seller_city,seller_state"),
    ):
        (tmp_path / name).write_text(f"{columns}\nx,y,SP\n")

    call_command("import_parcels", str(tmp_path), mapping="olist")

    # Midnight in São Paulo, where summer time put the clock at UTC-2.
    assert Parcel.objects.get().promised_by == datetime(2018, 1, 21, 1, 59, 59, 999999, tzinfo=UTC)


HANDED = "order_delivered_carrier_date"
DELIVERED = "order_delivered_customer_date"
ESTIMATE = "order_estimated_delivery_date"
