"""What the proposed checklists look at, and what a fault at one of their points leads to."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from courierqa.core.errors import DomainError
from courierqa.core.formats import moment
from quality.models import CheckFinding, ChecklistLine, Nonconformity
from quality.services import inspections, things
from shipments.models import ScanEvent, ViolationKind
from tests.factories import shipments as make
from tests.quality.conftest import DAY, NOW, Loop
from tests.quality.inspecting import graded, inspected, version, visit
from tests.quality.test_fleet import signed_in

pytestmark = pytest.mark.django_db
ROUGH = 5


def points(code: str) -> dict[str, ChecklistLine]:
    return {line.text_en: line for line in version(code).lines.all()}


@pytest.mark.req("VEH-04")
def test_the_look_of_a_vehicle_is_inspected_point_by_point_with_a_photo(loop: Loop) -> None:
    found = points("vehicles")
    chip = found["No chip of paint above 1 cm²"]
    assert (chip.method, chip.limit_en) == ("measure", "≤ 1 cm²")
    assert {
        "Paint without visible scratches", "Logo flat, no edge lifted", "Letters clear",
        "Inside clean and tidy",
    } <= set(found)  # fmt: skip

    bare = graded("vehicles", {chip.position: "minor"}, photos=0)
    with pytest.raises(DomainError) as refused:
        inspections.record_inspection(
            visit(loop, code="vehicles", points=bare), by=loop.leader.user, at=NOW
        )
    assert refused.value.code == "no_photo"
    inspected(loop, code="vehicles", grades={chip.position: "minor"})
    assert CheckFinding.objects.get().severity == "minor"


@pytest.mark.req("PRE-02")
def test_electrical_devices_and_lines_are_a_point_with_an_interval(loop: Loop) -> None:
    point = points("premises")["Electrical devices and lines sound, none hot"]
    assert (point.area, point.every, point.is_critical) == ("fire", "month", True)
    page = signed_in(loop.quality).get("/control-plan/").content.decode()
    row = page[page.index(str(point)) :]
    assert "Monthly" in row[: row.index("</tr>")]


@pytest.mark.req("PRE-04")
def test_the_order_of_an_office_is_judged_and_what_is_wrong_is_put_right(loop: Loop) -> None:
    row = inspected(loop, code="office", grades={2: "minor"})
    assert (row.conform, row.minor, row.is_failed) == (3, 1, False)
    found = CheckFinding.objects.get()
    page = signed_in(loop.quality).get("/inspections/findings/").content.decode()
    assert f"F-{found.pk}" in page


@pytest.mark.req("WHS-05")
def test_stacks_that_lean_fail_the_whole_inspection_of_a_warehouse(loop: Loop) -> None:
    firm = points("warehouse")["Stacks stand firm and straight"]
    assert points("warehouse")["Stacks not too high"].limit_en == "≤ 2 m"
    assert inspected(loop, code="warehouse", grades={firm.position: "major"}).is_failed


@pytest.mark.req("WHS-06")
def test_a_warehouse_is_checked_for_security_and_a_theft_is_an_incident(loop: Loop) -> None:
    locks = points("warehouse")["Doors and locks sound, alarm works"]
    assert (locks.area, locks.is_critical) == ("security", True)
    inspected(loop, code="warehouse", grades={locks.position: "major"})
    found = CheckFinding.objects.get()
    said = things.Happening("theft", "serious", "仓门被撬", NOW - timedelta(minutes=5))
    row = things.report_incident(
        uid=uuid4(), happening=said, site=loop.site, reporter=loop.courier,
        by=loop.courier.user, at=NOW,
    )  # fmt: skip

    assert loop.leader.user in {line.told for line in row.lines.all()}
    reader = signed_in(loop.quality)
    for source, ref in (("inspection", found.pk), ("safety", row.number)):
        form = {"source": source, "ref": ref, "title": "仓库防盗", "happening": "real",
                "severity": "major", "found_on": NOW.date(), "site": "HZ-01"}  # fmt: skip
        page = reader.get(f"/actions/new/?source={source}&ref={ref}")
        assert page.status_code == 200, form
    assert not Nonconformity.objects.exists()


@pytest.mark.req("LIF-17")
def test_rough_handling_is_a_point_and_what_was_seen_stands_on_the_record(loop: Loop) -> None:
    point = version().lines.get(position=ROUGH)
    assert (point.text_en, point.is_critical) == ("No parcel thrown or trodden on", True)
    inspected(loop, grades={ROUGH: "major"})
    parcel = make.order(origin=loop.site, destination=loop.site, at=NOW - DAY)
    inspections.finding_to_violation(
        CheckFinding.objects.get(), waybill=parcel.waybill, courier=loop.courier,
        kind=ViolationKind.objects.get(name_en="Parcel thrown or trodden on"),
        by=loop.leader.user, at=NOW,
    )  # fmt: skip

    reader = signed_in(loop.leader.user)
    record = f"/conduct/?courier={loop.courier.number}"
    assert record in reader.get(f"/staff/{loop.courier.number}/").content.decode()
    assert "Parcel thrown or trodden on</th>" in reader.get(record).content.decode()
    other = reader.get(f"/conduct/?courier={loop.leader.number}").content.decode()
    assert "Parcel thrown or trodden on</th>" not in other


@pytest.mark.req("NCR-06")
def test_from_a_late_parcel_back_to_every_step_with_person_and_time(loop: Loop) -> None:
    parcel = make.accept(
        make.order(origin=loop.site, destination=loop.site, at=NOW - 9 * DAY),
        NOW - 9 * DAY + timedelta(hours=1), person=loop.leader,
    )  # fmt: skip
    make.deliver(parcel, NOW, person=loop.courier)
    row = loop.raised(source="parcel", reference=parcel.waybill)
    reader = signed_in(loop.quality)
    result = reader.get(f"/actions/{row.number}/").content.decode()
    assert f"/parcels/{parcel.waybill}/" in result, "the result leads to the parcel"
    way = reader.get(f"/parcels/{parcel.waybill}/").content.decode()
    names = {one.pk: one.name for one in (loop.leader, loop.courier)}
    steps = list(ScanEvent.objects.filter(parcel_id=parcel.pk))
    assert {one.code for one in steps} >= {"PUP", "AST", "OFD", "DLV"}
    for one in steps:
        with translation.override("en"):
            assert moment(one.effective_at) in way
        assert names.get(one.person_id or 0, "") in way
