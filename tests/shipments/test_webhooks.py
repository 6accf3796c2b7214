"""Webhooks against a real HTTP server: signed, tried again, switched off, never sent inside."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from courierqa.core import outbox, webhooks
from courierqa.core.models import Effect, Message
from shipments.models import Webhook, WebhookDelivery
from shipments.services import webhook_messages
from shipments.services import webhooks as subscribing
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


class Receiver(ThreadingHTTPServer):
    """Answers what the test says and keeps what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[int] = []
        self.got: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?from=courierqa"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.got.append((self.path, dict(self.headers), body))
        status = server.answers.pop(0) if server.answers else 204
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """A test has its own report."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_LOOPBACK = True
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def subscribe(cast: Any, url: str, *events: str, sites: Any = ()) -> tuple[Webhook, str]:
    return subscribing.open_webhook(
        name="商家系统", url=url, events=events or ("parcel.accepted",), sites=sites,
        by=cast.admin, at=timezone.now(),
    )  # fmt: skip


def run_until_quiet(*, hours: float = 0) -> None:
    now = timezone.now() + timedelta(hours=hours)
    while outbox.run_due(now=now):
        pass


def test_a_scan_is_told_once_signed_and_without_a_person(cast, receiver):
    hook, secret = subscribe(cast, receiver.url)
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))

    run_until_quiet()

    [(path, headers, body)] = receiver.got
    said = json.loads(body)
    assert path == "/hook?from=courierqa"
    assert said["event"] == headers["X-CourierQA-Event"] == "parcel.accepted"
    assert said["data"]["waybill"] == parcel.waybill
    assert (said["data"]["site"], said["data"]["state"]) == ("HZ-01", "accepted")
    stamped = headers["X-CourierQA-Signature"]
    assert webhooks.verify(secret, body, stamped, now=timezone.now())
    # The ids are random: three digits of a telephone may well be in them.
    told = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", body.decode())
    for leak in ("138", "李明", "王芳", "文三路"):
        assert leak not in told
    row = hook.deliveries.get()
    assert (row.state, row.status, row.attempts) == ("taken", 204, 1)


def test_a_signature_fails_for_another_secret_body_or_time(cast):
    now = timezone.now()
    header = webhooks.signature("s", b"{}", at=now)

    assert webhooks.verify("s", b"{}", header, now=now + timedelta(seconds=299))
    assert not webhooks.verify("s", b"{}", header, now=now + timedelta(seconds=301))
    assert not webhooks.verify("t", b"{}", header, now=now)
    assert not webhooks.verify("s", b"{ }", header, now=now)
    assert not webhooks.verify("s", b"{}", "nonsense", now=now)


def test_only_subscribers_of_the_event_and_the_site_hear(cast, receiver):
    subscribe(cast, receiver.url, "parcel.delivered")
    subscribe(cast, receiver.url, "parcel.accepted", sites=[cast.hub])
    near, _secret = subscribe(cast, receiver.url, "parcel.accepted", sites=[cast.neighbour])
    make.accept(make.order(origin=cast.station, destination=cast.neighbour))

    run_until_quiet()

    assert [row.webhook for row in WebhookDelivery.objects.all()] == [near]


def test_a_message_is_tried_again_until_it_is_taken_under_the_same_number(cast, receiver):
    receiver.answers = [500, 302, 429]
    hook, _secret = subscribe(cast, receiver.url)
    make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    for hours in (0, 1, 2, 3):
        run_until_quiet(hours=hours)

    numbers = {headers["X-CourierQA-Delivery"] for _path, headers, _body in receiver.got}
    row = hook.deliveries.get()
    assert (len(receiver.got), len(numbers)) == (4, 1)
    assert (row.state, row.attempts) == ("taken", 4)
    assert len({body for _path, _headers, body in receiver.got}) == 1


def test_what_nobody_takes_is_given_up_and_the_webhook_switched_off_with_a_notice(cast, receiver):
    receiver.answers = [500] * 99
    hook, _secret = subscribe(cast, receiver.url)
    for _parcel in range(webhook_messages.MISSES):
        make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    for hours in range(0, 40, 2):
        run_until_quiet(hours=hours)

    hook.refresh_from_db()
    assert hook.status == "disabled"
    assert set(hook.deliveries.values_list("state", flat=True)) == {"given_up"}
    assert Message.objects.get(object_type="shipments.webhook").recipient_user == cast.admin
    calls = len(receiver.got)
    make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    run_until_quiet(hours=50)
    assert len(receiver.got) == calls


REFUSED = [
    "http://example.org/", "ftp://example.org/", "https://127.0.0.1/", "https://127.1/",
    "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://localhost/",
    "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/",
    "https://[fe80::1]/", "https://[fd00::1]/", "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/", "https://169.254.169.254/latest/meta-data/", "https://10.0.0.1/",
    "https://192.168.1.1/", "https://172.16.0.1/", "https://100.64.0.1/", "https://0.0.0.0/",
    "https://224.0.0.1/", "https://user:pw@example.org/", "https://", "https://:443/",
    "https://nowhere.invalid/", "https://exa mple.org/", "https://例子.example/", "nonsense",
    "https://a.example:99999/", "https://" + "a" * 400 + ".example/", "javascript:alert(1)",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_leads_inside_is_refused_at_save(cast, as_role, url):
    answer = as_role("admin").post(
        reverse("shipments:webhook_new"), {"name": "x", "url": url, "events": ["parcel.delivered"]}
    )

    assert answer.status_code == 422
    assert "url" in answer.context["form"].errors
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_leads_inside_is_refused_at_send(cast, receiver, settings, url):
    hook, _secret = subscribe(cast, receiver.url)
    Webhook.objects.filter(pk=hook.pk).update(url=url[:300])
    settings.WEBHOOK_LOOPBACK = False
    make.accept(make.order(origin=cast.station, destination=cast.neighbour))

    run_until_quiet()

    row = hook.deliveries.get()
    assert (row.state, row.error, receiver.got) == ("retrying", "bad_url", [])


def test_a_name_that_turns_inside_after_it_was_saved_is_not_called(cast, receiver, settings):
    # The resolver is the network's, not ours: it is the part an attacker rebinds.
    answers = iter(["93.184.216.34", "127.0.0.1"])
    port = receiver.server_port

    def rebinding(host: str, *args: Any, **kwargs: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    settings.WEBHOOK_LOOPBACK = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", rebinding)
        hook, _secret = subscribe(cast, f"https://rebind.example:{port}/")
        make.accept(make.order(origin=cast.station, destination=cast.neighbour))
        run_until_quiet()

    assert (hook.deliveries.get().error, receiver.got) == ("bad_url", [])


def test_the_secret_is_shown_once_and_stored_sealed(cast, as_role, receiver):
    client = as_role("admin")
    made = client.post(
        reverse("shipments:webhook_new"),
        {"name": "商家", "url": receiver.url, "events": ["parcel.delivered"], "sites": ["HZ-01"]},
    )
    hook = Webhook.objects.get()

    secret = made.context["secret"]
    assert made.status_code == 200
    assert secret in made.content.decode()
    for name in ("webhooks", "webhook", "webhook_change"):
        args = [] if name == "webhooks" else [hook.pk]
        assert secret not in client.get(reverse(f"shipments:{name}", args=args)).content.decode()
    stored = Webhook.objects.values_list("secret", flat=True).get()
    assert secret not in str(stored)
    renewed = client.post(reverse("shipments:webhook_secret", args=[hook.pk])).context["secret"]
    assert renewed != secret


def test_an_administrator_tests_pauses_resumes_and_sends_again(cast, as_role, receiver):
    client, (hook, _secret) = as_role("admin"), subscribe(cast, receiver.url)
    post = lambda name, *more: client.post(  # noqa: E731
        reverse(f"shipments:{name}", args=[hook.pk, *more]), follow=True
    )
    post("webhook_test")
    run_until_quiet()
    row = hook.deliveries.get()
    page = post("webhook_resend", row.uid)
    run_until_quiet()

    numbers = [headers["X-CourierQA-Delivery"] for _path, headers, _body in receiver.got]
    assert numbers == [str(row.uid)] * 2
    assert page.status_code == 200
    post("webhook_switch")
    make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    run_until_quiet()
    assert len(receiver.got) == 2
    post("webhook_switch")
    hook.refresh_from_db()
    assert hook.status == "active"


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_number_of_questions(
    cast, as_role, receiver, count, django_assert_num_queries
):
    hooks = [subscribe(cast, receiver.url)[0] for _place in range(count)]
    for _place in range(count):
        make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    client = as_role("auditor")

    with django_assert_num_queries(6):
        client.get(reverse("shipments:webhooks"))
    with django_assert_num_queries(7):
        client.get(reverse("shipments:webhook", args=[hooks[0].pk]))


def test_no_subscription_costs_a_scan_one_question(cast):
    make.accept(make.order(origin=cast.station, destination=cast.neighbour))

    assert not Effect.objects.filter(kind="shipments.webhook").exists()
