"""Equipment with guards, meters, gear, licences with terms, the board of what ends, destruction."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality.models import Destruction, EquipmentCheck, GearIssue, LicenceTerm
from quality.selectors.things import expiry
from quality.services import things
from shipments.models import Calibration
from shipments.services import keep_instrument, usable_instruments
from tests.factories import things as thing
from tests.quality.conftest import DAY, NOW, Loop
from tests.quality.test_fleet import signed_in

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


class All:
    """The reach of somebody who sees everything."""

    is_all = True
    sites = frozenset()

    def rows(self, **_columns: Any) -> Any:
        from django.db.models import Q

        return Q()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


@pytest.mark.req("VEH-07")
def test_a_machine_names_its_rules_and_stops_without_a_guard(loop: Loop) -> None:
    with pytest.raises(DomainError) as refused:
        thing.equipment(loop.site, by=loop.manager, at=NOW, sop="")
    assert refused.value.field == "sop"
    row = thing.equipment(loop.site, by=loop.manager, at=NOW)
    look = {"on": TODAY, "result": "good", "valid_until": None, "by": loop.manager, "at": NOW}
    with pytest.raises(DomainError) as refused:
        things.check_equipment(row, guards_in_place=None, note="", **look)
    assert refused.value.field == "guards_in_place"
    things.check_equipment(row, guards_in_place=False, note="护罩缺失", **look)
    row.refresh_from_db()
    assert row.status == "stopped"
    assert EquipmentCheck.objects.get().result == "bad"
    page = signed_in(loop.manager).get("/equipment/of/SM-1/").content.decode()
    assert "a guard is missing" in page
    assert "SOP-12" in page
    assert "/actions/of/equipment/SM-1/" in page


@pytest.mark.req("VEH-08")
def test_an_instrument_out_of_date_cannot_be_chosen_and_its_old_spans_stay(loop: Loop) -> None:
    facts = {
        "code": "HZ-S1", "name": "电子秤", "kind": "scale", "site": loop.site,
        "calibrated_on": TODAY - 400 * DAY, "valid_until": TODAY - DAY, "certificate": "",
    }  # fmt: skip
    row = keep_instrument(fields=facts, pk=None, at=NOW, actor=None)
    assert list(usable_instruments([loop.site.pk], TODAY)) == []
    facts |= {"calibrated_on": TODAY, "valid_until": TODAY + 365 * DAY}
    keep_instrument(fields=facts, pk=row.pk, at=NOW, actor=None)
    assert list(usable_instruments([loop.site.pk], TODAY)) == [row]
    assert [one.valid_until for one in Calibration.objects.all()] == [
        TODAY + 365 * DAY, TODAY - DAY,
    ]  # fmt: skip
    assert signed_in(loop.quality).get("/instruments/out-of-date/").status_code == 200


@pytest.mark.req("VEH-09")
def test_gear_is_written_down_with_its_person(loop: Loop) -> None:
    leader = signed_in(loop.leader.user)
    day = business_day(timezone.now())
    sent = {"employee": loop.courier.number, "kind": "raincoat", "pieces": "1",
            "issued_on": day.isoformat(), "replace_on": ""}  # fmt: skip
    assert leader.post("/gear/new/", sent).status_code == 302
    row = GearIssue.objects.get()
    assert (row.employee, row.kind) == (loop.courier, "raincoat")
    assert (
        leader.post(f"/gear/{row.pk}/", {"verb": "back", "on": day.isoformat()}).status_code == 302
    )
    assert GearIssue.objects.get().returned_on == day


@pytest.mark.req("LIC-01")
def test_a_licence_keeps_its_terms_and_papers(loop: Loop, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    row = thing.licence(by=loop.quality, at=NOW, expires_on=TODAY + 20 * DAY)
    things.apply_renewal(row, on=TODAY, by=loop.quality, at=NOW)
    row.refresh_from_db()
    assert row.applied_on == TODAY
    term = things.LicenceTermInput("L-2", TODAY, TODAY + 900 * DAY, picture(), "执照.png")
    things.renew_licence(row, term=term, by=loop.quality, at=NOW)
    row.refresh_from_db()
    assert (row.number, row.applied_on) == ("L-2", None)
    assert LicenceTerm.objects.count() == 2
    quality = signed_in(loop.quality)
    page = quality.get(f"/licences/{row.pk}/").content.decode()
    assert "L-1" in page
    uid = row.terms.first().uid
    assert quality.get(f"/licences/files/{uid}/").content[:2] == b"\xff\xd8"
    assert signed_in(loop.courier.user).get(f"/licences/{row.pk}/").status_code == 403
    back = things.LicenceTermInput("L-3", TODAY, TODAY + 30 * DAY)
    with pytest.raises(DomainError) as refused:
        things.renew_licence(row, term=back, by=loop.quality, at=NOW)
    assert refused.value.field == "expires_on"


@pytest.mark.req("LIC-02")
def test_the_board_bands_everything_that_ends(loop: Loop) -> None:
    for left in (-1, 0, 30, 31, 60, 61, 90, 91):
        thing.licence(by=loop.quality, at=NOW, expires_on=TODAY + left * DAY)
    thing.equipment(loop.site, by=loop.manager, at=NOW, valid_until=TODAY + 45 * DAY)
    things.issue_gear(employee=loop.courier, kind="helmet", pieces=1, issued_on=TODAY - 9 * DAY,
                      replace_on=TODAY + 5 * DAY, by=loop.manager, at=NOW)  # fmt: skip
    counted = [(0, 1), (30, 3), (60, 3), (90, 2)]
    assert [one[::2] for one in expiry.counted(All(), today=TODAY)] == counted
    for band, n in counted:
        bands = [one.band(TODAY) for one in expiry.endings(All(), today=TODAY, band=band)]
        assert bands == [band] * n
    rows = expiry.endings(All(), today=TODAY)
    assert [one.left(TODAY) for one in rows][:3] == [-1, 0, 5]


def test_what_is_not_listed_is_counted_all_the_same(loop: Loop) -> None:
    for left in (-2, -1, 40):
        thing.licence(by=loop.quality, at=NOW, expires_on=TODAY + left * DAY)
    assert len(expiry.endings(All(), today=TODAY, most=1)) == 1
    assert len(expiry.endings(All(), today=TODAY, band=60, most=1)) == 1
    assert [n for _band, _words, n in expiry.counted(All(), today=TODAY)] == [2, 0, 1, 0]


def test_the_board_asks_the_same_number_of_questions_for_1_and_3(loop: Loop) -> None:
    quality, day = signed_in(loop.quality), business_day(timezone.now())
    seen = []
    for _turn in range(2):
        for left in (5, 50):
            thing.licence(by=loop.quality, at=NOW, expires_on=day + left * DAY)
        quality.get("/expiry/")
        with CaptureQueriesContext(connection) as asked:
            assert quality.get("/expiry/").status_code == 200
        seen.append(len(asked))
    assert seen[0] == seen[1]
    body = quality.get("/expiry/?band=30&format=csv")
    assert b"".join(body.streaming_content).count(b"\r\n") == 3


def test_a_leader_sees_what_ends_at_the_own_site_only(loop: Loop) -> None:
    day = business_day(timezone.now())
    thing.licence(by=loop.quality, at=NOW, expires_on=day + 9 * DAY, name="公司执照")
    thing.licence(by=loop.quality, at=NOW, expires_on=day + 9 * DAY, name="网点备案", kind="branch",
                  site=loop.site)  # fmt: skip
    page = signed_in(loop.leader.user).get("/expiry/").content.decode()
    assert "网点备案" in page
    assert "公司执照" not in page


def test_records_are_destroyed_after_their_term_before_a_witness(loop: Loop) -> None:
    said = {
        "data_kind": "纸质面单", "site": loop.site, "records_until": TODAY - 400 * DAY,
        "term_ended_on": TODAY - 30 * DAY, "way": "shredded", "count": 120, "note": "",
        "witness": loop.leader, "by": loop.quality, "at": NOW,
    }  # fmt: skip
    with pytest.raises(DomainError) as refused:
        things.destroy_records(destroyed_on=TODAY - 31 * DAY, **said)
    assert refused.value.code == "too_early"
    with pytest.raises(DomainError) as refused:
        things.destroy_records(destroyed_on=TODAY, **said | {"by": loop.leader.user})
    assert refused.value.code == "four_eyes"
    things.destroy_records(destroyed_on=TODAY, **said)
    assert Destruction.objects.get().count == 120
    assert "120" in signed_in(loop.quality).get("/destroyed/").content.decode()


LISTS = ("/vehicles/", "/equipment/", "/licences/", "/gear/", "/maintenance/?view=due",
         "/hazards/", "/incidents/", "/drills/", "/road-tickets/")  # fmt: skip


def filled(loop: Loop, number: int) -> None:
    """Add one row to every list."""
    car = thing.vehicle(loop.site, at=NOW, plate=f"浙AK{number:04}")
    thing.equipment(loop.site, by=loop.manager, at=NOW, code=f"SM-{number}")
    thing.licence(by=loop.quality, at=NOW, expires_on=None)
    soon = business_day(timezone.now()) + timedelta(days=9)
    things.issue_gear(employee=loop.courier, kind="gloves", pieces=1, issued_on=TODAY,
                      replace_on=None, by=loop.manager, at=NOW)  # fmt: skip
    things.plan_maintenance(thing=car, what="保养", every="month", interval=1, anchor=soon,
                            every_km=None, by=loop.manager, at=timezone.now())  # fmt: skip
    things.register_hazard(site=loop.site, level="general", what="通道堵塞", place="",
                           owner=loop.leader, due_on=TODAY, by=loop.quality, at=NOW)  # fmt: skip
    things.open_ticket(vehicle=car, kind="look", driver=loop.courier, what="划痕", place="",
                       called_at=NOW, by=loop.manager, at=NOW)  # fmt: skip


def test_lists_ask_the_same_number_of_questions_for_1_and_3(loop: Loop) -> None:
    manager: Client = signed_in(loop.manager)

    def counts() -> list[int]:
        found = []
        for url in LISTS:
            manager.get(url)
            with CaptureQueriesContext(connection) as asked:
                assert manager.get(url).status_code == 200
            found.append(len(asked))
        return found

    filled(loop, 1)
    few = counts()
    filled(loop, 2)
    filled(loop, 3)
    assert counts() == few
