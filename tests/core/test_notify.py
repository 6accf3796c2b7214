"""Messages: one per key, never blocking, their state in plain sight."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction

from courierqa.core import notify, outbox
from courierqa.core.enums import EffectState, MessageState
from courierqa.core.models import Effect, Message
from tests.factories import core as make

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, tzinfo=SHANGHAI)
TEMPLATE = "{{ number }} 已受理\n\n您好 {{ name }}：我们已收到 <您的> 投诉。\n{{ link }}\n"


@pytest.fixture(autouse=True)
def templates(settings, tmp_path):
    folder = tmp_path / "templates" / "test" / "mail"
    folder.mkdir(parents=True)
    (folder / "received.zh-hans.txt").write_text(TEMPLATE, encoding="utf-8")
    (folder / "received.en.txt").write_text("{{ number }} received\n\nHello {{ name }}\n")
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}
    settings.TEMPLATES = [engine]
    settings.VAR_DIR = tmp_path


def write(key="k", channel="email", **fields):
    wanted = {
        "template": "test/received", "language": "zh-hans", "to": "a@example.com", "at": NOON,
        "context": {"number": "C-1", "name": "张三"}, **fields,
    }  # fmt: skip
    return notify.send(key=key, channel=channel, **wanted)


def run(now=NOON):
    outbox.run_due(now=now)


def state(message):
    message.refresh_from_db()
    return message.state


@pytest.mark.django_db
def test_a_message_is_written_at_once_and_sent_by_a_job():
    message = write()

    assert (message.state, mail.outbox) == (MessageState.QUEUED, [])
    run()

    assert state(message) == MessageState.SENT
    assert mail.outbox[0].subject == "C-1 已受理"
    assert "<您的>" in mail.outbox[0].body


@pytest.mark.django_db
def test_the_same_key_is_one_message_and_one_delivery():
    assert write() == write()
    run()
    run()

    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_many_messages_are_written_at_once_and_a_known_one_is_left_alone():
    write(key="k1")
    letters = [
        notify.Letter(f"k{n}", f"{n}@example.com", {"number": f"C-{n}", "name": "张三"})
        for n in (1, 2, 3, 3)
    ]
    notify.send_many(letters, channel="email", template="test/received", language="en", at=NOON)
    run()

    assert sorted((sent.to, sent.subject) for sent in mail.outbox) == [
        (["2@example.com"], "C-2 received"), (["3@example.com"], "C-3 received"),
        (["a@example.com"], "C-1 已受理"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_many_text_messages_of_the_night_wait_for_the_morning():
    late = NOON.replace(hour=22)
    letters = [notify.Letter("k", "13800000001", {"number": "C-1", "name": "张三"})]
    notify.send_many(letters, channel="sms", template="test/received", language="en", at=late)

    morning = datetime(2026, 3, 3, 8, tzinfo=SHANGHAI)
    assert Message.objects.get().not_before == Effect.objects.get().run_after == morning


@pytest.mark.django_db
def test_the_reader_gets_their_language():
    assert write(language="en").subject == "C-1 received"


@pytest.mark.django_db
def test_a_message_of_a_rolled_back_cause_never_was():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    run()

    assert mail.outbox == []


@pytest.mark.django_db
def test_a_failing_server_blocks_nothing_and_its_failure_shows(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = write()
    run()

    assert state(message) == MessageState.FAILED
    assert message.error == "ConnectionRefusedError"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run(NOON + timedelta(minutes=1))
    assert (state(message), message.error) == (MessageState.SENT, "")


@pytest.mark.django_db
def test_after_eight_failures_a_message_stays_failed_and_its_job_parked():
    message = write(to="")
    for hour in range(20):
        run(NOON + timedelta(hours=hour))

    effect = Effect.objects.get()
    assert state(message) == MessageState.FAILED
    assert (effect.state, effect.attempts) == (EffectState.PARKED, 8)


@pytest.mark.django_db
def test_a_crash_between_sending_and_noting_it_is_shown_as_unknown_and_not_sent_twice():
    message = write()
    # What a worker leaves behind that was killed after the message went out.
    Message.objects.filter(pk=message.pk).update(state=MessageState.UNKNOWN)

    run()

    assert state(message) == MessageState.UNKNOWN
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_subject_cannot_carry_a_second_header():
    message = write(context={"number": "C-1\r\nBcc: evil@example.com", "name": "x"})
    run()

    assert state(message) == MessageState.SENT
    assert mail.outbox[0].bcc == []
    assert "\n" not in mail.outbox[0].subject


@pytest.mark.django_db
def test_text_messages_go_to_the_file_of_this_installation(tmp_path):
    write(channel="sms", to="13812345678")
    run()

    line = json.loads((tmp_path / "sms.log").read_text(encoding="utf-8"))
    assert (line["to"], "C-1" in line["text"] or "张三" in line["text"]) == ("13812345678", True)
    assert (tmp_path / "sms.log").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "sent"),
    [("12:00", "12:00"), ("21:00", "+08:00"), ("23:59", "+08:00"), ("07:59", "08:00"),
     ("08:00", "08:00")],
)  # fmt: skip
def test_nobody_is_woken_by_a_text_message(written, sent):
    at = datetime.fromisoformat(f"2026-03-02 {written}").replace(tzinfo=SHANGHAI)
    day = 3 if sent.startswith("+") else 2
    expected = datetime.fromisoformat(f"2026-03-0{day} {sent.lstrip('+')}")

    message = write(channel="sms", at=at)

    assert message.not_before == expected.replace(tzinfo=SHANGHAI)
    assert write("urgent", channel="sms", at=at, urgent=True).not_before == at


@pytest.mark.django_db
def test_quiet_hours_are_a_setting(settings):
    settings.QUIET_HOURS = (11, 13)

    assert write(channel="sms").not_before == NOON + timedelta(days=1, hours=1)


@pytest.mark.django_db
def test_notices_reach_their_reader_and_can_be_read():
    user, other = make.person("agent"), make.person("agent")
    notice = write(channel="in_app", user=user)

    assert (notice.state, Effect.objects.count()) == (MessageState.SENT, 0)
    assert list(notify.unread_for(user)) == [notice]
    assert notify.mark_read(other, at=NOON, message_id=notice.pk) == 0
    assert notify.mark_read(user, at=NOON) == 1
    assert not notify.unread_for(user).exists()


class Gateway(BaseHTTPRequestHandler):
    """A text message gateway that answers what its test says."""

    answer = 200
    heard: list = []

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        self.heard.append((self.headers["Idempotency-Key"], json.loads(self.rfile.read(size))))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def gateway(settings):
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Gateway.answer, Gateway.heard = 200, []
    settings.EMBEDDED = True
    settings.SMS_WEBHOOK_URL = f"http://127.0.0.1:{server.server_port}/"
    yield Gateway
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.django_db
def test_a_gateway_that_fails_is_tried_again_with_the_same_key(gateway):
    message = write(channel="sms", to="13812345678")
    gateway.answer = 500
    run()
    assert state(message) == MessageState.FAILED

    gateway.answer = 200
    run(NOON + timedelta(minutes=1))

    assert state(message) == MessageState.SENT
    assert {key for key, _body in gateway.heard} == {str(message.uid)}
    assert gateway.heard[-1][1]["to"] == "13812345678"


@pytest.mark.django_db
def test_a_production_webhook_needs_https(settings):
    settings.EMBEDDED = False
    message = write(channel="webhook", to="http://127.0.0.1/")
    run(datetime(2026, 3, 2, 12, tzinfo=UTC))

    assert (state(message), message.error) == (MessageState.FAILED, "ValueError")
