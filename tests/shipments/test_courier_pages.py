"""The phone in a real browser: gates, drawn signatures, and a queue that loses nothing."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from shipments import enums
from shipments.models import Parcel, Proof, ScanEvent
from shipments.services import ScanInput, record_scans
from tests.factories import shipments as make

pytestmark = [pytest.mark.browser]

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
PHOTO = {"name": "photo.png", "mimeType": "image/png", "buffer": PIXEL}
# Asked with the browser's own means: the page after signing out has none of our scripts.
ROWS_KEPT = """(name) => new Promise((done) => {
  indexedDB.open("courierqa").onsuccess = ({ target: { result: db } }) => {
    db.transaction(name).objectStore(name).count().onsuccess = (event) => done(event.target.result);
  };
})"""


def told(parcel: Parcel, cast: Any, *codes: str, **detail: Any) -> None:
    """Record scans of this courier as of just now."""
    now = datetime.now(UTC)
    rows = [
        ScanInput(
            uid=uuid4(), waybill=parcel.waybill, code=code, device="phone-test",
            happened_at=now - timedelta(hours=3) + timedelta(minutes=place),
            site_id=cast.station.pk, person_id=cast.courier.employee.pk, detail=detail,
        )
        for place, code in enumerate(codes)
    ]  # fmt: skip
    record_scans(rows, source=enums.Source.COURIER, recorded_at=now)
    parcel.refresh_from_db()


def out_for_delivery(cast: Any, **fields: Any) -> Parcel:
    """Return a parcel on the courier's round."""
    parcel = make.order(
        origin=cast.neighbour, destination=cast.station,
        at=datetime.now(UTC) - timedelta(days=1), **fields,
    )  # fmt: skip
    told(parcel, cast, "RNV", "INS", "PUP", "AST", "OFD")
    return parcel


def to_pick_up(cast: Any, **fields: Any) -> Parcel:
    """Return a parcel the courier is asked to fetch."""
    parcel = make.order(
        origin=cast.station, destination=cast.neighbour, item_name="", item_kind="",
        at=datetime.now(UTC) - timedelta(hours=4), **fields,
    )  # fmt: skip
    told(parcel, cast, "PAS")
    return parcel


def sign(page: Any, name: str) -> None:
    """Draw a signature with the mouse."""
    pad = page.locator(f'[data-pad="{name}"] canvas')
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 120)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(box["x"] + 30 + step * 8, box["y"] + 120 + (step % 6) * 12)
    page.mouse.up()


def until(page: Any, question: str) -> None:
    """Wait until an asynchronous question about the page is answered with yes.

    The page's policy forbids evaluating strings later, so the waiting happens in one evaluation.
    """
    page.evaluate(
        """() => new Promise((done, fail) => {
          const end = Date.now() + 15000;
          const ask = async () => {
            if (await (QUESTION)()) done();
            else if (Date.now() > end) fail(new Error("never true"));
            else setTimeout(() => ask().catch(fail), 20);
          };
          ask().catch(fail);
        })""".replace("QUESTION", question)
    )


def settled(page: Any) -> None:
    """Send, and wait until nothing waits in the phone's queue."""
    page.wait_for_load_state()
    until(
        page,
        """async () => {
          await courier.send.flush();
          const rows = await courier.store.queue();
          return rows.length > 0 && rows.every((row) => row.state === "sent");
        }""",
    )


def codes_of(parcel: Parcel) -> list[str]:
    rows = ScanEvent.objects.filter(waybill=parcel.waybill).order_by("happened_at", "id")
    return list(rows.values_list("code", flat=True))


def phone(browser_page: Any, cast: Any, **options: Any) -> Any:
    return browser_page(user=cast.courier, width=390, height=844, **options)


def list_loaded(page: Any, server: Any) -> None:
    """Open today and wait for the round and for the worker."""
    page.goto(f"{server.url}/m/today/")
    page.wait_for_selector("#counts:not([hidden])")


def worker_ready(page: Any) -> None:
    page.evaluate("navigator.serviceWorker.ready")
    until(
        page,
        """async () => {
          for (const name of await caches.keys()) {
            if (await (await caches.open(name)).match("/m/deliver/-/")) return true;
          }
          return false;
        }""",
    )


