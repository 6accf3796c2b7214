"""A file of ratings goes through the import wizard like any other file."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from complaints.models import Answer
from courierqa.core import outbox
from courierqa.core.models import ImportRun

pytestmark = pytest.mark.django_db
HEAD = "id,waybill,score,words,asked_on,answered_at\n"
ROWS = (
    "r1,YT8890123456789,5,很快,2026-03-02,2026-03-03 10:00\n",
    "r2,YT8890123456789,9,,2026-03-02,2026-03-03 11:00\n",
    "r3,YT8890123456789,2,盒子压坏,2026-03-02,2026-03-04 09:00\n",
)


def test_ratings_are_checked_then_taken(as_role: Any, cast: Any, parcel: Any) -> None:
    client = as_role("quality")
    file = SimpleUploadedFile("reviews.csv", (HEAD + "".join(ROWS)).encode())

    offered = client.get("/imports/new/").content.decode()
    dry = client.post("/imports/new/", {"template": "reviews:standard", "files": [file]})
    checked = ImportRun.objects.get()
    before = Answer.objects.count()
    shown = client.get(dry.url)
    taken = client.post(dry.url)
    outbox.run_due(now=timezone.now())
    result = client.get(taken.url)

    assert 'value="reviews:standard"' in offered
    assert (checked.dry_run, checked.rows, checked.counts["refused"], before) == (True, 3, 1, 0)
    assert shown.status_code == result.status_code == 200
    done = ImportRun.objects.exclude(pk=checked.pk).get()
    assert (done.kind, done.dry_run, done.counts["created"], done.counts["refused"]) == (
        "reviews", False, 2, 1,
    )  # fmt: skip
    assert sorted(Answer.objects.values_list("score", flat=True)) == [2, 5]
    assert set(Answer.objects.values_list("parcel_id", flat=True)) == {parcel.pk}
