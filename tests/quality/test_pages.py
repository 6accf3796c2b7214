"""The board, its list and file, one page for each role's reach, the pack, the cause tree."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courierqa.core.calendars import business_day
from quality import selectors
from quality.enums import Status
from quality.models import Cause, Nonconformity
from tests.factories.staff import SiteFactory
from tests.quality.conftest import DAY, NOW, Loop, worker

pytestmark = pytest.mark.django_db


def signed_in(user: Any) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def many(loop: Loop, count: int, *, status: str = Status.OPEN) -> None:
    """Write rows beside one that was really raised."""
    row = Nonconformity.objects.first() or loop.raised()
    Nonconformity.objects.bulk_create(
        Nonconformity(
            number=f"CA-2025-{n:05}", status=status, source="other", title=f"第 {n} 项",
            site=loop.site, owner=loop.leader, found_at=NOW, raised_by=loop.quality, raised_at=NOW,
            plan_first_due_on=row.plan_first_due_on, plan_due_on=row.plan_due_on,
            due_on=row.plan_due_on,
        )
        for n in range(count)
    )  # fmt: skip


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.req("NCR-05")
def test_board_and_list_ask_the_same_number_of_questions_at_3_and_300(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    many(loop, 3)
    few = [queries(quality, url) for url in ("/actions/", "/actions/?layout=list")]
    Nonconformity.objects.filter(number__startswith="CA-2025").delete()
    many(loop, 300)
    assert [queries(quality, url) for url in ("/actions/", "/actions/?layout=list")] == few
    text = quality.get("/actions/").content.decode()
    assert "281 more in the list" in text


def test_columns_count_what_stands_in_them(at_step: Any, loop: Loop) -> None:
    at_step("checking")
    loop.raised(even_so=True)
    rows = Nonconformity.objects.select_related("site", "owner")
    board = selectors.board(rows, today=NOW.date() + 30 * DAY)
    assert {column.code: column.total for column in board.columns} == {
        "open": 1, "cause": 0, "doing": 0, "check": 1, "closed": 0,
    }  # fmt: skip
    (card,) = next(c for c in board.columns if c.code == "check").cards
    assert (card.done, card.total, card.check.metric, card.is_late) == (1, 1, "T01", False)
    assert board.overdue == 1


@pytest.mark.req("NCR-09")
def test_what_is_overdue_stands_on_the_managers_home(at_step: Any, loop: Loop) -> None:
    at_step("approved")
    today = business_day(timezone.now())
    assert [one.who for one in selectors.late_below(loop.leader.pk, today=today)] == [
        loop.courier.name
    ]
    text = signed_in(loop.leader.user).get("/actions/home/").content.decode()
    assert loop.courier.name in text
    assert "Overdue" in text
    # The owner sees it as the own task, and the management how many there are.
    assert "全站培训" in signed_in(loop.courier.user).get("/actions/home/").content.decode()
    everything = signed_in(loop.manager).get("/actions/home/").content.decode()
    assert "1 corrective action is overdue" in everything


def test_another_site_is_as_if_it_were_not_there(loop: Loop) -> None:
    row = loop.raised()
    other = worker("supervisor", SiteFactory(code="HZ-07")).user
    for path in ("", "pack/", "effect/"):
        client = signed_in(other)
        there = client.get(f"/actions/{row.number}/{path}")
        missing = client.get(f"/actions/CA-2026-999/{path}")
        assert there.status_code == missing.status_code
        assert there.status_code in (403, 404)
    assert (
        signed_in(other).post(f"/actions/{row.number}/contain/", {"text": "x"}).status_code == 404
    )
    assert row.number not in signed_in(other).get("/actions/?layout=list").content.decode()


def test_a_courier_sees_and_reports_only_the_own_measure(at_step: Any, loop: Loop) -> None:
    row = at_step("approved")
    courier = signed_in(loop.courier.user)
    assert courier.get(f"/actions/{row.number}/").status_code == 200
    assert (
        courier.post(f"/actions/{row.number}/tasks/1/cancel/", {"reason": "x"}).status_code == 403
    )
    stranger = signed_in(worker("courier", loop.site).user)
    assert stranger.get(f"/actions/{row.number}/").status_code == 404
    said = {"done_on": "2026-03-05", "note": "x", "reference": "y"}
    assert stranger.post(f"/actions/{row.number}/tasks/1/done/", said).status_code == 404


def test_what_was_typed_comes_back_with_the_words_at_their_field(loop: Loop) -> None:
    row = loop.raised()
    leader = signed_in(loop.leader.user)
    page = f"/actions/{row.number}/"
    answer = leader.post(f"{page}contain/", {"text": " "})
    assert answer.status_code == 422
    assert "Fill this in" in answer.content.decode()
    answer = leader.post(f"{page}cause/", {"why1": "写下的原因", "cause": "people-training"})
    assert answer.status_code == 422
    assert "First write what was corrected" in answer.content.decode()


@pytest.mark.req("NCR-01")
def test_raising_by_hand_offers_the_known_one_and_refuses_the_future(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    said = {"title": "包装破损", "kind": "actual", "severity": "minor", "site": "HZ-01"}
    late = business_day(timezone.now()) + DAY
    answer = quality.post("/actions/new/", {**said, "found_on": late.isoformat()})
    assert answer.status_code == 422
    today = business_day(timezone.now())
    answer = quality.post("/actions/new/", {**said, "found_on": today.isoformat()})
    assert answer.status_code == 302
    assert quality.get("/actions/new/?source=parcel&ref=NONE").status_code == 404
    assert quality.get("/actions/new/?source=nonsense&ref=x").status_code == 404


def test_the_file_of_the_list_has_every_row_of_the_filter(loop: Loop) -> None:
    many(loop, 3)
    body = b"".join(signed_in(loop.quality).get("/actions/?format=csv").streaming_content)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(rows) == 1 + Nonconformity.objects.count()
    assert signed_in(loop.leader.user).get("/actions/?format=csv").status_code == 403


@pytest.mark.req("NCR-07")
def test_the_pack_proves_itself(at_step: Any, loop: Loop) -> None:
    row = at_step("approved")
    page = f"/actions/{row.number}/"
    picture = SimpleUploadedFile("现场.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    said = {"done_on": business_day(timezone.now()).isoformat(), "note": "已培训", "file": picture}
    assert signed_in(loop.courier.user).post(f"{page}tasks/1/done/", said).status_code == 302
    answer = signed_in(loop.quality).get(f"{page}pack/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        names = packed.namelist()
        hashes = dict(
            line.split("  ", 1)[::-1] for line in packed.read("SHA256SUMS").decode().splitlines()
        )
        assert set(hashes) == set(names) - {"SHA256SUMS"}
        for name, digest in hashes.items():
            assert hashlib.sha256(packed.read(name)).hexdigest() == digest
        summary = packed.read("summary.html").decode()
        history = packed.read("history.csv").decode("utf-8-sig").splitlines()
    assert any(name.startswith("evidence/") for name in names)
    assert row.title in summary
    assert len(history) == 1 + len(selectors.story(row))
    file = row.files.get()
    opened = signed_in(loop.quality).get(f"{page}files/{file.uid}/")
    assert opened["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(opened.content).hexdigest() == file.sha256


def test_every_step_draws_its_page(at_step: Any, loop: Loop) -> None:
    row = at_step("closed")
    quality = signed_in(loop.quality)
    for status in Status.values:
        closed = NOW if status == Status.CLOSED else None
        Nonconformity.objects.update(status=status, closed_at=closed)
        assert quality.get(f"/actions/{row.number}/").status_code == 200, status


def test_the_tree_of_causes_is_kept_by_quality_management(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    base = "/settings/nonconformity-causes/"
    said = {"parent": "machine", "code": "Belt stuck", "name": "皮带卡住", "name_en": "Belt stuck",
            "is_active": "on"}  # fmt: skip
    assert quality.post(f"{base}new/", said).status_code == 302
    assert Cause.objects.get(code="belt-stuck").parent.code == "machine"
    assert quality.post(f"{base}new/", said).status_code == 422
    assert (
        quality.post(f"{base}belt-stuck/merge/", {"into": "machine-breakdown"}).status_code == 302
    )
    assert "same as Equipment broke down" in quality.get(base).content.decode()
    assert signed_in(loop.leader.user).get(base).status_code == 200
    assert signed_in(loop.leader.user).get(f"{base}new/").status_code == 403


def test_a_number_of_days_late_is_in_the_board(loop: Loop) -> None:
    row = loop.raised()
    today = row.plan_due_on + timedelta(days=2)
    (card,) = selectors.cards_of([row], today=today)
    assert card.late == 2
