"""What did not fit: bare deliveries, late clocks, unknown reasons; decided by people, as events."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courierqa.core.errors import DomainError, IllegalTransition
from courierqa.core.history import changes_of
from shipments import services
from shipments.models import Finding, Reason, ScanEvent
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
AT = make.MONDAY + 5 * HOUR


@pytest.fixture
def parcel(cast):
    return make.accept(make.order(origin=cast.station, destination=cast.neighbour))


def finding(parcel, code: str) -> Finding:
    return parcel.findings.get(code=code)


def bare(parcel, **fields):
    make.tell(make.scan(parcel, "DLV", AT, site_id=parcel.destination_id, **fields))
    parcel.refresh_from_db()
    return finding(parcel, "bare_delivery")


def test_a_bare_delivery_keeps_the_state_and_is_confirmed_by_a_correction(parcel, cast):
    found = bare(parcel)
    assert (parcel.state, parcel.done_at) == ("accepted", None)

    services.confirm_finding(
        finding=found, note="当面交给收件人", way="recipient", at=AT + HOUR, actor=cast.quality
    )

    parcel.refresh_from_db()
    found.refresh_from_db()
    assert (parcel.state, parcel.done_at) == ("delivered", AT)
    assert (found.decision, found.closed_at) == ("confirmed", AT + HOUR)
    word = ScanEvent.objects.get(code="COR")
    assert (word.corrects, word.detail["set"]["detail"]["way"]) == (found.event_uid, "recipient")
    assert [c.verb for c in changes_of(found)] == ["confirm"]


def test_a_dismissed_delivery_becomes_a_void_and_stays_decided(parcel, cast):
    found = bare(parcel)

    services.dismiss_finding(finding=found, note="误扫", at=AT + HOUR, actor=cast.quality)
    services.refold([parcel.pk], now=AT + 2 * HOUR)

    found.refresh_from_db()
    assert found.decision == "dismissed"
    assert ScanEvent.objects.get(code="VOI").corrects == found.event_uid
    with pytest.raises(IllegalTransition):
        services.note_finding(finding=found, note="again", at=AT, actor=cast.quality)


def test_a_noted_finding_stays_closed_when_the_parcel_is_folded_anew(parcel, cast):
    found = bare(parcel)

    services.note_finding(finding=found, note="已知", at=AT + HOUR, actor=cast.quality)
    services.refold([parcel.pk], now=AT + 2 * HOUR)
    found.refresh_from_db()
    assert found.decision == "noted"

    services.reopen_finding(finding=found, note="还要看", at=AT + 3 * HOUR, actor=cast.quality)
    found.refresh_from_db()
    assert (found.decision, found.closed_at) == ("", None)


def test_a_finding_heals_by_a_later_scan_and_opens_again_without_it(parcel, cast):
    make.tell(make.scan(parcel, "ARR", AT, site_id=cast.hub.pk))
    make.tell(make.scan(parcel, "AST", AT + 4 * HOUR, site_id=cast.neighbour.pk),
              make.scan(parcel, "ARR", AT + 5 * HOUR, site_id=cast.hub.pk))  # fmt: skip
    gap = finding(parcel, "gap")
    between = make.scan(parcel, "DEP", AT + 4 * HOUR + HOUR / 2, site_id=cast.neighbour.pk)

    make.tell(between)
    gap.refresh_from_db()
    assert gap.decision == "healed"

    event = ScanEvent.objects.get(uid=between.uid)
    services.void_scan(event=event, why="误扫", at=AT + 6 * HOUR, actor=cast.quality)
    gap.refresh_from_db()
    assert (gap.decision, gap.closed_at) == ("", None)


def test_whoever_scanned_it_does_not_decide_about_it(parcel, cast):
    found = bare(parcel, person_id=cast.supervisor.employee.pk)

    with pytest.raises(DomainError) as refused:
        services.confirm_finding(
            finding=found, note="是我", way="recipient", at=AT, actor=cast.supervisor
        )
    assert refused.value.code == "own"


def test_a_day_late_scan_takes_the_device_time_only_when_somebody_approves(parcel, cast):
    scan = make.scan(parcel, "AST", AT, site_id=parcel.destination_id)
    services.record_scans([scan], source="courier", recorded_at=AT + 25 * HOUR)
    parcel.refresh_from_db()
    assert parcel.last_event_at == AT + 25 * HOUR

    late = finding(parcel, "late_upload")
    services.confirm_finding(finding=late, note="手机离线", at=AT + 26 * HOUR, actor=cast.quality)

    parcel.refresh_from_db()
    assert parcel.last_event_at == AT


def test_a_second_delivery_is_decided_by_voiding_one_of_the_two(parcel, cast):
    ones = [make.courier(cast.neighbour) for _n in range(2)]
    make.deliver(parcel, AT, person=ones[0])
    make.tell(make.scan(parcel, "DLV", AT + HOUR, site_id=parcel.destination_id,
                        person_id=ones[1].pk, detail={"way": "recipient"}))  # fmt: skip

    found = finding(parcel, "second_delivery")
    services.confirm_finding(finding=found, note="第二次为真", at=AT + HOUR, actor=cast.quality)

    parcel.refresh_from_db()
    assert parcel.done_at == AT + HOUR


def test_an_unknown_reason_is_shown_as_unmapped_and_put_right(parcel, cast, as_role):
    make.tell(make.scan(parcel, "ATT", AT, reason="GATE-7", detail={"call": {"seconds": 4}}))
    found = finding(parcel, "unknown_reason")
    page = as_role("quality").get(f"/parcels/{parcel.waybill}/").content.decode()
    assert "未映射的原因 GATE-7" in page

    services.confirm_finding(
        finding=found, note="门禁", reason=Reason.objects.get(code="no-access"), at=AT + HOUR,
        actor=cast.quality,
    )  # fmt: skip

    page = as_role("quality").get(f"/parcels/{parcel.waybill}/").content.decode()
    assert "未映射的原因" not in page
    assert "无法进入" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_questions_for_one_and_for_three(as_role, cast, rows):
    for _n in range(rows):
        bare(make.accept(make.order(origin=cast.station, destination=cast.neighbour)))
    client = as_role("quality")
    client.get("/findings/")

    from django.db import connection

    with CaptureQueriesContext(connection) as asked:
        response = client.get("/findings/")

    assert len(response.context["rows"]) == rows
    assert len(asked) == 11


def test_a_supervisor_sees_and_decides_only_findings_of_the_own_site(as_role, cast, parcel):
    foreign = bare(parcel)
    own = bare(make.accept(make.order(origin=cast.neighbour, destination=cast.station)))
    client = as_role("supervisor")

    assert [r.finding for r in client.get("/findings/").context["rows"]] == [own]
    assert client.get(f"/findings/{foreign.pk}/").status_code == 404
    said = {"verb": "confirm", "note": "当面交付"}
    assert client.post(f"/findings/{own.pk}/", said).status_code == 422
    assert client.post(f"/findings/{own.pk}/", {**said, "way": "recipient"}).status_code == 302
    own.refresh_from_db()
    assert own.decision == "confirmed"


def test_filters_and_export_agree_and_an_auditor_only_reads(as_role, cast, parcel):
    found = bare(parcel)
    client = as_role("auditor")

    assert len(client.get("/findings/?kind=anomaly&q=" + parcel.waybill).context["rows"]) == 1
    assert len(client.get("/findings/?kind=clock").context["rows"]) == 0
    assert len(client.get("/findings/?state=closed").context["rows"]) == 0
    assert len(client.get("/findings/?site=HZ-02").context["rows"]) == 1
    lines = b"".join(client.get("/findings/findings.csv").streaming_content).decode()
    assert parcel.waybill in lines
    assert lines.count("\r\n") == 2
    assert client.post(f"/findings/{found.pk}/", {"verb": "note"}).status_code == 403


@pytest.mark.req("PUB-06")
def test_scan_quality_counts_late_missing_tapped_and_blind_scans(as_role, cast):
    now = timezone.now()
    one = cast.courier.employee.pk
    parcels = [make.accept(make.order(), now - 9 * HOUR) for _n in range(2)]
    where = {"site_id": cast.station.pk, "person_id": one, "detail": {"way": "recipient"}}
    scans = [
        make.scan(parcels[0], "DLV", now - 3 * HOUR, latitude=30.2, longitude=120.1,
                  is_mock=True, **where),
        make.scan(parcels[1], "DLV", now - 3 * HOUR + timedelta(seconds=20), **where),
    ]  # fmt: skip
    services.record_scans(scans, source="courier", recorded_at=now)
    client = as_role("quality")

    row = next(r for r in client.get("/scan-quality/").context["rows"] if r.place == cast.station)
    assert (row.n, row.late, row.over_day, row.doors) == (8, 2, 0, 4)
    assert (row.no_position, row.tapped, row.mock) == (3, 1, 1)
    assert row.missing >= 2
    mine = client.get("/scan-quality/?site=HZ-01").context["rows"]
    assert [(r.person and r.person.pk, r.n) for r in mine] == [(None, 6), (one, 2)]
    # What was recorded is on display at once: the way from the device is the whole delay.
    page = client.get(f"/parcels/{parcels[0].waybill}/")
    assert any(e.line and e.line.code == "DLV" for e in page.context["entries"])
