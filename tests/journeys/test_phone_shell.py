"""The phone's frame: small, installable, signatures that survive turning, both languages."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from courierqa.core.views import PHONE_FILES, READER_FILES
from shipments.models import ScanEvent
from tests.journeys.test_pages import OVERHANG, OWN_WORDS, _is_foreign
from tests.shipments.test_courier_pages import (
    list_loaded,
    out_for_delivery,
    phone,
    settled,
    sign,
    to_pick_up,
    until,
    worker_ready,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
STATIC = Path(settings.BASE_DIR) / "static"
SHELL_LIMIT = 200_000
INK = """(name) => {
  const canvas = document.querySelector(`[data-pad="${name}"] canvas`);
  const { width, height } = canvas;
  const dots = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  let dark = 0, right = 0;
  for (let at = 0; at < dots.length; at += 4) {
    if (dots[at] > 100) continue;
    dark += 1;
    right = Math.max(right, (at / 4) % width);
  }
  return { dark, right, width };
}"""


def signing(page: Any, server: Any) -> None:
    list_loaded(page, server)
    page.click(".stop-link")
    page.click('.way[value="recipient"]')
    page.click('[data-pick="condition"][value="good"]')


@pytest.mark.parametrize("ratio", [1, 3])
def test_a_signature_survives_turning_the_phone(browser_page, live_server, cast, ratio):
    out_for_delivery(cast)
    page = phone(browser_page, cast, device_scale_factor=ratio)
    page.set_viewport_size({"width": 844, "height": 390})
    signing(page, live_server)
    sign(page, "recipient")
    strokes = page.evaluate("async () => (await courier.signature('recipient')).strokes")
    wide = page.evaluate(INK, "recipient")
    assert wide["dark"] > 100

    page.set_viewport_size({"width": 320, "height": 700})
    until(page, f"() => ({INK})('recipient').width < {wide['width']}")
    narrow = page.evaluate(INK, "recipient")
    page.set_viewport_size({"width": 844, "height": 390})
    until(page, f"() => ({INK})('recipient').width === {wide['width']}")

    assert narrow["dark"] > 100
    assert narrow["right"] < narrow["width"]
    again = page.evaluate("async () => (await courier.signature('recipient')).strokes")
    assert [len(s["points"]) for s in again] == [len(s["points"]) for s in strokes]
    for one, two in zip(strokes[0]["points"], again[0]["points"], strict=True):
        assert abs(one["x"] - two["x"]) <= 0.2
    assert page.is_enabled("#finish")


def test_a_dot_is_no_signature(browser_page, live_server, cast):
    out_for_delivery(cast)
    page = phone(browser_page, cast)
    signing(page, live_server)
    box = page.locator('[data-pad="recipient"] canvas').bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + 54, box["y"] + 92)
    page.mouse.up()
    page.wait_for_selector('[data-pad-error="recipient"]:not([hidden])')
    assert page.is_disabled("#finish")
    page.click(".pad-clear")
    assert page.is_hidden('[data-pad-error="recipient"]')


@pytest.mark.parametrize("confirmed_by", ["code", "name"])
def test_a_code_or_a_typed_name_with_its_reason_stand_for_a_signature(
    browser_page, live_server, cast, confirmed_by
):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    signing(page, live_server)
    page.click(".cannot-sign summary")
    if confirmed_by == "code":
        page.fill("#pickup-code", "482 913")
    else:
        page.fill("#typed-name", "王雨桐")
        assert page.is_disabled("#finish")
        page.fill("#typed-why", "右手受伤")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)

    said = ScanEvent.objects.get(waybill=parcel.waybill, code="DLV").detail
    assert said["confirmed_by"] == confirmed_by
    assert said.get("unsigned_because", "") == ("" if confirmed_by == "code" else "右手受伤")
    assert parcel.proofs.filter(kind="code").count() == (1 if confirmed_by == "code" else 0)
    assert "482" not in json.dumps(said)


@pytest.mark.req("DEL-09")
def test_a_proxy_needs_name_relation_and_consent(browser_page, live_server, cast):
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.click(".stop-link")
    page.click('.way[value="proxy"]')
    page.click('[data-pick="condition"][value="good"]')
    sign(page, "recipient")
    page.fill("#signer", "李门卫")
    assert page.is_disabled("#finish")
    page.click('[data-pick="relation"][value="reception"]')
    assert page.is_disabled("#finish")
    page.click('[data-pick="proxy_consent"][value="call"]')
    page.click(".cannot-sign summary")
    page.check("#identity-seen")
    page.click("#finish")
    page.wait_for_url("**/m/today/")
    settled(page)
    said = ScanEvent.objects.get(waybill=parcel.waybill, code="DLV").detail
    assert (said["signer"], said["relation"], said["identity_seen"]) == (
        "李门卫",
        "reception",
        True,
    )
    parcel.refresh_from_db()
    assert not parcel.findings.filter(code__in=("no_consent", "proxy_unnamed")).exists()


def test_a_photo_is_made_small_before_it_is_kept(browser_page, live_server, cast):
    out = io.BytesIO()
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(out, "JPEG", quality=90)
    big = {"name": "big.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    parcel = out_for_delivery(cast)
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    page.goto(f"{live_server.url}/m/exception/{parcel.waybill}/")
    page.click('[data-pick="problem"][value="SRH"]')
    page.set_input_files("#problem-photo", big)
    page.wait_for_selector(".photo-view:not([hidden])")
    size = page.evaluate(
        """async () => {
          const { blob } = courier.photoOf("problem-photo");
          const picture = await createImageBitmap(blob);
          return [picture.width, picture.height, blob.type, blob.size];
        }"""
    )
    assert size[:3] == [1280, 960, "image/jpeg"]
    assert size[3] < len(out.getvalue()) / 3


def test_the_shell_is_small_and_the_reader_is_not_in_it():
    packed = {path: len(gzip.compress((STATIC / path).read_bytes(), 6)) for path in PHONE_FILES}
    assert sum(packed.values()) <= SHELL_LIMIT, packed
    assert not set(PHONE_FILES) & set(READER_FILES)
    assert not any("zxing" in path for path in PHONE_FILES)


def test_the_phone_can_be_installed(browser_page, live_server, cast):
    page = phone(browser_page, cast)
    list_loaded(page, live_server)
    worker_ready(page)
    found = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert found["errors"] == []
    told = json.loads(found["data"])
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in told["icons"]}
    assert (told["start_url"], told["display"]) == ("/m/today/", "standalone")


def test_a_kept_page_opens_within_a_second_on_a_dead_slow_net(browser_page, live_server, cast):
    out_for_delivery(cast)
    page = phone(browser_page, cast, expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/m/today/")
    took = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    page.wait_for_selector(".stop-link")
    assert took <= 1000


def test_forms_of_a_kept_page_carry_the_token_of_today(browser_page, live_server, cast):
    page = phone(browser_page, cast, lang="en", expect_errors=True)
    list_loaded(page, live_server)
    worker_ready(page)
    kept = page.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const answer = await (await caches.open(name)).match("/m/me/");
            if (answer) return answer.text();
          }
        }"""
    )
    assert "csrfmiddlewaretoken" not in kept
    page.goto(f"{live_server.url}/m/me/")
    page.click('button[value="zh-hans"]')
    page.wait_for_selector('html[lang^="zh"]')


