"""Where cases come from besides phone and web: authorities, forums, the courier at the door."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from complaints import clocks, selectors, services
from complaints.enums import Clock, Missing
from complaints.models import Case, Forum, ForumLook, RegulatorFile
from courierqa.core.errors import DomainError
from courierqa.core.models import AuditEntry, ClockMiss, Message
from courierqa.core.privacy import tail_index
from shipments.models import Parcel
from tests.factories.complaints import open_case

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


# --- the regulator -------------------------------------------------------------------------------
def letter(**fields):
    today = timezone.localdate()
    given = {"key": str(uuid.uuid4()), "authority": "杭州市邮政管理局", "reference": "邮管申 12",
             "matter": "appeal", "forwarded_on": today - DAY, "reason": "lost",
             "words": "用户申诉：快件丢失", "phone": "13900000042",
             "waybill": "", "name": ""}  # fmt: skip
    return {**given, **fields}


@pytest.fixture
def desk(as_role, cast):
    return as_role("agent")


@pytest.mark.req("CMP-29")
def test_a_letter_becomes_a_case_with_the_due_time_of_the_reply(desk, cast):
    page = desk.post(reverse("complaints:regulator_new"), letter())

    case = Case.objects.get()
    row = RegulatorFile.objects.get()
    assert page.headers["Location"] == reverse("complaints:case", args=[case.number])
    assert (case.kind, case.channel, case.owner) == ("appeal", "regulator", cast.agent)
    assert case.regulator_due_at == row.due_at == clocks.regulator_due(row.forwarded_at, 10)
    assert Clock.REGULATOR in [run.clock for run in clocks.running(case)]
    assert selectors.needed_to_close(case) == [
        Missing.REPLY, Missing.LIABILITY, Missing.MONEY, Missing.CAUSE, Missing.REGULATOR,
    ]  # fmt: skip
    # An authority writes to us, not the customer: nobody gets a receipt.
    assert not Message.objects.filter(template="complaints/receipt").exists()
    register = desk.get(reverse("complaints:regulator")).content.decode()
    assert "邮管申 12" in register


def test_the_same_reference_is_one_file(desk):
    desk.post(reverse("complaints:regulator_new"), letter())
    again = desk.post(reverse("complaints:regulator_new"), letter())

    assert (again.status_code, Case.objects.count()) == (422, 1)
    assert Case.objects.get().number in again.content.decode()


@pytest.mark.parametrize(
    "fields",
    [{"authority": ""}, {"reference": " "}, {"forwarded_on": "2030-01-01"}, {"phone": "12"},
     {"due_on": "2020-01-01"}, {"reason": "nonsense"}, {"words": ""}],
)  # fmt: skip
def test_a_letter_that_says_too_little_is_refused_and_kept(desk, fields):
    page = desk.post(reverse("complaints:regulator_new"), letter(**fields))

    assert (page.status_code, Case.objects.count()) == (422, 0)


@pytest.mark.req("CMP-29")
def test_the_reply_is_recorded_once_and_stops_the_clock(desk, as_role, cast):
    desk.post(reverse("complaints:regulator_new"), letter())
    case = Case.objects.get()
    said = {"text": "已联系用户并退还运费", "reference": "速函 1", "outcome": "open"}
    url = reverse("complaints:case_regulator_reply", args=[case.number])

    assert desk.post(url, {"text": ""}).status_code == 422
    assert desk.post(url, said).status_code == 302
    assert desk.post(url, said).status_code == 422

    case.refresh_from_db()
    row = case.regulator_file
    assert (row.replied_by, row.reply_reference) == (cast.agent, "速函 1")
    assert case.regulator_replied_at == row.replied_at
    as_role("lead").post(
        reverse("complaints:regulator_outcome", args=[row.pk]), {"outcome": "valid"}
    )
    row.refresh_from_db()
    assert row.outcome == "valid"
    listed = desk.get(reverse("complaints:regulator"), {"view": "answered"})
    assert [one for one, _clock in listed.context["rows"]] == [row]


def test_a_letter_nobody_replied_to_is_missed_and_climbs(desk, cast):
    desk.post(reverse("complaints:regulator_new"), letter())
    case = Case.objects.get()

    services.check_clocks(now=case.regulator_due_at + 3 * DAY)

    misses = ClockMiss.objects.filter(object_id=case.pk, clock="regulator")
    assert misses.get().due_at == case.regulator_due_at
    assert Message.objects.filter(template="complaints/overdue_regulator").exists()


def test_a_customer_cannot_withdraw_what_an_authority_asks(desk, cast):
    desk.post(reverse("complaints:regulator_new"), letter())
    case = Case.objects.get()

    with pytest.raises(DomainError) as refused:
        services.withdraw_case(case=case, by=cast.agent, at=timezone.now(), reason="不申诉了")

    assert refused.value.code == "regulator_waits"


def test_the_register_is_exported_and_the_export_logged(as_role, desk):
    desk.post(reverse("complaints:regulator_new"), letter(reference="=1+1"))

    page = as_role("auditor").get(reverse("complaints:regulator_csv"))

    text = b"".join(page.streaming_content).decode("utf-8-sig")
    assert "'=1+1" in text
    assert AuditEntry.objects.filter(action="regulator.export").count() == 1


@pytest.mark.parametrize("files", [1, 3])
def test_register_query_count_is_flat(desk, files, django_assert_num_queries):
    for number in range(files):
        desk.post(reverse("complaints:regulator_new"), letter(reference=f"邮管申 {number}"))

    with django_assert_num_queries(7):
        page = desk.get(reverse("complaints:regulator"))

    assert len(page.context["rows"]) == files


# --- forums --------------------------------------------------------------------------------------
@pytest.fixture
def forum(cast):
    values = {"name": "黑猫投诉", "url": "https://tousu.example/", "watcher": cast.agent,
              "every_days": 2, "is_active": True}  # fmt: skip
    return services.save_forum(None, values=values, by=cast.lead, at=timezone.now() - 3 * DAY)


@pytest.mark.req("CMP-28")
def test_only_the_named_person_records_a_look(desk, as_role, forum, cast):
    url = reverse("complaints:forum", args=[forum.pk])

    assert as_role("lead").post(url, {"found": 1}).status_code == 403
    assert desk.post(url, {"found": 2, "note": "两条催件"}).status_code == 302

    look = ForumLook.objects.get()
    assert (look.by, look.found) == (cast.agent, 2)
    assert Forum.objects.get().next_due_at > timezone.now() + DAY
    with pytest.raises(DatabaseError), transaction.atomic():
        ForumLook.objects.update(found=0)


@pytest.mark.req("CMP-28")
def test_a_post_becomes_a_case_with_its_link_and_owner(desk, forum, cast):
    page = desk.get(reverse("complaints:case_new"), {"forum": forum.pk})
    form = page.context["form"]
    assert form["channel"].value() == "forum"

    data = {"key": str(uuid.uuid4()), "who": "网友小何", "reason": "no-notice", "words": "没通知",
            "channel": "forum", "forum": forum.pk,
            "source_url": "https://tousu.example/1"}  # fmt: skip
    desk.post(reverse("complaints:case_new"), data)

    case = Case.objects.get()
    assert (case.forum, case.source_url, case.owner) == (
        forum, "https://tousu.example/1", cast.agent,
    )  # fmt: skip
    assert (
        "https://tousu.example/1"
        in desk.get(reverse("complaints:case", args=[case.number])).content.decode()
    )
    assert selectors.forums(None).get().opened == 1


def test_a_link_that_is_none_is_refused(desk, forum):
    data = {"key": str(uuid.uuid4()), "who": "网友", "reason": "no-notice", "words": "没通知",
            "channel": "forum", "source_url": "javascript:alert(1)"}  # fmt: skip

    assert desk.post(reverse("complaints:case_new"), data).status_code == 422


def test_a_forum_is_added_once_and_can_be_left(as_role, cast, forum):
    lead = as_role("lead")
    data = {
        "name": "黑猫投诉",
        "url": "https://x.example/",
        "watcher": cast.agent.pk,
        "every_days": 1,
    }

    assert lead.post(reverse("complaints:forum_new"), data).status_code == 422
    assert lead.post(reverse("complaints:forum_edit", args=[forum.pk]), data).status_code == 302

    forum.refresh_from_db()
    assert (forum.is_active, forum.every_days) == (False, 1)


# --- the courier at the door ---------------------------------------------------------------------
@pytest.fixture
def held(parcel, cast):
    Parcel.objects.filter(pk=parcel.pk).update(holder=cast.courier.employee)
    return parcel


@pytest.mark.req("CMP-01", "CMP-20")
def test_a_courier_registers_a_complaint_for_a_parcel_of_the_round(as_role, held, cast):
    courier = as_role("courier")
    data = {"key": str(uuid.uuid4()), "waybill": held.waybill.lower(), "reason": "damaged",
            "words": "箱子压坏了"}  # fmt: skip

    page = courier.post(reverse("complaints:courier_case"), data, follow=True)

    case = Case.objects.get()
    assert (case.channel, case.parcel, case.first_responder) == ("courier", held, cast.courier)
    assert (case.owner, case.phone_index != "") == (cast.agent, True)
    assert case.number in page.content.decode()
    assert Message.objects.filter(
        recipient_user=cast.agent, template="complaints/assigned"
    ).exists()
    # Sent again after a lost answer it is the same case.
    courier.post(reverse("complaints:courier_case"), data)
    assert Case.objects.count() == 1


def test_a_parcel_of_somebody_else_looks_like_none(as_role, parcel):
    courier = as_role("courier")
    data = {"key": str(uuid.uuid4()), "reason": "damaged", "words": "箱子压坏了"}

    answers = [
        courier.post(reverse("complaints:courier_case"), data | {"waybill": waybill})
        for waybill in (parcel.waybill, "YT0000000000000")
    ]

    assert {page.status_code for page in answers} == {422}
    errors = {str(page.context["form"].errors["waybill"]) for page in answers}
    assert (len(errors), Case.objects.count()) == (1, 0)


# --- the tail of a phone number ------------------------------------------------------------------
def test_the_last_four_digits_find_cases_and_parcels(desk, team, parcel):
    Parcel.objects.filter(pk=parcel.pk).update(
        recipient_tail_index=tail_index("13900000042", site_id=parcel.destination_id)
    )
    case = open_case(by=team.ana, parcel=parcel)
    open_case(by=team.ana, phone="13800000099")

    found = desk.get("/complaints/", {"view": "all", "q": "0042"}).context["rows"]
    caller = desk.post(reverse("complaints:find_caller"), {"who": "0042"}).context

    assert [one for one, _clock in found] == [case]
    assert (caller["parcels"], caller["cases"]) == ([parcel], [case])


@pytest.mark.req("CMP-22")
@pytest.mark.parametrize("kind", ["query", "suggestion"])
def test_a_question_needs_its_answer_and_nothing_else(desk, cast, kind):
    data = {"key": str(uuid.uuid4()), "who": "13900000042", "reason": "other",
            "words": "几点下班？", "kind": kind}  # fmt: skip
    desk.post(reverse("complaints:case_new"), data)
    case = Case.objects.get()
    assert (case.kind, selectors.needed_to_close(case)) == (kind, [Missing.REPLY])

    services.reply(case=case, text="20 点", by=cast.agent, at=timezone.now(), final=True)
    services.close_case(case=case, by=cast.agent, at=timezone.now())

    assert (case.status, case.followups.count()) == ("closed", 0)


def test_an_appeal_is_not_typed_into_the_phone_form(desk):
    data = {"key": str(uuid.uuid4()), "who": "13900000042", "reason": "other", "words": "申诉",
            "kind": "appeal"}  # fmt: skip

    assert desk.post(reverse("complaints:case_new"), data).status_code == 422
