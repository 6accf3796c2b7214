"""Numbers into the phone: trigger, keys, camera, photo; and what happens to a wrong one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from courierqa.core.models import Message
from shipments import enums
from shipments.models import ScanEvent
from tests.journeys.phones import own_browser, sign_in, trigger
from tests.shipments.test_courier_pages import (
    codes_of,
    list_loaded,
    out_for_delivery,
    phone,
    settled,
    sign,
    to_pick_up,
    worker_ready,
)
from tests.shipments.test_phone_api import colleague, event, run_effects, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]


# -- pictures of labels -------------------------------------------------------------------------
def code128(text: str) -> Image.Image:
    """Return a Code 128 as a label printer draws it."""
    from reportlab.graphics.barcode.code128 import Code128

    code = Code128(text, quiet=False)
    code.validate()
    code.encode()
    code.decompose()
    picture = Image.new("L", (3 * 11 * (len(text) + 4) + 160, 200), 255)
    left = 80
    for part in code.decomposed:
        # Widths are letters, the dark ones capital.
        width = 3 * (ord(part.upper()) - ord("A") + 1)
        if part.isupper():
            picture.paste(0, (left, 30, left + width, 170))
        left += width
    return picture


def qr(text: str) -> Image.Image:
    from reportlab.graphics.barcode.qr import QrCodeWidget

    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    size = code.getModuleCount()
    picture = Image.new("L", ((size + 8) * 8, (size + 8) * 8), 255)
    for row in range(size):
        for column in range(size):
            if code.isDark(row, column):
                x, y = (column + 4) * 8, (row + 4) * 8
                picture.paste(0, (x, y, x + 8, y + 8))
    return picture


def png(picture: Image.Image) -> dict[str, Any]:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return {"name": "label.png", "mimeType": "image/png", "buffer": out.getvalue()}


def film(picture: Image.Image, path: Path) -> Path:
    """Write a still as the film a fake camera plays (YUV4MPEG2)."""
    frame = Image.new("YCbCr", (1280, 720), (200, 128, 128))
    label = picture.convert("RGB")
    label.thumbnail((1100, 600))
    frame.paste(label.convert("YCbCr"), (90, 60))
    y, cb, cr = frame.split()
    half = (640, 360)
    planes = y.tobytes() + cb.resize(half).tobytes() + cr.resize(half).tobytes()
    head = b"YUV4MPEG2 W1280 H720 F10:1 Ip A1:1 C420\n"
    path.write_bytes(head + (b"FRAME\n" + planes) * 3)
    return path


# -- camera -------------------------------------------------------------------------------------
def test_the_camera_reads_a_label_without_a_reader_of_the_browser_own(
    browser, live_server, transactional_db, cast, tmp_path
):
    parcel = out_for_delivery(cast)
    reel = film(code128(parcel.waybill), tmp_path / "label.y4m")
    flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
             f"--use-file-for-fake-video-capture={reel}"]  # fmt: skip
    with own_browser(browser, tmp_path / "phone", *flags) as context:
        sign_in(context, cast.courier, live_server.url)
        page = context.pages[0]
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        list_loaded(page, live_server)
        page.goto(f"{live_server.url}/m/scan/")
        page.wait_for_selector("#waybill:focus")
        assert not page.evaluate("'BarcodeDetector' in window")
        assert not [url for url in asked if "zxing" in url or "camera.js" in url]

        page.click("#camera")
        page.wait_for_url(f"**/m/deliver/{parcel.waybill}/", timeout=40_000)
        assert page.evaluate("courier.cameIn(courier.waybillHere())") == "camera"
        assert all(url.startswith((live_server.url, "blob:", "data:")) for url in asked)


@pytest.mark.parametrize("draw", [code128, qr])
def test_a_photo_of_a_label_is_read_and_still_without_a_connection(
    browser_page, live_server, cast, draw
):
    parcel = out_for_delivery(cast)
    text = f"{live_server.url}/track/{parcel.waybill}/" if draw is qr else parcel.waybill
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    for is_offline in (False, True):
        page.goto(f"{live_server.url}/m/scan/")
        page.wait_for_selector("#waybill:focus")
        page.context.set_offline(is_offline)
        page.set_input_files("#label-photo", png(draw(text)))
        page.wait_for_url(f"**/m/deliver/{parcel.waybill}/")
        page.context.set_offline(False)


def test_a_picture_without_a_number_and_a_camera_that_is_not_allowed(
    browser_page, live_server, cast
):
    page = phone(browser_page, cast, permissions=[])
    list_loaded(page, live_server)
    page.goto(f"{live_server.url}/m/scan/")
    page.set_input_files("#label-photo", png(Image.new("L", (300, 200), 255)))
    page.wait_for_selector('[data-camera-note="unread"]:not([hidden])')
    page.evaluate(
        """() => {
          navigator.mediaDevices.getUserMedia = () =>
            Promise.reject(new DOMException("", "NotAllowedError"));
        }"""
    )
    page.click("#camera")
    page.wait_for_selector('[data-camera-note="denied"]:not([hidden])')
    assert page.locator('[data-camera-note="denied"] li').count() == 3
    assert page.is_enabled("#waybill")


def test_only_the_reader_may_compile_and_it_reaches_nothing_but_us(client, cast):
    policy = client.get("/m/reader.js")["Content-Security-Policy"]
    assert "wasm-unsafe-eval" in policy
    assert "default-src 'none'" in policy
    client.force_login(cast.courier)
    for page in ("/m/scan/", "/m/pickup/-/", "/m/deliver/-/"):
        assert "wasm-unsafe-eval" not in client.get(page)["Content-Security-Policy"]


# -- wrong parcel, somebody else's parcel -------------------------------------------------------
@pytest.mark.parametrize("kind", ["deliver", "pickup"])
def test_the_wrong_parcel_stops_the_screen_with_both_numbers(browser_page, live_server, cast, kind):
    parcel = out_for_delivery(cast) if kind == "deliver" else to_pick_up(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.goto(f"{live_server.url}/m/{kind}/{parcel.waybill}/")
    page.wait_for_selector("#party:not([hidden])")
    page.evaluate("document.activeElement.blur()")

    trigger(page, "YS9999999999999")

    page.wait_for_selector("#wrong:not([hidden])")
    shown = page.inner_text("#wrong").replace("\xa0", "")
    assert "YS9999999999999" in shown
    assert parcel.waybill in shown
    box = page.locator("#wrong").bounding_box()
    assert (box["width"], box["height"]) == (390, 844)
    page.click("#wrong [data-back]")
    assert page.is_hidden("#wrong")


def test_a_scan_at_the_door_is_kept_with_the_delivery(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.click(".stop-link")
    page.wait_for_url("**/m/deliver/**")
    page.wait_for_selector("#party:not([hidden])")
    trigger(page, parcel.waybill)
    page.wait_for_selector(".toast-line")
    page.click('.way[value="recipient"]')
    page.click('[data-pick="condition"][value="good"]')
    sign(page, "recipient")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)
    assert ScanEvent.objects.get(code="DLV").detail["entry"] == "wedge"


def test_a_colleague_parcel_is_named_and_taken_over(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    other = colleague(cast)
    page = browser_page(user=other, width=390, height=844, lang="en")
    page.goto(f"{live_server.url}/m/today/")
    page.wait_for_selector("#counts:not([hidden])")
    page.goto(f"{live_server.url}/m/scan/")
    page.fill("#waybill", parcel.waybill)
    page.press("#waybill", "Enter")
    page.wait_for_selector("#unknown:not([hidden])")
    assert page.inner_text("#unknown-title") == f"Assigned to {cast.courier.employee}"

    page.click("[data-take]")
    page.wait_for_url("**/m/deliver/**")
    page.wait_for_selector("#party .party-address:not(:empty)")
    assert page.inner_text(".party-address") == parcel.recipient_address

    run_effects()
    parcel.refresh_from_db()
    assert parcel.holder == other.employee
    assert Message.objects.filter(template="shipments/taken_over").count() == 1


def test_without_a_connection_a_foreign_parcel_can_still_be_scanned(
    browser_page, live_server, cast
):
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/m/scan/")
    page.fill("#waybill", "YS7777777777777")
    page.press("#waybill", "Enter")
    page.wait_for_selector("#unknown:not([hidden])")
    page.click('[data-open="deliver"]')
    page.wait_for_url("**/m/deliver/YS7777777777777/")
    page.click('.way[value="recipient"]')
    page.click('[data-pick="condition"][value="good"]')
    sign(page, "recipient")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/m/queue/")
    page.click("#send-now:not([disabled])")
    page.wait_for_selector('.q[data-state="needs"]')
    # The scan is kept at the office, unmatched; its signature waits until the parcel is known.
    assert ScanEvent.objects.get(code="DLV").parcel_id is None


# -- signed by somebody else --------------------------------------------------------------------
@pytest.mark.parametrize("choice", ["keep", "withdraw"])
def test_signed_by_somebody_else_is_kept_or_dropped_and_both_stay_as_events(
    browser_page, live_server, cast, choice
):
    parcel = out_for_delivery(cast)
    other = colleague(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    send(other, event(parcel, other, "DLV", way="recipient"))
    page.click(".stop-link")
    page.click('.way[value="recipient"]')
    page.click('[data-pick="condition"][value="good"]')
    sign(page, "recipient")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    page.goto(f"{live_server.url}/m/queue/")
    page.wait_for_selector('.q[data-state="needs"]')

    page.click(f"[data-{choice}]:not([hidden])")
    page.wait_for_selector("#empty:not([hidden])")
    settled(page)

    codes = codes_of(parcel)
    assert codes.count("DLV") == 2
    assert codes.count("VOI") == (1 if choice == "withdraw" else 0)
    is_open = parcel.findings.filter(code="second_delivery", closed_at=None).exists()
    assert is_open is (choice == "keep")
    parcel.refresh_from_db()
    assert parcel.state == enums.State.DELIVERED