# -- looks --------------------------------------------------------------------------------------
SMALL = """() => [...document.querySelectorAll("main a.btn, main button, main .pick, .tabbar a")]
  .filter((one) => one.offsetParent && (one.offsetHeight < 48 || one.offsetWidth < 48))
  .map((one) => one.className + one.textContent.trim())"""
TINY = """() => [...document.querySelectorAll("main *")].filter((one) => one.offsetParent &&
  [...one.childNodes].some((part) => part.nodeType === 3 && part.textContent.trim()) &&
  parseFloat(getComputedStyle(one).fontSize) < 16).map((one) => one.textContent.trim())"""


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_targets_are_big_and_nothing_hangs_over(browser_page, live_server, cast, lang):
    drop, fetch = out_for_delivery(cast, cod_fen=100), to_pick_up(cast)
    cast.courier.language = "en" if lang == "en" else "zh-hans"
    cast.courier.save(update_fields=["language"])
    page = phone(browser_page, cast, lang=lang)
    page.set_viewport_size({"width": 320, "height": 700})
    list_loaded(page, live_server)
    found = []
    opened = {
        f"deliver/{drop.waybill}": ['.way[value="place"]', '[data-pick="place"]'],
        f"failed/{drop.waybill}": ["#reasons .pick >> nth=1"],
        f"exception/{drop.waybill}": ['[data-pick="problem"]'],
        f"pickup/{fetch.waybill}": [], "scan": [], "queue": [], "me": [], "today": [],
    }  # fmt: skip
    for name, taps in opened.items():
        page.goto(f"{live_server.url}/m/{name}/")
        for tap in taps:
            page.locator(tap).first.click()
        words = [w for w in page.evaluate(OWN_WORDS) if _is_foreign(w, lang)]
        asked = {"foreign": words, "over": page.evaluate(OVERHANG),
                 "small": page.evaluate(SMALL), "tiny": page.evaluate(TINY)}  # fmt: skip
        found += [f"{name} {what}: {row}" for what, rows in asked.items() for row in rows]
    assert found == []
