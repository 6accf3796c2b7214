"""Ratings from files."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from complaints import selectors
from complaints.imports import import_reviews
from complaints.models import Answer
from shipments.models import Parcel

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, tzinfo=UTC)
OLIST = Path(__file__).resolve().parents[3] / "shared" / "data" / "olist"
HEADER = (
    "review_id,order_id,review_score,review_comment_title,review_comment_message,"
    "review_creation_date,review_answer_timestamp\n"
)


def read(text):
    file = io.BytesIO((HEADER + text).encode())
    return import_reviews(file, filename="reviews.csv", mapping="olist", now=NOW)


def test_faulty_rows_are_refused_and_odd_ones_kept(db):
    report = read(
        "r1,YT1,5,,bom,2018-08-15 00:00:00,2018-08-15 04:10:37\n"
        "r2,YT1,9,,,2018-08-15 00:00:00,2018-08-15 04:10:37\n"
        "r3,YT1,4,,,2018-08-15 00:00:00,gestern\n"
        "r1,YT1,5,,bom,2018-08-15 00:00:00,2018-08-15 04:10:37\n"
    )

    assert dict(report.counts) == {"marked": 1, "refused": 2, "skipped": 1}
    assert [row.code for row in report.problems] == ["no_parcel", "bad_score", "bad_time"]
    assert Answer.objects.get().words == "bom"


def test_same_file_twice_adds_nothing(db):
    row = "r1,YT1,5,,,2018-08-15 00:00:00,2018-08-15 04:10:37\n"
    read(row)

    assert dict(read(row).counts) == {"skipped": 1}


@pytest.mark.skipif(
    not OLIST.exists(), reason="The real reviews lie beside the repository; the folder is absent."
)
def test_late_deliveries_are_rated_lower_in_the_real_data(parcel):
    _real_parcels(parcel)

    with (OLIST / "olist_order_reviews_dataset.csv").open("rb") as file:
        report = import_reviews(file, filename="reviews.csv", mapping="olist", now=NOW)

    with (OLIST / "olist_order_reviews_dataset.csv").open(encoding="utf-8", newline="") as file:
        assert report.rows == sum(1 for _row in csv.DictReader(file)) == 8225
    on_time, late = selectors.mean_score(on_time=True), selectors.mean_score(on_time=False)
    assert (round(on_time.value, 2), round(late.value, 2)) == (4.28, 2.50)


def _real_parcels(model):
    """Store the delivered orders as parcels with the two times a rating is judged by."""

    def moment(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    with (OLIST / "olist_orders_dataset.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["order_delivered_customer_date"]]
    Parcel.objects.bulk_create(
        Parcel(
            # As the import of parcels keeps it.
            waybill=row["order_id"].upper(),
            product=model.product,
            origin=model.origin,
            destination=model.destination,
            done_at=moment(row["order_delivered_customer_date"]),
            # The reference takes the estimate to the minute, not as the end of its day.
            promised_by=moment(row["order_estimated_delivery_date"]),
        )
        for row in rows
    )
