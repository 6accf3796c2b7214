"""The file of every place, and safety in one place."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone, translation

from courierqa.core.calendars import business_day
from courierqa.core.formats import share
from tests.factories import things as thing
from tests.factories.staff import SiteFactory
from tests.quality.conftest import DAY, NOW, Loop
from tests.quality.inspecting import inspected
from tests.quality.shelf import Shelf
from tests.quality.test_fleet import signed_in
from tests.quality.test_pages import queries
from tests.quality.test_points import version
from tests.quality.test_safety import hazard, reported

pytestmark = pytest.mark.django_db


def row_of(page: str, site: Any) -> str:
    return page[page.index(f"?site={site.code}") :].partition("</tr>")[0]


@pytest.mark.req("PRE-03")
def test_every_place_has_a_file_with_the_score_of_its_last_look(loop: Loop) -> None:
    today = business_day(timezone.now())
    inspected(loop, code="premises", at=NOW - DAY)
    last = inspected(loop, code="premises", grades={1: "minor", 2: "minor"})
    thing.licence(by=loop.quality, at=NOW, expires_on=today + 400 * DAY,
                  name="末端备案", kind="branch", site=loop.site)  # fmt: skip
    reader = signed_in(loop.manager)
    row = row_of(reader.get("/premises/").content.decode(), loop.site)
    assert last.checked == version("premises").lines.count()
    with translation.override("en"):
        assert share(last.conform / last.checked) in row
    assert f"/inspections/{last.uid}/" in row
    other = SiteFactory(code="HZ-09")
    assert "never" in row_of(reader.get("/premises/").content.decode(), other)
    assert "HZ-09" not in signed_in(loop.leader.user).get("/premises/").content.decode()
    assert reader.get("/premises/?format=csv").status_code == 200


def test_the_files_ask_the_same_number_of_questions_for_3_and_6_places(loop: Loop) -> None:
    reader = signed_in(loop.manager)
    seen = []
    for turn in range(2):
        for n in range(2):
            SiteFactory(code=f"NB-{turn}{n}")
        seen.append(queries(reader, "/premises/"))
    assert seen[0] == seen[1]


@pytest.mark.req("SAF-01")
def test_safety_documents_duties_checks_and_incidents_stand_on_one_page(loop: Loop) -> None:
    rule = Shelf(loop).in_force("QI-09", category="safety", must_be_read=False)
    danger = hazard(loop)
    row = reported(loop, "slight", at=timezone.now())
    page = signed_in(loop.leader.user).get("/safety/").content.decode()
    for words in (rule.number, danger.number, row.number, "/legal/duties/", "Checks that are due",
                  "Drills"):  # fmt: skip
        assert words in page
    assert f"{rule.number} {rule.number}" not in page
    assert signed_in(loop.quality).get("/safety/?site=NO-WHERE").status_code == 404
    foreign = SiteFactory(code="HZ-09")
    assert signed_in(loop.leader.user).get(f"/safety/?site={foreign.code}").status_code == 404
    assert danger.number not in (
        signed_in(loop.quality).get(f"/safety/?site={foreign.code}").content.decode()
    )
    assert signed_in(loop.courier.user).get("/safety/").status_code == 403


@pytest.mark.req("INS-13")
def test_the_file_of_a_place_names_the_cameras_that_cover_it(loop: Loop) -> None:
    camera = thing.equipment(loop.site, by=loop.manager, at=NOW, code="HZ01-C2", kind="camera",
                             name="2 号摄像头，覆盖操作台与通道", sop="")  # fmt: skip
    reader = signed_in(loop.quality)
    assert str(camera) in reader.get("/safety/?site=HZ-01").content.decode()
    form = {
        "site": "HZ-01", "camera": str(camera), "from_at": "2026-03-01T09:00",
        "to_at": "2026-03-01T09:10", "kept_at": "NVR-2 0117", "keep_until": "2026-09-01",
        "about": "F-1", "note": "",
    }  # fmt: skip
    assert reader.post("/camera-clips/new/", form).status_code == 302
    assert str(camera) in reader.get("/camera-clips/").content.decode()
