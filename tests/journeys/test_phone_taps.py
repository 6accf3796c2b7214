"""Taps and steps of the phone against the table of timed tasks (ux.md §6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shipments import enums, services
from shipments.models import Acceptance, Instrument, Parcel, ScanEvent
from tests.journeys.phones import Thumb, trigger
from tests.shipments.test_courier_pages import (
    PHOTO,
    codes_of,
    list_loaded,
    out_for_delivery,
    phone,
    settled,
    sign,
    to_pick_up,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
PICKUP, DELIVERY, LOCKER, FAILED = 14, 4, 5, 6


def reasons(page: Any, code: str, **needs: bool) -> dict[str, Any]:
    """Return the first reason of a code in the phone's own list that needs what is asked."""
    rows = page.evaluate("async () => (await courier.store.round()).reasons")
    wanted = [
        r for r in rows if r["scan_code"] == code and all(r[k] == v for k, v in needs.items())
    ]
    return wanted[0]


def deed(parcel: Parcel, code: str) -> ScanEvent:
    return ScanEvent.objects.get(waybill=parcel.waybill, code=code)


def finished(page: Any, thumb: Thumb) -> None:
    thumb.tap("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)


@pytest.mark.req("LIF-03", "DEL-07", "DEL-08")
def test_delivery_to_the_recipient(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    thumb = Thumb(page)

    thumb.tap(".stop-link")
    thumb.tap('.way[value="recipient"]')
    sign(page, "recipient")
    assert page.is_disabled("#finish")  # the recipient has not checked it yet
    thumb.tap('[data-pick="condition"][value="good"]')
    finished(page, thumb)

    assert thumb.taps <= DELIVERY
    said = deed(parcel, "DLV").detail
    assert (said["checked"], said["condition"], said["invited"]) == (True, "good", True)


@pytest.mark.req("DEL-12")
def test_locker_with_existing_consent_and_none_without(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.goto(f"{live_server.url}/m/deliver/{parcel.waybill}/")
    page.click('.way[value="place"]')
    for place in ("locker", "station", "safe_place"):
        page.click(f'[data-pick="place"][value="{place}"]')
        assert page.is_visible('[data-consent="no"]')
        assert page.is_hidden("[data-after-consent]")
        assert page.is_disabled("#finish")
    # Not even a script on the page finishes it.
    page.evaluate("document.querySelector('#finish').disabled = false")
    page.click("#finish")
    assert page.evaluate("async () => (await courier.store.queue()).length") == 0

    services.record_consent(
        parcel=parcel, kind="locker", given=True, way="call",
        at=datetime.now(UTC), recorded_at=datetime.now(UTC),
    )  # fmt: skip
    list_loaded(page, live_server)
    page.evaluate("courier.send.fetchRound()")
    thumb = Thumb(page)
    thumb.tap(".stop-link")
    thumb.tap('.way[value="place"]')
    thumb.tap('[data-pick="place"][value="locker"]')
    page.set_input_files("#place-photo", PHOTO)
    thumb.taps += 1
    page.wait_for_selector("#finish:not([disabled])")
    finished(page, thumb)

    assert thumb.taps <= LOCKER
    parcel.refresh_from_db()
    assert parcel.state == enums.State.AT_POINT
    assert not parcel.findings.filter(code="no_consent").exists()


def test_a_no_shuts_the_locker_and_is_kept(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.click(".stop-link")
    page.click('.way[value="place"]')
    page.click('[data-pick="place"][value="locker"]')

    page.click("[data-disagree]")

    assert page.is_visible('[data-consent="said-no"]')
    assert page.is_disabled("#finish")
    settled(page)
    assert deed(parcel, "CON").detail["given"] is False


def test_failed_no_answer(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    reason = reasons(page, "ATT", needs_call=True, needs_photo=False)
    thumb = Thumb(page)

    thumb.tap(".stop-link")
    thumb.tap('[data-to="failed"]')
    thumb.tap(f'#reasons [value="{reason["code"]}"]')
    thumb.tap("#called")
    thumb.tap("#nexts .pick")
    finished(page, thumb)

    assert thumb.taps <= FAILED
    parcel.refresh_from_db()
    assert parcel.state == enums.State.UNDELIVERED
    said = deed(parcel, "ATT")
    assert (said.reason, said.detail["call"]) == (reason["code"], True)


def test_not_tried_is_another_code_and_asks_for_no_retry_of_the_recipient(
    browser_page, live_server, cast
):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    reason = reasons(page, "NAT", needs_photo=False)
    page.goto(f"{live_server.url}/m/failed/{parcel.waybill}/")
    page.click('[data-pick="outcome"][value="NAT"]')
    page.click(f'#reasons [value="{reason["code"]}"]')
    if page.is_visible("#nexts .pick"):
        page.click("#nexts .pick")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)

    assert deed(parcel, "NAT").reason == reason["code"]
    parcel.refresh_from_db()
    assert parcel.attempts == 0


@pytest.mark.req("LIF-03", "ACC-06")
def test_ordinary_pickup(browser_page, live_server, cast):
    parcel = to_pick_up(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    thumb = Thumb(page)

    thumb.tap(".stop-link")
    page.wait_for_url("**/m/pickup/**")
    page.wait_for_selector('.gate.is-now[data-step="scan"] input:focus')
    page.evaluate("document.activeElement.blur()")
    trigger(page, parcel.waybill)
    page.wait_for_selector('.gate.is-now[data-step="identity"]')
    thumb.tap('[data-pick="identity"][value="id_card"]')
    thumb.tap('[data-pick="kind"][value="clothes"]')
    thumb.tap("#inspected")
    page.fill("#weight", "1.25")
    thumb.tap("#next")
    thumb.photo("#pickup-photo")
    page.wait_for_selector('.gate.is-now[data-step="signature"]')
    sign(page, "sender")
    thumb.tap("#next")
    page.wait_for_url("**/m/today/")
    settled(page)

    assert thumb.taps <= PICKUP
    parcel.refresh_from_db()
    assert parcel.state == enums.State.ACCEPTED
    assert codes_of(parcel) == ["ORD", "PAS", "RNV", "INS", "PUP"]
    said = deed(parcel, "PUP").detail
    assert (said["weight_g"], said["opened"], said["appearance"]) == (1250, True, "good")
    assert (said["identity_type"], said["entry"], said["pieces"]) == ("id_card", "wedge", 1)


def test_the_piece_is_described_and_an_unsound_outside_stops(browser_page, live_server, cast):
    parcel = to_pick_up(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.click(".stop-link")
    page.fill("#check-waybill", parcel.waybill)
    page.press("#check-waybill", "Enter")
    page.click('[data-pick="identity"][value="passport"]')
    page.click('[data-pick="kind"][value="electronics"]')
    page.click("#inspected")
    page.click("#piece summary")
    page.click('[data-pick="appearance"][value="torn"]')
    page.click("#next")
    assert page.inner_text("#why")
    assert page.is_hidden("#pickup-photo + .photo-view")
    page.click('[data-pick="appearance"][value="worn"]')
    page.click('[data-pick="packing"][value="carton"]')
    page.check("#eco")
    for name, value in {"pieces": "2", "seal": "S77", "length": "30", "width": "20",
                        "height": "10"}.items():  # fmt: skip
        page.fill(f"#{name}", value)
    page.click('[data-mark-of][value="fragile"]')
    page.click("#next")
    page.set_input_files("#pickup-photo", PHOTO)
    page.wait_for_selector('.gate.is-now[data-step="signature"]')
    sign(page, "sender")
    page.click("#next")
    page.wait_for_url("**/m/today/")
    settled(page)

    said = deed(parcel, "PUP").detail
    assert said["volume"] == {"l": 30, "w": 20, "h": 10}
    assert (said["packing"], said["eco"], said["seal"], said["pieces"]) == (
        "carton",
        True,
        "S77",
        2,
    )
    assert (said["appearance"], said["marks"]) == ("worn", ["fragile"])


@pytest.mark.req("VEH-08", "LIF-07")
def test_what_is_out_of_calibration_cannot_be_chosen_at_the_door(browser_page, live_server, cast):
    now = datetime.now(UTC)
    for code, days in (("S-OLD", -1), ("S-1", 30), ("S-2", 30)):
        Instrument.objects.create(
            code=code, name="30 kg", kind="scale", site=cast.station,
            calibrated_on=(now - timedelta(days=300)).date(),
            valid_until=(now + timedelta(days=days)).date(),
        )  # fmt: skip
    parcel = to_pick_up(cast)
    page = phone(browser_page, cast, lang="en")
    list_loaded(page, live_server)
    page.click(".stop-link")
    page.fill("#check-waybill", parcel.waybill)
    page.press("#check-waybill", "Enter")
    page.click('[data-pick="identity"][value="id_card"]')
    page.click('[data-pick="kind"][value="clothes"]')
    page.click("#inspected")

    assert page.is_disabled('[data-pick="instrument"][value="S-OLD"]')
    page.click("#next")
    assert page.inner_text("#why") == "Choose what it was weighed with"
    page.click('[data-pick="instrument"][value="S-2"]')
    page.click("#next")
    page.set_input_files("#pickup-photo", PHOTO)
    page.wait_for_selector('.gate.is-now[data-step="signature"]')
    sign(page, "sender")
    page.click("#next")
    page.wait_for_url("**/m/today/")
    settled(page)

    assert deed(parcel, "PUP").detail["instrument"] == "S-2"
    assert Acceptance.objects.get(parcel=parcel).instrument == "S-2"
    assert page.evaluate("async () => courier.store.meta('instrument')") == "S-2"


def test_booked_time_wish_and_gaps_are_on_the_list_and_at_the_door(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, lang="en")
    list_loaded(page, live_server)
    told = {"slot": ["2026-11-26T06:00:00+00:00", "2026-11-26T08:00:00+00:00"], "sequence": 3,
            "wish": {"way": "locker", "label": "Locker"}, "gifts": ["Umbrella"],
            "gaps": ["House number missing"], "consents": ["locker"]}  # fmt: skip
    page.route("**/api/v1/round/", lambda route: _with(route, told))
    page.evaluate("courier.send.fetchRound()")
    page.wait_for_selector('[data-mark="slot"]:not([hidden])')
    assert page.is_visible('[data-mark="incomplete"]')
    page.goto(f"{live_server.url}/m/deliver/{parcel.waybill}/")
    page.wait_for_selector("#extras:not([hidden])")
    said = page.inner_text("#extras")
    for words in ("Booked for", "Wish: Locker", "Umbrella", "House number missing"):
        assert words in said
    page.click('.way[value="place"]')
    assert page.is_visible('[data-consent="yes"]')


def _with(route: Any, told: dict[str, Any]) -> None:
    answer = route.fetch()
    body = answer.json()
    body["items"] = [{**item, **told} for item in body["items"]]
    route.fulfill(response=answer, json=body)


def test_cash_is_taken_only_after_the_goods_were_checked(browser_page, live_server, cast):
    parcel = out_for_delivery(cast, cod_fen=12800)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.click(".stop-link")
    page.click('.way[value="recipient"]')
    assert page.is_disabled("#cod-paid")
    page.click('[data-pick="condition"][value="good"]')
    sign(page, "recipient")
    assert page.is_disabled("#finish")
    page.check("#cod-paid")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)

    said = deed(parcel, "DLV").detail
    assert (said["goods_checked"], said["cod_paid"]) == (True, True)
    parcel.refresh_from_db()
    assert "cod_open" not in parcel.conditions


@pytest.mark.req("EXC-02")
def test_a_problem_is_reported_with_a_photo_and_opens_an_exception(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.click(".stop-link")
    page.click('[data-to="exception"]')
    page.click('[data-pick="problem"][value="DMG"]')
    page.click("#reasons .pick >> nth=0")
    page.click('[data-pick="found"][value="loading"]')
    page.fill("#note", "外箱压扁一角")
    assert page.is_disabled("#finish")
    page.set_input_files("#problem-photo", PHOTO)
    page.wait_for_selector("#finish:not([disabled])")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)

    said = deed(parcel, "DMG")
    assert (said.detail["note"], said.detail["found"]) == ("外箱压扁一角", "loading")
    assert parcel.exceptions.get().kind == enums.ExceptionKind.DAMAGED
    assert parcel.proofs.get().event_uid == said.uid


def test_a_pickup_that_came_to_nothing_says_why(browser_page, live_server, cast):
    parcel = to_pick_up(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    reason = reasons(page, "PFL")
    page.goto(f"{live_server.url}/m/pickup/{parcel.waybill}/")
    page.click('[data-to="failed"]')
    page.wait_for_selector("#outcomes", state="hidden")
    page.click(f'#reasons [value="{reason["code"]}"]')
    if reason["needs_call"]:
        page.check("#called")
    page.click("#nexts .pick >> nth=0")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)

    assert deed(parcel, "PFL").reason == reason["code"]
