"""The audit log, the runs and the notices as their readers see them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courierqa.core import approvals, audit, notify, outbox
from courierqa.core.enums import EffectState
from courierqa.core.models import AuditEntry, Effect, JobRun, Message
from tests.factories import core as make

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def signed_in(role, **fields):
    client = Client()
    client.user = make.person(role, **fields)
    client.force_login(client.user)
    return client


def trail():
    liu, wang = make.person("agent", name="刘洋"), make.person("lead", name="王芳")
    audit.record("case.reveal", liu, actor=liu, at=NOW, fields=["phone"], reason="回电")
    audit.record("case.change", wang, actor=wang, at=NOW + timedelta(days=1), reason="改派")
    audit.record("report.export", wang, actor=wang, at=NOW + timedelta(days=2))
    return liu, wang


def shown(client, **query):
    answer = client.get("/audit/", query)
    assert answer.status_code == 200
    return [entry.action for entry in answer.context["page"]]


def test_the_log_shows_everything_newest_first():
    trail()

    assert shown(signed_in("auditor")) == ["report.export", "case.change", "case.reveal"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"verb": "reveal"}, ["case.reveal"]),
        ({"person": "刘洋"}, ["case.reveal"]),
        ({"person": "nobody"}, []),
        ({"from_day": "2026-03-03", "to_day": "2026-03-03"}, ["case.change"]),
        ({"to_day": "2026-03-02"}, ["case.reveal"]),
    ],
)
def test_the_filters_live_in_the_address(query, found):
    trail()

    assert shown(signed_in("auditor"), **query) == found


def test_an_object_is_found_by_its_number_or_its_row():
    liu, _wang = trail()
    client = signed_in("auditor")

    assert shown(client, object=liu.username) == ["case.reveal"]
    assert shown(client, object=f"staff.user:{liu.pk}") == ["case.reveal"]


@pytest.mark.parametrize(
    "query", ["from_day=0000-00-00", "verb=nonsense", "object=" + "x" * 99, "from_day=%27;--"]
)
def test_a_bad_filter_is_named_and_not_a_fault(query):
    assert signed_in("auditor").get(f"/audit/?{query}").status_code == 422


@pytest.mark.parametrize("query", ["after=x", "before=%F0%9F", "after=W10", "page=-1"])
def test_a_bad_page_gives_the_first(query):
    assert signed_in("auditor").get(f"/audit/?{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_log_asks_the_same_number_of_questions_for_any_length(
    count, django_assert_max_num_queries
):
    for number in range(count):
        audit.record("case.change", actor=None, at=NOW, reason=str(number))
    client = signed_in("auditor")

    with django_assert_max_num_queries(9):
        client.get("/audit/")


@pytest.mark.req("INF-02")
@pytest.mark.parametrize(
    ("role", "page", "export"),
    [("auditor", 200, 200), ("admin", 200, 403), ("quality", 200, 403), ("agent", 403, 403),
     ("courier", 403, 403), ("manager", 403, 403)],
)  # fmt: skip
def test_who_may_read_and_export_the_log(role, page, export):
    client = signed_in(role)

    assert client.get("/audit/").status_code == page
    assert client.get("/audit/audit.csv").status_code == export
    assert client.get("/audit/chain.jsonl").status_code == export


@pytest.mark.req("INF-03")
def test_an_export_holds_what_is_shown_and_is_logged_itself():
    trail()
    client = signed_in("auditor")

    answer = client.get("/audit/audit.csv?verb=reveal")

    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row["action"] for row in rows] == ["case.reveal"]
    entry = AuditEntry.objects.get(action="audit.export")
    assert (entry.actor_id, entry.reason) == (client.user.pk, "verb=reveal")
    assert entry.seal.hash


def test_the_button_verifies_the_chain_and_says_so():
    trail()
    client = signed_in("auditor")

    answer = client.post("/audit/verify/", follow=True)

    assert audit.head()[1][:12] in answer.content.decode()
    assert AuditEntry.objects.filter(action="audit.verify").exists()


def looked(user, times, at):
    for _turn in range(times):
        audit.record("parcel.reveal", user, actor=user, at=at, reason="回电")


@pytest.mark.req("INF-06")
def test_unusual_looking_up_is_listed_and_usual_is_not():
    now = timezone.now()
    curious, busy, calm = (make.person("agent", name=name) for name in ("好奇", "忙碌", "平常"))
    looked(curious, 12, now)
    looked(busy, 12, now)
    looked(busy, 150, now - timedelta(days=10))
    looked(calm, 9, now)

    page = signed_in("auditor").get("/audit/")

    assert [(row["actor_name"], row["count"]) for row in page.context["unusual"]] == [("好奇", 12)]
    assert "好奇" in page.content.decode()


def test_no_method_can_edit_the_log():
    client = signed_in("auditor")

    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)("/audit/").status_code == 405


# --- runs -----------------------------------------------------------------------------------


def test_runs_show_progress_failures_and_what_was_parked():
    JobRun.objects.create(name="kpi.refresh", started_at=NOW, done=3, total=4)
    JobRun.objects.create(name="report", started_at=NOW, ended_at=NOW, ok=False, error="OSError")
    Effect.objects.create(key="k", kind="test.x", state=EffectState.PARKED, last_error="KeyError")

    text = signed_in("quality").get("/runs/").content.decode()

    assert "75" in text
    assert "OSError" in text
    assert "KeyError" in text


def test_only_an_administrator_lets_a_parked_effect_try_again():
    row = Effect.objects.create(key="k", kind="test.x", state=EffectState.PARKED)
    address = f"/runs/effects/{row.pk}/retry/"

    assert signed_in("quality").post(address).status_code == 403
    assert signed_in("admin").post(address).status_code == 302
    row.refresh_from_db()
    assert row.state == EffectState.WAITING
    assert signed_in("admin").post(address).status_code == 404
    assert signed_in("admin").post("/runs/effects/99999999999999999999/retry/").status_code == 404


# --- notices --------------------------------------------------------------------------------


def notice(user, link="/audit/"):
    return Message.objects.create(
        key=f"n{user.pk}{link}", channel="in_app", template="t", language="zh-hans", subject="到期",
        body="正文", recipient_user=user, not_before=NOW, link=link,
    )  # fmt: skip


def test_notices_are_mine_alone():
    client, other = signed_in("agent"), signed_in("agent")
    row = notice(client.user)

    assert "到期" in client.get("/notices/").content.decode()
    assert "到期" not in other.get("/notices/").content.decode()
    assert other.post(f"/notices/{row.pk}/open/").status_code == 404


def test_opening_a_notice_marks_it_and_goes_where_it_points():
    client = signed_in("agent")
    row = notice(client.user)

    assert client.post(f"/notices/{row.pk}/open/").url == "/audit/"
    assert not notify.unread_for(client.user).exists()


def test_a_notice_never_leads_outside():
    client = signed_in("agent")
    row = notice(client.user, link="https://evil.example/")

    assert client.post(f"/notices/{row.pk}/open/").url == "/notices/"


def test_all_notices_are_read_at_once():
    client = signed_in("agent")
    notice(client.user)
    notice(client.user, link="/x/")

    client.post("/notices/read/")

    assert not notify.unread_for(client.user).exists()


@pytest.mark.req("ROL-03")
def test_home_shows_what_waits_for_my_decision():
    agent, lead = signed_in("agent"), signed_in("lead")
    approvals.request_approval(
        kind="claim", obj=agent.user, title="赔付 ¥88.00", needs_role="lead", by=agent.user, at=NOW,
        fingerprint="f", link="/complaints/",
    )  # fmt: skip

    assert "赔付" in lead.get("/home/approvals/").content.decode()
    assert "赔付" not in agent.get("/home/approvals/").content.decode()


def test_home_does_not_repeat_the_navigation():
    """Three bands; beside the navigation no page is offered twice."""
    text = signed_in("manager").get("/").content.decode()
    main = text[text.index("<main") : text.index("</main>")]

    assert main.count("<section") == 3
    assert main.count("href=") < 12


def test_pages_speak_both_languages():
    client = signed_in("admin")
    for address in ("/audit/", "/runs/", "/notices/"):
        for language in ("zh-hans", "en"):
            client.cookies["django_language"] = language
            assert client.get(address).status_code == 200


def test_waiting_effects_are_counted():
    outbox.emit("test.x", "k", {})

    assert signed_in("admin").get("/runs/").context["states"][0][1] == 1