def test_today_lists_the_round_most_urgent_first(browser_page, live_server, cast):
    later = out_for_delivery(cast)
    sooner = out_for_delivery(cast)
    Parcel.objects.filter(pk=later.pk).update(promised_by=datetime.now(UTC) + timedelta(hours=9))
    Parcel.objects.filter(pk=sooner.pk).update(promised_by=datetime.now(UTC) + timedelta(hours=1))
    page = phone(browser_page, cast)

    list_loaded(page, live_server)

    links = page.locator(".stop-link").evaluate_all("all => all.map(a => a.pathname)")
    assert links == [f"/m/deliver/{sooner.waybill}/", f"/m/deliver/{later.waybill}/"]
    assert page.locator(".stop.is-risk").count() == 1


@pytest.mark.req("DEL-10")
def test_delivery_to_the_recipient_with_a_drawn_signature(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)

    page.click(".stop-link")
    page.click('.way[value="recipient"]')
    page.click('[data-pick="condition"][value="good"]')
    assert page.is_disabled("#finish")
    sign(page, "recipient")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)

    parcel.refresh_from_db()
    assert parcel.state == enums.State.DELIVERED
    proof = Proof.objects.get(parcel=parcel)
    event = ScanEvent.objects.get(waybill=parcel.waybill, code="DLV")
    assert (proof.kind, proof.event_uid) == ("signature", event.uid)
    assert len(proof.strokes[0]["points"]) > 10
    assert event.detail["way"] == "recipient"


def test_a_locker_needs_consent_first(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)

    page.click(".stop-link")
    page.click('.way[value="place"]')
    page.click('[data-pick="place"][value="locker"]')
    assert page.is_visible('[data-consent="no"]')
    assert page.is_disabled("#finish")
    page.click('[data-agree="call"]')
    page.set_input_files("#place-photo", PHOTO)
    page.wait_for_selector("#finish:not([disabled])")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)

    parcel.refresh_from_db()
    assert parcel.state == enums.State.AT_POINT
    assert codes_of(parcel)[-2:] == ["CON", "RDY"]
    said = ScanEvent.objects.get(waybill=parcel.waybill, code="CON").detail
    assert said == {"given": True, "kind": "locker", "way": "call"}


def test_not_delivered_asks_for_what_the_reason_needs(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    needy = page.evaluate(
        """async () => (await courier.store.round()).reasons
          .find((one) => one.scan_code === "ATT" && one.needs_call && !one.needs_photo)"""
    )

    page.click(".stop-link")
    page.click('[data-to="failed"]')
    page.click(f'#reasons [value="{needy["code"]}"]')
    page.click('#nexts [value="retry:tomorrow"]')
    assert page.is_disabled("#finish")
    page.check("#called")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)

    parcel.refresh_from_db()
    event = ScanEvent.objects.get(waybill=parcel.waybill, code="ATT")
    assert parcel.state == enums.State.UNDELIVERED
    assert (event.reason, event.detail["call"]) == (needy["code"], True)
    assert (event.detail["next"], event.detail["when"]) == ("retry", "tomorrow")


