"""The phone's queue at its worst: killed while sending, two tabs, no session, no room, closed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shipments import enums
from shipments.models import Proof, ScanEvent
from tests.journeys.phones import kill, own_browser, pump, sign_in
from tests.shipments.test_courier_pages import (
    ROWS_KEPT,
    codes_of,
    list_loaded,
    out_for_delivery,
    phone,
    settled,
    sign,
    until,
    worker_ready,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
SENDING = re.compile(r"/api/v1/(scans/batch|proofs)")
WAITING = (
    """async () => (await courier.store.queue()).filter((row) => row.state !== "sent").length"""
)
NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"
# Deliveries as the page makes them, without ten times the drawing.
CAPTURE = """async (waybills) => {
  for (const waybill of waybills) {
    const group = courier.uuid7();
    const event = await courier.event(waybill, "DLV", { detail: { way: "recipient" }, group });
    const points = [...Array(20).keys()].map((n) => ({ x: n * 9, y: n % 5 * 20, time: n }));
    const strokes = [{ points }];
    await courier.keep([event, courier.proof(waybill, event, "signature", { strokes })]);
  }
}"""


def deliver_by_hand(page: Any, url: str, waybill: str) -> None:
    page.goto(f"{url}/m/deliver/{waybill}/")
    page.click('.way[value="recipient"]')
    page.click('[data-pick="condition"][value="good"]')
    sign(page, "recipient")
    page.click("#finish")
    page.wait_for_url("**/m/today/")


class LostAnswer:
    """Lets requests reach the server and keeps the answer of the n-th from the phone."""

    def __init__(self, page: Any, after: int) -> None:
        self.left, self.lost = after, 0
        page.route(SENDING, self)

    def __call__(self, route: Any) -> None:
        self.left -= 1
        if self.left >= 0:
            route.continue_()
            return
        route.fetch()
        self.lost += 1


def test_ten_offline_deliveries_arrive_once_through_two_kills_and_two_tabs(
    browser, live_server, transactional_db, cast, tmp_path
):
    parcels = [out_for_delivery(cast) for _ in range(10)]
    url, folder = live_server.url, tmp_path / "phone"

    with own_browser(browser, folder) as context:
        sign_in(context, cast.courier, url)
        page = context.pages[0]
        list_loaded(page, live_server)
        worker_ready(page)
        context.set_offline(True)
        for parcel in parcels:
            deliver_by_hand(page, url, parcel.waybill)
        assert page.evaluate(WAITING) == 20
        assert not ScanEvent.objects.filter(code="DLV").exists()
        # The events arrive, their answer does not, and the battery is empty.
        stop = LostAnswer(page, after=0)
        context.set_offline(False)
        page.evaluate("void courier.send.flush()")
        pump(page, lambda: stop.lost > 0)
        kill(context, folder)
    assert ScanEvent.objects.filter(code="DLV").count() == 10

    with own_browser(browser, folder) as context:
        sign_in(context, cast.courier, url)
        page = context.pages[0]
        # Now in the middle of the signatures.
        stop = LostAnswer(page, after=5)
        page.goto(f"{url}/m/queue/")
        page.evaluate("void courier.send.flush()")
        pump(page, lambda: stop.lost > 0)
        kill(context, folder)
    assert 0 < Proof.objects.count() < 10

    with own_browser(browser, folder) as context:
        sign_in(context, cast.courier, url)
        one, two = context.pages[0], context.new_page()
        for tab in (one, two):
            tab.goto(f"{url}/m/queue/")
        for tab in (one, two):
            tab.evaluate("void courier.send.flush()")
        settled(one)
        assert two.evaluate(WAITING) == 0

    for parcel in parcels:
        parcel.refresh_from_db()
        assert parcel.state == enums.State.DELIVERED
        assert codes_of(parcel).count("DLV") == 1
        assert parcel.proofs.count() == 1
        assert not parcel.findings.filter(code__in=("second_delivery", "other_content")).exists()


@pytest.mark.parametrize("locks", [True, False])
def test_two_tabs_send_each_record_once(browser_page, live_server, cast, locks):
    parcels = [out_for_delivery(cast) for _ in range(4)]
    page = phone(browser_page, cast, expect_errors=True)
    if not locks:
        page.context.add_init_script(NO_LOCKS)
    tabs = [page, page.context.new_page()]
    sent: list[str] = []
    for tab in tabs:
        tab.on("request", lambda request: _note(request, sent))
        list_loaded(tab, live_server)
    page.context.set_offline(True)
    page.evaluate(CAPTURE, [parcel.waybill for parcel in parcels])
    sent.clear()

    page.context.set_offline(False)
    for tab in tabs:
        tab.evaluate("void courier.send.flush()")
    settled(page)

    assert sorted(sent) == sorted(set(sent))
    assert ScanEvent.objects.filter(code="DLV").count() == Proof.objects.count() == 4


def _note(request: Any, sent: list[str]) -> None:
    if request.method == "POST" and "scans/batch" in request.url:
        sent += [one["id"] for one in request.post_data_json["events"]]


def test_a_session_that_ended_keeps_the_queue_until_the_person_signs_in(
    browser_page, live_server, cast
):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    page.context.clear_cookies(name="sessionid")
    page.evaluate(CAPTURE, [parcel.waybill])
    page.evaluate("courier.send.flush()")
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/m/queue/")
    page.context.set_offline(False)
    page.evaluate("courier.send.flush()")
    page.wait_for_selector("#signed-out:not([hidden])")
    assert page.evaluate(WAITING) == 2

    page.click("#signed-out a")
    page.fill("[name=username]", cast.courier.username)
    page.fill("[name=password]", "correct-horse-7")
    page.click("main button[type=submit]")
    page.wait_for_url("**/m/queue/")
    settled(page)

    assert codes_of(parcel).count("DLV") == parcel.proofs.count() == 1


def test_a_full_phone_says_so_before_a_scan_is_accepted(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    # Before the first page: the browser remembers for half a minute what room a site had.
    devtools = page.context.new_cdp_session(page)
    full = {"origin": live_server.url, "quotaSize": 400 * 1024}
    devtools.send("Storage.overrideQuotaForOrigin", full)
    list_loaded(page, live_server)

    page.goto(f"{live_server.url}/m/scan/")
    until(page, "async () => !(await courier.checkRoom())")
    assert page.is_visible("#no-room")
    page.fill("#waybill", parcel.waybill)
    page.press("#waybill", "Enter")
    assert page.url.endswith("/m/scan/")
    page.evaluate(CAPTURE, [parcel.waybill])
    assert page.evaluate(WAITING) == 0

    devtools.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url})
    until(page, "() => courier.checkRoom()")
    page.press("#waybill", "Enter")
    page.wait_for_url("**/m/deliver/**")
    assert page.is_hidden("#no-room")


def test_a_database_closed_by_the_system_is_opened_again(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    # As under memory pressure: the next transaction finds the connection closed.
    page.evaluate(
        """() => {
          const own = IDBDatabase.prototype.transaction;
          IDBDatabase.prototype.transaction = function () {
            IDBDatabase.prototype.transaction = own;
            this.close();
            throw new DOMException("closing", "InvalidStateError");
          };
        }"""
    )
    page.evaluate(CAPTURE, [parcel.waybill])
    settled(page)
    assert codes_of(parcel).count("DLV") == parcel.proofs.count() == 1


def test_damaged_evidence_stays_on_the_phone(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)

    def damage(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "received_sha256": "0" * 64})

    page.route("**/api/v1/proofs/", damage)
    page.evaluate(CAPTURE, [parcel.waybill])
    page.evaluate("courier.send.flush()")
    until(page, "async () => (await courier.store.queue()).some((row) => row.state === 'needs')")
    kept = page.evaluate(
        "async () => (await courier.store.queue()).find((r) => r.kind === 'proof')"
    )
    assert kept["body"]["strokes"]

    page.unroute("**/api/v1/proofs/")
    page.goto(f"{live_server.url}/m/queue/")
    page.click("[data-again]:not([hidden])")
    settled(page)
    assert parcel.proofs.count() == 1


def test_signing_out_with_unsent_records_is_a_decision_and_wipes_the_rest(
    browser_page, live_server, cast
):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    page.route(SENDING, lambda route: route.abort())
    page.evaluate(CAPTURE, [parcel.waybill])
    page.goto(f"{live_server.url}/m/me/")

    page.click("#logout button")
    page.wait_for_selector("#leave-ask[open]")
    page.click("[data-stay]")
    assert page.evaluate(ROWS_KEPT, "round") == 1
    page.click("#logout button")
    page.click("[data-leave]")
    page.wait_for_url("**/login/**")

    assert page.evaluate(ROWS_KEPT, "round") == 0
    assert page.evaluate(ROWS_KEPT, "queue") == 2
    # The same person comes back: everything is sent.
    page.unroute(SENDING)
    sign_in(page.context, cast.courier, live_server.url)
    list_loaded(page, live_server)
    settled(page)
    page.goto(f"{live_server.url}/m/me/")
    page.click("#logout button")
    page.wait_for_url("**/login/**")
    assert [page.evaluate(ROWS_KEPT, name) for name in ("round", "queue", "drafts")] == [0, 0, 0]
    assert codes_of(parcel).count("DLV") == 1


def test_what_waited_a_day_is_said_on_every_page(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    page.route(SENDING, lambda route: route.abort())
    page.evaluate(CAPTURE, [parcel.waybill])
    page.evaluate(
        """async () => {
          for (const row of await courier.store.queue()) {
            await courier.store.change(row.id, { kept_at: Date.now() - 25 * 3600 * 1000 });
          }
        }"""
    )
    for name in ("today", "scan", "queue", "me"):
        page.goto(f"{live_server.url}/m/{name}/")
        page.wait_for_selector("#day-old:not([hidden])")


def test_a_list_of_yesterday_loses_its_addresses_by_itself(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    page.evaluate(
        """async () => {
          const round = await courier.store.round();
          await courier.store.put("round", { ...round, kept_at: Date.now() - 21 * 3600 * 1000 });
        }"""
    )
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/m/today/")
    until(page, "async () => (await courier.store.round()).items.length === 0")
    kept = page.evaluate("async () => JSON.stringify(await courier.store.all('round'))")
    assert parcel.recipient_address not in kept
    page.evaluate(CAPTURE, [parcel.waybill])
    page.context.set_offline(False)
    settled(page)
    assert codes_of(parcel).count("DLV") == 1


def test_position_is_evidence_and_never_a_gate(browser_page, live_server, cast):
    place = {"latitude": 30.27, "longitude": 120.15, "accuracy": 12}
    for options in ({"geolocation": place, "permissions": ["geolocation"]}, {}):
        parcel = out_for_delivery(cast)
        page = phone(browser_page, cast, **options)
        list_loaded(page, live_server)
        deliver_by_hand(page, live_server.url, parcel.waybill)
        settled(page)
        event = ScanEvent.objects.get(waybill=parcel.waybill, code="DLV")
        assert event.accuracy_m == (12 if options else None)
        assert event.latitude == (30.27 if options else None)


def test_a_rejected_record_says_what_happened_and_what_to_do(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, lang="en")
    list_loaded(page, live_server)
    page.evaluate(
        """async (waybill) => {
          const event = await courier.event(waybill, "ATT");
          event.body.site = "NB-99";
          await courier.keep([event]);
          await courier.send.flush();
        }""",
        parcel.waybill,
    )
    page.goto(f"{live_server.url}/m/queue/")
    page.wait_for_selector('.q[data-state="needs"]')
    words = page.inner_text(".q-why")
    assert "Unknown site" in words
    assert "supervisor" in words
    assert page.is_visible("[data-again]")

    page.click("[data-drop]")
    page.click("#drop-ask [data-yes]")
    page.wait_for_selector("#empty:not([hidden])")
    assert not ScanEvent.objects.filter(code="ATT").exists()


def test_a_capture_is_kept_at_once(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    page.context.set_offline(True)
    took = page.evaluate(
        """async (waybill) => {
          const spans = [];
          for (let turn = 0; turn < 7; turn += 1) {
            const begin = performance.now();
            await courier.keep([await courier.event(waybill, "ATT")]);
            spans.push(performance.now() - begin);
          }
          return Math.min(...spans);
        }""",
        parcel.waybill,
    )
    assert took <= 150
