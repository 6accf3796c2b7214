"""Changing the rules of cases: every setting does something, old cases keep what they had."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from complaints import clocks, selectors, services
from complaints.enums import Channel, Clock
from complaints.ladder import PROPOSED, STANDARD, Ladder
from complaints.models import (
    Case,
    CaseRules,
    ChannelSetting,
    PauseReason,
    Procedure,
    Reason,
    Transfer,
)
from complaints.services.settings import REASON_FIELDS
from courierqa.core.errors import DomainError, StaleEdit
from courierqa.core.models import AuditEntry, Calendar, Message
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def put(by, **changes):
    rules = selectors.case_rules()
    names = ("reopen_days", "transfer_hours", "follow_up_hours", "follow_up_tries",
             "try_again_hours", "regulator_days", "calendar_code", "ladder")  # fmt: skip
    said = services.RulesText(**({name: getattr(rules, name) for name in names} | changes))
    return services.save_rules(said=said, why="试行", seen_version=rules.version, by=by, at=AT)


def closed(team):
    case = open_case(by=team.ana, kind="query", reason="other")
    services.reply(case=case, text="可以", by=team.ana, at=AT, final=True)
    return services.close_case(case=case, by=team.ana, at=AT)


def reopens_after(team, days):
    try:
        services.reopen_case(case=closed(team), by=team.lea, at=AT + days * DAY, reason="又来")
    except DomainError as error:
        return error.code
    return "open"


def call_due(team):
    case = open_case(by=team.ana)
    services.reply(case=case, text="已送达", by=team.ana, at=AT, final=True)
    return case.followups.get().due_at


def unheard(team):
    case = open_case(by=team.ana)
    services.reply(case=case, text="已送达", by=team.ana, at=AT, final=True)
    row, call = case.followups.get(), services.Call("no_answer")
    row = services.record_followup(followup=row, call=call, by=team.ben, at=AT + DAY)
    return row.done_at is not None, row.due_at


def helper_due(team):
    case = open_case(by=team.ana)
    services.transfer(case=case, to_user=team.ben, question="查", by=team.ana, at=AT)
    return Transfer.objects.get(case=case).due_at


def letter_due(team):
    intake = services.Intake(
        key=f"letter-{Case.objects.count()}", reason=Reason.objects.get(code="lost"),
        channel=Channel.REGULATOR, words="申诉转办", kind="appeal", received_at=AT,
    )  # fmt: skip
    letter = services.Forwarded("市邮政管理局", f"ZS-{Case.objects.count()}", "appeal", AT)
    return services.open_regulator_case(intake, letter, by=team.ana, at=AT).regulator_due_at


def working_due(team):
    reason = Reason(code="x", clock_kind="working_hours", first_hours=20, resolve_hours=40)
    rules = selectors.case_rules()
    return clocks.first_due(reason, AT, selectors.calendar_for(None, rules))


def first_look(team):
    return open_case(by=team.ana).next_check_at


SETTINGS = {
    "reopen_days": (20, lambda team: reopens_after(team, 25)),
    "transfer_hours": (8, helper_due),
    "follow_up_hours": (48, call_due),
    "follow_up_tries": (1, unheard),
    "try_again_hours": (9, unheard),
    "regulator_days": (5, letter_due),
    "calendar_code": ("24/7", working_due),
    "ladder": ({**PROPOSED, "first": [30, 0, 240, 1440]}, first_look),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_every_rule_does_something(team, name):
    value, look = SETTINGS[name]
    before = look(team)

    put(team.max, **{name: value})

    assert look(team) != before


def test_every_minute_of_the_ladder_moves_its_moment():
    for clock in PROPOSED:
        run = clocks.Running(Clock(clock), AT, AT + 9 * DAY, None)
        before = list(clocks.moments(run, STANDARD))
        for place in range(4):
            minutes = list(PROPOSED[clock])
            minutes[place] += 30
            after = list(clocks.moments(run, Ladder({**PROPOSED, clock: minutes})))
            moved = [one != two for one, two in zip(before, after, strict=True)]
            assert moved == [step == place for step in range(4)]


def test_a_case_in_hand_keeps_its_targets(team):
    case = open_case(by=team.ana)
    reason = case.reason
    values = {name: getattr(reason, name) for name in REASON_FIELDS}
    services.save_reason(
        reason, values=values | {"first_hours": 1, "resolve_hours": 5, "severity": 4}, by=team.max,
        at=AT,
    )  # fmt: skip

    case.refresh_from_db()
    new = open_case(by=team.ana)
    assert (case.first_due_at - AT, new.first_due_at - AT) == (2 * HOUR, HOUR)
    assert (case.resolve_due_at - AT, new.resolve_due_at - AT) == (72 * HOUR, 5 * HOUR)
    assert (case.severity, new.severity) == (3, 4)
    # Taken up again, the old case still runs by what it was promised.
    services.reply(case=case, text="已送达", by=team.ana, at=AT, final=True)
    services.reopen_case(case=case, by=team.lea, at=AT + DAY, reason="又来")
    assert case.resolve_due_at == AT + DAY + 72 * HOUR


@pytest.mark.req("CMP-13")
def test_no_target_may_promise_more_than_the_law(team):
    reason = Reason.objects.get(code="lost")
    values = {name: getattr(reason, name) for name in REASON_FIELDS}

    for changes, field in (({"resolve_hours": 169}, "resolve_hours"),
                           ({"first_hours": 90, "resolve_hours": 80}, "first_hours")):  # fmt: skip
        with pytest.raises(DomainError) as refused:
            services.save_reason(reason, values=values | changes, by=team.max, at=AT)
        assert refused.value.field == field


def test_working_hours_follow_the_calendar_of_the_site(team, parcel):
    reason = Reason.objects.get(code="lost")
    values = {name: getattr(reason, name) for name in REASON_FIELDS}
    services.save_reason(
        reason, values=values | {"clock_kind": "working_hours"}, by=team.max, at=AT
    )

    # Wednesday 10:41 and two working hours: lunch is from 12 to 13.
    assert open_case(by=team.ana, parcel=parcel).first_due_at == AT + 3 * HOUR
    parcel.destination.calendar = Calendar.objects.get(code="24/7")
    parcel.destination.save()
    assert open_case(by=team.ana, parcel=parcel).first_due_at == AT + 2 * HOUR


def test_two_editors_do_not_overwrite_each_other(team):
    put(team.max, reopen_days=10)
    with pytest.raises(StaleEdit):
        services.save_rules(
            said=services.RulesText(9, 24, 24, 3, 4, 10, "CN", PROPOSED), why="另一人",
            seen_version=1, by=team.max, at=AT,
        )  # fmt: skip

    assert CaseRules.objects.first().reopen_days == 10
    assert AuditEntry.objects.filter(action="case_rules.publish").count() == 1


def test_a_ladder_that_does_not_rise_is_refused(team):
    with pytest.raises(DomainError) as refused:
        put(team.max, ladder={**PROPOSED, "legal": [60, 240, 0, 1440]})

    assert refused.value.field == "legal_2"


# --- pages ---------------------------------------------------------------------------------------
PAGES = ("case_rules", "case_reasons", "case_pauses", "case_procedures", "case_channels")


@pytest.mark.parametrize("name", PAGES)
def test_settings_are_read_by_agents_and_changed_by_quality(as_role, name):
    read = as_role("agent").get(reverse(f"complaints:{name}"))

    assert read.status_code == 200
    assert as_role("courier").get(reverse(f"complaints:{name}")).status_code == 403
    assert as_role("agent").post(reverse(f"complaints:{name}")).status_code in (403, 405)


def test_the_page_writes_the_next_version_and_says_why(as_role):
    quality = as_role("quality")
    page = quality.get(reverse("complaints:case_rules"))
    data = {field.name: field.value() for field in page.context["form"]}

    empty = quality.post(reverse("complaints:case_rules"), data | {"reopen_days": 15})
    assert (empty.status_code, CaseRules.objects.count()) == (422, 1)
    quality.post(reverse("complaints:case_rules"), data | {"reopen_days": 15, "why": "客户要求"})

    row = CaseRules.objects.first()
    assert (row.version, row.reopen_days, row.why) == (2, 15, "客户要求")


def test_a_reason_is_added_in_both_languages_and_offered(as_role, team):
    data = {"code": "smell", "name": "异味", "name_en": "Bad smell", "case_class": "service",
            "group": 3, "position": 9, "severity": 2, "first_hours": 4, "resolve_hours": 48,
            "clock_kind": "hours", "is_active": "on"}  # fmt: skip
    quality = as_role("quality")

    assert quality.post(reverse("complaints:case_reason_new"), data).status_code == 302
    assert quality.post(reverse("complaints:case_reason_new"), data).status_code == 422
    assert "异味" in as_role("agent").get(reverse("complaints:case_new")).content.decode()
    off = {name: value for name, value in data.items() if name != "is_active"}
    quality.post(reverse("complaints:case_reason", args=["smell"]), off)
    assert "异味" not in as_role("agent").get(reverse("complaints:case_new")).content.decode()


def test_a_pause_reason_switched_off_is_not_offered(as_role, team):
    row = PauseReason.objects.get(code="authority")
    data = {"name": row.name, "name_en": row.name_en, "most_hours": 24, "position": 1}

    as_role("quality").post(reverse("complaints:case_pause_reason", args=["authority"]), data)

    row.refresh_from_db()
    assert (row.is_active, row.most_hours, row.is_proposal) == (False, 24, False)
    with pytest.raises(DomainError) as refused:
        services.pause_case(case=open_case(by=team.ana), reason=row, note="等", by=team.ana, at=AT)
    assert refused.value.code == "not_offered"


@pytest.mark.req("CMP-14")
def test_each_class_has_a_procedure_shown_where_it_is_needed(as_role, team):
    row = Procedure.objects.get(case_class="fee")
    quality, agent = as_role("quality"), as_role("agent")
    url = reverse("complaints:case_procedure", args=["fee"])
    data = {"steps": "先退款\n再道歉", "steps_en": "Refund\nApologise", "remedies": "双倍退款",
            "remedies_en": "Refund twice"}  # fmt: skip

    uneven = quality.post(url, data | {"steps_en": "Refund"})
    assert (uneven.status_code, row.is_proposal) == (422, True)
    quality.post(url, data)

    case = open_case(by=team.ana, reason="overcharge")
    for page in (reverse("complaints:case_new"), reverse("complaints:case", args=[case.number])):
        text = agent.get(page).content.decode()
        assert "先退款" in text
        assert "双倍退款" in text


@pytest.mark.req("CMP-01")
def test_a_channel_switched_off_is_not_offered_and_the_law_keeps_its_doors_open(as_role, team):
    quality, agent = as_role("quality"), as_role("agent")
    url = reverse("complaints:case_channels")
    rows = ChannelSetting.objects.all()
    data = {f"offered-{row.channel}": "on" for row in rows if row.channel not in ("sms", "web")}
    data |= {f"receipt-{row.channel}": "on" for row in rows if row.channel != "phone"}

    assert quality.post(url, data).status_code == 422
    assert quality.post(url, data | {"offered-web": "on"}).status_code == 302

    form = agent.get(reverse("complaints:case_new")).context["form"]
    assert [code for code, _name in form.fields["channel"].choices] == [
        "phone", "email", "courier", "forum",
    ]  # fmt: skip
    open_case(by=team.ana)
    assert not Message.objects.filter(template="complaints/receipt").exists()