def test_pickup_walks_through_every_gate(browser_page, live_server, cast):
    parcel = to_pick_up(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.click(".stop-link")

    # A gate that is not reached cannot be opened.
    page.click('.gate[data-step="signature"] h2')
    assert page.is_hidden('[data-pad="sender"]')
    page.fill("#check-waybill", "WRONG123456")
    page.press("#check-waybill", "Enter")
    page.click("#wrong [data-back]")
    assert page.is_visible('[data-error="scan"]')
    page.fill("#check-waybill", parcel.waybill)
    page.press("#check-waybill", "Enter")
    page.click('[data-pick="identity"][value="id_card"]')
    page.click('[data-pick="kind"][value="clothes"]')
    page.fill("#item-name", "毛衣")
    page.click("#inspected")
    page.fill("#weight", "1.25")
    page.click("#next")
    page.set_input_files("#pickup-photo", PHOTO)
    page.wait_for_selector('.gate.is-now[data-step="signature"]')
    sign(page, "sender")
    page.click("#next")
    page.wait_for_url("**/m/today/")
    settled(page)

    parcel.refresh_from_db()
    assert parcel.state == enums.State.ACCEPTED
    assert codes_of(parcel) == ["ORD", "PAS", "RNV", "INS", "PUP"]
    assert sorted(parcel.proofs.values_list("kind", flat=True)) == ["photo", "signature"]


def test_prohibited_goods_stop_the_pickup_and_refusing_is_recorded(browser_page, live_server, cast):
    parcel = to_pick_up(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    term = page.evaluate("async () => (await courier.store.round()).prohibited[0].term")
    page.click(".stop-link")
    page.fill("#check-waybill", parcel.waybill)
    page.press("#check-waybill", "Enter")
    page.click('[data-pick="identity"][value="id_card"]')
    page.click('[data-pick="kind"][value="other"]')

    page.fill("#item-name", f"一箱{term}")
    assert page.is_visible("#stop-screen")
    page.click("[data-refuse-now]")
    page.wait_for_url("**/m/today/")
    settled(page)

    parcel.refresh_from_db()
    assert parcel.state == enums.State.REJECTED
    assert "PUP" not in codes_of(parcel)


def test_offline_captures_are_sent_exactly_once_after_reconnecting(browser_page, live_server, cast):
    parcels = [out_for_delivery(cast) for _ in range(3)]
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)

    page.context.set_offline(True)
    for parcel in parcels:
        page.goto(f"{live_server.url}/m/deliver/{parcel.waybill}/")
        page.click('.way[value="recipient"]')
        page.click('[data-pick="condition"][value="good"]')
        sign(page, "recipient")
        page.click("#finish")
        page.wait_for_url("**/m/today/")
    assert ScanEvent.objects.filter(code="DLV").count() == 0
    page.goto(f"{live_server.url}/m/queue/")
    page.wait_for_selector("#queue .q >> nth=2")

    page.context.set_offline(False)
    page.evaluate("Promise.all([courier.send.open(), courier.send.flush(), courier.send.flush()])")
    settled(page)
    # Everything once more, as after an answer lost on the way.
    page.evaluate(
        """async () => {
          for (const row of await courier.store.queue()) {
            const again = row.kind === "event" && row.body;
            if (again) await courier.store.change(row.id, {state: "waiting"});
          }
          await courier.send.flush();
        }"""
    )

    for parcel in parcels:
        parcel.refresh_from_db()
        assert parcel.state == enums.State.DELIVERED
        assert codes_of(parcel).count("DLV") == 1
        assert parcel.proofs.count() == 1


def test_a_lost_answer_is_asked_for_again_and_makes_no_second_scan(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    lost = []

    def lose_first_answer(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route("**/api/v1/scans/batch", lose_first_answer)
    page.click(".stop-link")
    page.click('.way[value="recipient"]')
    page.click('[data-pick="condition"][value="good"]')
    sign(page, "recipient")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)

    assert len(lost) == 1
    assert codes_of(parcel).count("DLV") == 1


def test_a_lost_session_keeps_the_queue_and_signing_out_wipes_the_round(
    browser_page, live_server, cast
):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    page.goto(f"{live_server.url}/m/deliver/{parcel.waybill}/")
    page.click('.way[value="recipient"]')
    page.click('[data-pick="condition"][value="good"]')
    sign(page, "recipient")
    session = [c for c in page.context.cookies() if c["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")

    page.click("#finish")
    page.wait_for_url("**/login/**")
    assert ScanEvent.objects.filter(code="DLV").count() == 0
    page.context.add_cookies(session)
    page.goto(f"{live_server.url}/m/queue/")
    settled(page)
    assert codes_of(parcel).count("DLV") == 1

    page.goto(f"{live_server.url}/m/me/")
    page.click("#logout button")
    page.wait_for_url("**/login/**")
    assert page.evaluate(ROWS_KEPT, "round") == 0
    assert page.evaluate(ROWS_KEPT, "queue") == 0


def test_nothing_personal_is_kept_by_the_worker(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    worker_ready(page)
    page.goto(f"{live_server.url}/m/deliver/{parcel.waybill}/")

    kept = page.evaluate(
        """async () => {
          let text = "";
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const key of await cache.keys()) {
              text += key.url + "\\n";
              if (key.url.includes("/m/")) text += await (await cache.match(key)).text();
            }
          }
          return text;
        }"""
    )

    assert "/api/" not in kept
    assert parcel.waybill not in kept
    for secret in (parcel.recipient_name, parcel.recipient_phone, cast.courier.display_name):
        assert secret not in kept
