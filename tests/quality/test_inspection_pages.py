"""Pages and the phone's API of inspections: reach, forms, lists with constant questions."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from complaints.models import Case
from courierqa.core.access import access_for
from courierqa.core.calendars import business_day
from quality.inspection_enums import Area, Method
from quality.models import (
    CameraClip,
    CheckFinding,
    Checklist,
    ChecklistLine,
    ExternalEvaluation,
    Inspection,
    InspectionFile,
    Norm,
)
from quality.selectors.inspections import control, versions
from quality.services import inspections
from shipments.models import ParcelFacts
from tests.factories import shipments as make
from tests.factories.complaints import open_case
from tests.factories.kpi import parcel_row, save_parcels
from tests.factories.staff import SiteFactory
from tests.quality.conftest import DAY, NOW, Loop, worker
from tests.quality.inspecting import inspected, sent
from tests.quality.test_inspections import CHIP, FIRE_EXIT, _plan
from tests.quality.test_pages import queries, signed_in
from tests.shipments.test_courier_pages import PIXEL, out_for_delivery, told

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def post(client: Client, body: dict[str, Any]) -> Any:
    return client.post("/api/v1/inspections/", body, content_type="application/json")


def test_a_phone_sends_an_inspection_and_its_photo_twice_and_both_are_kept_once(loop: Loop) -> None:
    client = signed_in(loop.leader.user)
    work = client.get("/api/v1/inspections/waiting/").json()
    assert {one["code"] for one in work["lists"]} >= {"site-round", "channels"}
    assert [one["code"] for one in work["sites"]] == ["HZ-01"]

    body = sent(loop, grades={FIRE_EXIT: "major"})
    first, second = post(client, body), post(client, body)
    assert (first.status_code, first.json()["result"], first.json()["findings"]) == (
        201, "created", 1,
    )  # fmt: skip
    assert (second.status_code, second.json()["result"]) == (200, "duplicate")
    clash = post(client, {**body, "kind": "targeted"})
    assert (clash.status_code, clash.json()["code"]) == (409, "other_content")

    line = next(one["line"] for one in body["points"] if one["photos"])
    uid = str(uuid4())
    for _turn in range(2):
        form = {"id": uid, "inspection": body["id"], "line": line,
                "file": SimpleUploadedFile("p.png", PIXEL, "image/png")}  # fmt: skip
        answer = client.post("/api/v1/inspections/photos/", form)
        assert answer.status_code == 201
        assert answer.json()["received_sha256"] == hashlib.sha256(PIXEL).hexdigest()
    assert InspectionFile.objects.count() == 1


def test_what_a_phone_sends_wrong_is_named_and_foreign_sites_are_not_there(loop: Loop) -> None:
    client = signed_in(loop.leader.user)
    short = sent(loop)
    short["points"] = short["points"][1:]
    answer = post(client, short)
    assert (answer.status_code, answer.json()["code"]) == (422, "incomplete")
    for body in ({**sent(loop), "site": "HQ"}, {**sent(loop), "version": 9999}):
        assert post(client, body).status_code == 404
    assert post(client, {**sent(loop), "points": "x"}).status_code == 400
    assert post(signed_in(loop.courier.user), sent(loop)).status_code == 403
    assert not Inspection.objects.exists()


def test_lists_ask_the_same_number_of_questions_at_1_and_3(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    pages = ("/inspections/", "/inspections/findings/", "/inspections/due/", "/inspections/plans/")
    _plan(loop, starts_on=timezone.now().date(), every="month")
    inspected(loop, grades={CHIP: "minor"})
    few = [queries(quality, url) for url in pages]
    for turn in range(1, 3):
        inspected(loop, grades={CHIP: "minor"}, at=NOW + turn * DAY)
        _plan(loop, starts_on=timezone.now().date(), every="month")
    assert [queries(quality, url) for url in pages] == few


def test_lists_say_both_rates_apart_and_filter_by_address(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    inspected(loop, grades={CHIP: "minor"})
    inspected(loop, kind="targeted", grades={FIRE_EXIT: "major", CHIP: "minor"})
    text = quality.get("/inspections/").content.decode()
    assert "95.8" in text
    assert "91.7" in text
    only = quality.get("/inspections/?kind=targeted").content.decode()
    assert "91.7" in only
    assert "95.8" not in only
    file = quality.get("/inspections/?format=csv")
    assert file.headers["Content-Type"].startswith("text/csv")


def test_an_inspection_shows_its_points_and_is_corrected_with_trace(loop: Loop) -> None:
    row = inspected(loop, grades={FIRE_EXIT: "major"})
    quality = signed_in(loop.quality)
    page = f"/inspections/{row.uid}/"
    text = quality.get(page).content.decode()
    assert "a critical point failed" in text
    assert "1 photo has not arrived" in text
    url = f"{page}{FIRE_EXIT}/correct/"
    assert quality.post(url, {"grade": "major", "reason": "x"}).status_code == 422
    assert quality.post(url, {"grade": "na", "reason": "出口改建"}).status_code == 302
    assert "出口改建" in quality.get(page).content.decode()
    assert signed_in(worker("supervisor", loop.checker.site).user).get(page).status_code == 404


def test_a_finding_is_mended_and_verified_on_its_pages(loop: Loop) -> None:
    inspected(loop, grades={FIRE_EXIT: "major"})
    found = CheckFinding.objects.get()
    url = f"/inspections/findings/{found.pk}/"
    leader, quality = signed_in(loop.leader.user), signed_in(loop.quality)
    assert leader.post(f"{url}fix/", {"text": "已清理"}).status_code == 422
    file = SimpleUploadedFile("f.png", PIXEL, "image/png")
    assert leader.post(f"{url}fix/", {"text": "已清理", "file": file}).status_code == 302
    judged = {"verb": "judge", "is_mended": "yes"}
    shown = [one.get(url).content.decode() for one in (leader, quality)]
    assert ["It is mended" in text for text in shown] == [False, True]
    assert leader.post(url, judged).status_code in (403, 422)
    assert quality.post(url, judged).status_code == 302
    found.refresh_from_db()
    assert (found.status, found.verified_by) == ("verified", loop.quality)
    photo = found.graded.files.get()
    assert quality.get(f"/inspections/files/{photo.uid}/").status_code == 200


def test_a_plan_is_made_on_its_page_and_a_targeted_one_says_why(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    form = {
        "checklist": "premises", "site": "HZ-01", "kind": "targeted", "lead": loop.leader.number,
        "every": "month", "interval": "1", "starts_on": timezone.now().date().isoformat(),
    }  # fmt: skip
    assert quality.post("/inspections/plans/new/", form).status_code == 422
    answer = quality.post("/inspections/plans/new/", {**form, "reason": "连续投诉"})
    assert answer.status_code == 302
    assert "连续投诉" in quality.get(answer.headers["Location"]).content.decode()


@pytest.mark.req("INS-10")
def test_checklists_have_owner_and_versions_and_an_approved_one_never_changes(loop: Loop) -> None:
    row = Checklist.objects.get(code="vehicles")
    quality, manager = signed_in(loop.quality), signed_in(loop.manager)
    url = "/checklists/vehicles/"
    quality.post(url, {"verb": "own", "owner": loop.checker.number})
    quality.post(url, {"verb": "draft"})
    point = {
        "area": "vehicle", "text": "车门密封", "text_en": "Doors tight", "method": "inspection",
        "every": "week", "limit": "无缝隙", "limit_en": "no gap", "norm": "vehicle-look",
    }  # fmt: skip
    assert quality.post(f"{url}points/new/", point).status_code == 302
    asked = f"{url}compare/"
    assert quality.post(asked, {"verb": "submit"}).status_code == 302
    seen = versions.waiting(row.versions.get(number=3)).fingerprint
    yes = {"verb": "decide", "outcome": "yes", "seen": seen}
    assert quality.post(asked, yes).status_code == 422
    assert manager.post(asked, yes).status_code == 302

    row.refresh_from_db()
    states = dict(row.versions.values_list("number", "state"))
    assert (row.owner, states) == (loop.checker, {1: "replaced", 2: "replaced", 3: "approved"})
    first, second = (row.versions.get(number=n).lines.count() for n in (2, 3))
    assert (first, second) == (8, 9)
    kept = row.versions.get(number=3).lines.first()
    assert quality.get(f"{url}points/{kept.pk}/").status_code == 404


@pytest.mark.req("INS-04", "AUD-04")
def test_the_control_plan_lists_points_with_method_frequency_and_limit(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    text = quality.get("/control-plan/").content.decode()
    for words in ("No chip of paint above 1 cm²", "≤ 1 cm²", "Measuring", "Weekly"):
        assert words in text
    only = quality.get("/control-plan/?method=call").content.decode()
    assert "Hotline answers" in only
    assert "Extinguishers in date" not in only
    used = set(ChecklistLine.objects.values_list("method", flat=True))
    assert used >= {Method.INSPECTION, Method.VISIT, Method.DATA, Method.AUDIT, Method.CALL}


@pytest.mark.req("INS-05")
def test_rules_nobody_checks_are_listed_first(loop: Loop) -> None:
    Norm.objects.create(
        code="bare", name="无人检查的规定", name_en="Nobody checks this", position=99
    )
    inspected(loop)
    rows = {row.norm.code: row for row in control.norm_checks(today=NOW.date())}
    assert (rows["bare"].is_checked, rows["bare"].points) == (False, 0)
    assert rows["fire-safety"].is_checked
    assert not rows["drills"].is_checked
    later = {r.norm.code: r for r in control.norm_checks(today=NOW.date() + timedelta(days=91))}
    assert not later["fire-safety"].is_checked
    assert (
        "Nobody checks this" in signed_in(loop.quality).get("/control-plan/rules/").content.decode()
    )


@pytest.mark.req("INS-09")
def test_there_is_a_check_for_every_input_of_the_process() -> None:
    have = set(
        ChecklistLine.objects.filter(version__state="approved").values_list("area", flat=True)
    )
    assert have >= {Area.SKILLS, Area.METHODS, Area.TERMINALS, Area.IT, Area.METERS, Area.VEHICLE}


@pytest.mark.req("CMP-24")
def test_channels_are_tried_by_plan_and_a_dead_one_is_a_finding(loop: Loop) -> None:
    plan = _plan(loop, checklist=Checklist.objects.get(code="channels"))
    day = plan.days.get(planned_day=NOW.date())
    inspected(loop, code="channels", planned=day, grades={1: "major"})
    day.refresh_from_db()
    found = CheckFinding.objects.get()
    assert (day.done_at, found.graded.line.method, found.graded.inspection.is_failed) == (
        NOW, "call", True,
    )  # fmt: skip


@pytest.mark.req("INS-06")
def test_an_outside_evaluation_is_kept_with_its_report(loop: Loop) -> None:
    manager = signed_in(loop.manager)
    form = {"kind": "agency", "body": "质量协会", "subject": "服务满意度", "on": "2026-03-01",
            "result": "85.2 分"}  # fmt: skip
    assert manager.post("/evaluations/new/", form).status_code == 422
    file = SimpleUploadedFile("report.pdf", PDF, "application/pdf")
    assert manager.post("/evaluations/new/", {**form, "file": file}).status_code == 302
    row = ExternalEvaluation.objects.get()
    assert "质量协会" in manager.get("/evaluations/").content.decode()
    assert manager.get(f"/evaluations/{row.uid}/").content == PDF


@pytest.mark.req("INS-07")
def test_an_evaluation_plan_has_time_nodes_with_results(loop: Loop) -> None:
    manager = signed_in(loop.manager)
    form = {
        "year": "2026",
        "name": "年度服务质量评估",
        "scope": "全网",
        "owner": loop.checker.number,
    }
    url = manager.post("/evaluations/plans/new/", form).headers["Location"]
    for name, due in (("数据收集", "2026-01-31"), ("报告", "2036-12-20")):
        assert manager.post(url, {"verb": "add", "name": name, "due_on": due}).status_code == 302
    assert "Overdue" in manager.get("/evaluations/plans/").content.decode()
    node = f"/evaluations/nodes/{_first_node()}/"
    answer = manager.post(node, {"done_on": "2026-02-02", "result": "完成 12 个站点"})
    assert answer.status_code == 302
    assert "完成 12 个站点" in manager.get(url).content.decode()
    assert "Overdue" not in manager.get("/evaluations/plans/").content.decode()


def _first_node() -> int:
    from quality.models import Milestone

    return Milestone.objects.earliest("due_on").pk


@pytest.mark.req("INS-15")
def test_a_process_review_is_kept_with_outcome_and_comes_again(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    form = {"process": "delivery", "on": "2026-03-01", "outcome": "adjust", "text": "增加预约步骤",
            "next_on": "2026-03-01"}  # fmt: skip
    assert quality.post("/process-reviews/new/", form).status_code == 422
    form["next_on"] = "2026-06-01"
    assert quality.post("/process-reviews/new/", form).status_code == 302
    text = quality.get("/process-reviews/").content.decode()
    assert "增加预约步骤" in text
    assert "To be adjusted" in text


def test_a_clip_of_a_camera_is_noted_for_a_case(loop: Loop) -> None:
    leader = signed_in(loop.leader.user)
    form = {
        "site": "HZ-01", "camera": "3 号口", "from_at": "2026-03-01T08:00",
        "to_at": "2026-03-01T08:05", "about": "C-2026-000017", "kept_at": "NVR-2/0301",
        "keep_until": "2026-06-01",
    }  # fmt: skip
    wrong = leader.post("/camera-clips/new/", {**form, "to_at": "2026-03-01T07:00"})
    assert wrong.status_code == 422
    assert leader.post("/camera-clips/new/", form).status_code == 302
    assert CameraClip.objects.get().about == "C-2026-000017"
    assert "NVR-2/0301" in leader.get("/camera-clips/?about=C-2026-000017").content.decode()


@pytest.mark.req("INS-13")
def test_the_page_of_a_complaint_lists_the_clips_that_name_it(loop: Loop) -> None:
    number, away, hour = "C-2026-000017", SiteFactory(code="HZ-09"), timedelta(hours=1)
    noted: Any = {"by": loop.quality, "at": NOW, "from_at": NOW - 2 * hour, "to_at": NOW - hour}
    for site, about, kept in (
        (loop.site, number, "NVR-1"), (loop.site, number.lower(), "NVR-2"),
        (away, number, "NVR-9"), (loop.site, "C-2026-000018", "NVR-7"),
    ):  # fmt: skip
        inspections.keep_clip(
            site=site, camera="3 号口", about=about, kept_at=kept, keep_until=date(2026, 2, 1),
            **noted,
        )  # fmt: skip
    address = f"/camera-clips/of/{number}/"

    def seen(user: Any) -> set[str]:
        text = signed_in(user).get(address).content.decode()
        return {kept for kept in ("NVR-1", "NVR-2", "NVR-7", "NVR-9") if kept in text}

    assert seen(loop.quality) == {"NVR-1", "NVR-2", "NVR-9"}
    assert seen(loop.leader.user) == {"NVR-1", "NVR-2"}
    assert signed_in(loop.manager).get(address).status_code == 403
    page = signed_in(loop.quality).get(address).content.decode()
    assert f"/camera-clips/new/?about={number}" in page
    assert "badge-warn" in page
    case = open_case(by=loop.quality)
    slot = f'hx-get="/camera-clips/of/{case.number}/"'
    for user, led in ((loop.quality, True), (loop.manager, False)):
        assert (slot in signed_in(user).get(f"/complaints/{case.number}/").content.decode()) == led


def test_run_of_today_and_ranking_open_with_nobody_on_the_road(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    assert "Nobody has taken parcels out today" in quality.get("/live-run/").content.decode()
    assert "No attempt in 30 days" in quality.get("/live-run/ranking/").content.decode()
    assert not Case.objects.exists()


@pytest.mark.req("INS-08")
def test_the_run_of_today_counts_attempts_failures_and_complaints(cast: Any) -> None:
    parcel = out_for_delivery(cast)
    other = make.order(
        origin=cast.neighbour, destination=cast.station, at=timezone.now() - timedelta(days=1)
    )
    told(other, cast, "RNV", "INS", "PUP", "AST", "OFD", "ATT")
    ParcelFacts.objects.filter(pk=parcel.pk).update(courier_id=cast.courier.employee.pk)
    # When the scans of `told` happened: three hours ago.
    at = timezone.now() - timedelta(hours=3) + timedelta(minutes=5)
    case = open_case(at=at)
    Case.objects.filter(pk=case.pk).update(parcel=parcel, received_at=at)
    access = access_for(cast.quality, "live_run", "read")
    assert access is not None

    (row,) = control.live_run(access, today=business_day(at))

    assert (row.line.courier, row.line.loaded, row.attempts, row.line.failed, row.complaints) == (
        cast.courier.employee, 2, 1, 1, 1,
    )  # fmt: skip
    assert signed_in(cast.supervisor).get("/live-run/").status_code == 200


@pytest.mark.req("INS-14")
def test_the_ranking_goes_by_the_careful_end_and_gives_few_attempts_no_place(loop: Loop) -> None:
    """30 of 30 is 88.6 % at its careful end, 58 of 60 is 88.6 %, too: 58 of 60 is 88.64, 30 of 30
    is 88.65; 24 of 30 is 62.7 %; 5 of 5 gets no place."""
    couriers = [worker("courier", loop.site) for _number in range(4)]
    for person, hits, total in zip(couriers, (30, 58, 24, 5), (30, 60, 30, 5), strict=True):
        save_parcels(*(
            parcel_row(courier_id=person.pk, site_id=loop.site.pk, attempt_at=NOW,
                       attempt_done=number < hits)
            for number in range(total)
        ))  # fmt: skip
    access = access_for(loop.quality, "live_run", "read")
    assert access is not None

    rows = control.ranking(access, today=NOW.date(), now=NOW + DAY)

    assert [(r.person, r.hits, r.total, r.place) for r in rows] == [
        (couriers[0], 30, 30, 1), (couriers[1], 58, 60, 2), (couriers[2], 24, 30, 3),
        (couriers[3], 5, 5, None),
    ]  # fmt: skip
    assert [round(r.low, 3) for r in rows[:3]] == [0.886, 0.886, 0.627]
