"""A courier's way in a real browser: hired, inducted, examined on a phone, at work, found liable,
graded, heard, graded again, and barred when the certificate ends."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Case
from complaints.services import finish_rulings
from courierqa.core.calendars import business_day, day_start
from kpi import grading
from shipments.models import Parcel, Round
from shipments.services import give_out
from staff import services
from staff.enums import CourseKind
from staff.models import Attempt, Certificate, Course, Employee, Exam
from tests.factories import shipments as make
from tests.factories.complaints import open_case
from tests.journeys.test_complaint import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# As many as one must deliver to be graded, and a few more; on so many days of the month.
PARCELS, DAYS = 105, 12
GUARDED = "prohibited-goods"


def last_month(now: datetime) -> tuple[str, datetime]:
    """Return the month that ended and the noon of its first day."""
    ended = business_day(now).replace(day=1) - timedelta(days=1)
    return f"{ended:%Y-%m}", day_start(ended.replace(day=1)) + timedelta(hours=12)


def press(page: Any, selector: str) -> None:
    """Press a button that sends a form, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(selector).last.click()


def hire(page: Any, url: str, site: Any, first: datetime) -> Employee:
    """HR takes a courier on; without a background check the form says so and keeps the rest."""
    page.goto(f"{url}/staff/new/")
    page.fill("[name=number]", "E9001")
    page.fill("[name=name]", "马超")
    page.select_option("[name=post]", "courier")
    page.select_option("[name=site]", site.code)
    page.fill("[name=hired_on]", f"{business_day(first):%Y-%m-%d}")
    page.check("[name=activate]")
    press(page, "main form button[type=submit]")
    page.locator(".error-summary").wait_for()
    assert page.input_value("[name=name]") == "马超"
    page.fill("[name=background_checked_on]", f"{business_day(first) - timedelta(days=9):%Y-%m-%d}")
    page.select_option("[name=background_result]", "clear")
    press(page, "main form button[type=submit]")
    assert page.url.endswith("/staff/E9001/")
    return Employee.objects.get(number="E9001")


def induct(person: Employee) -> None:
    """What the post asks of somebody new came by itself; it is read and passed."""
    owed = {row.course.code for row in person.assignments.all()}
    wanted = person.post.courses.filter(kind=CourseKind.INDUCTION)
    assert owed >= set(wanted.values_list("code", flat=True))
    client = Client()
    client.force_login(person.user)
    for course in wanted:
        client.post(reverse("staff:exam_start", args=[course.code]))
        attempt = Attempt.objects.get(exam=course.exam, employee=person)
        for place, question in enumerate(attempt.paper):
            client.post(reverse("staff:exam_answer", args=[attempt.pk]),
                        {"place": place, "key": question["correct"]})  # fmt: skip
        client.post(reverse("staff:exam_finish", args=[attempt.pk]))
        attempt.refresh_from_db()
        assert attempt.state == "passed"


def examine(page: Any, url: str, person: Employee) -> None:
    """On the phone: a lesson, then one question a screen, kept at once, found again after a
    reload."""
    page.goto(f"{url}/training/courses/{GUARDED}/1/")
    press(page, "main form button.btn-primary")
    page.goto(f"{url}/training/courses/{GUARDED}/")
    page.locator(".staff-start").tap()
    page.wait_for_url("**/take/**")
    attempt = Attempt.objects.get(exam__course__code=GUARDED, employee=person)
    for place, question in enumerate(attempt.paper):
        assert page.locator("legend.exam-text").count() == 1
        choice = page.locator(f'input[name=key][value="{question["correct"]}"]')
        with page.expect_response("**/answer/"):
            choice.locator("xpath=ancestor::label").tap()
        if place == 1:
            page.reload()
            assert choice.is_checked()
        if place < len(attempt.paper) - 1:
            page.locator('button[value="next"]').tap()
            page.wait_for_url(f"**?n={place + 2}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".exam-end button").tap()
    page.wait_for_url("**/result/")
    assert "100%" in page.inner_text(".staff-verdict")
    assert Certificate.objects.filter(employee=person, course__code=GUARDED).exists()


def work(person: Employee, site: Any, first: datetime) -> Parcel:
    """A month of pickups and deliveries in time; return the parcel somebody complains about."""
    for number in range(PARCELS):
        at = first + timedelta(days=number % DAYS, minutes=number)
        parcel = make.order(origin=site, destination=site, at=at - timedelta(hours=5))
        make.accept(parcel, at - timedelta(hours=4), person=person)
        make.deliver(parcel, at, person=person)
    return parcel


def complain(
    browser_page: Any, url: str, cast: Any, person: Employee, parcel: Parcel, at: datetime
) -> Case:
    """A customer complains; a named agent decides on evidence, and nobody appeals in time."""
    case = open_case(by=cast.agent, at=at, waybill=parcel.waybill, reason="rude-courier")
    page = browser_page(user=cast.agent)
    desk = Desk(page, url, case)
    desk.send("liability", liability="ours", site=str(person.site_id), person=person.number,
              evidence="通话录音：未联系收件人即放门口")  # fmt: skip
    page.goto(f"{url}/complaints/{case.number}/investigation/")
    assert person.name in page.inner_text("#part-rulings")
    assert "未联系收件人" in page.inner_text("#part-rulings")
    assert finish_rulings(now=timezone.now() + timedelta(days=8)) == 1
    case.refresh_from_db()
    assert case.liability_final_at is not None
    return case


def follow_every_point(page: Any, url: str, case: Case) -> None:
    """From each part with points to the records that were counted, by the links of the page."""
    links = page.locator(".grade-table tbody a").evaluate_all("all => all.map(one => one.href)")
    rows = page.locator(".grade-table tbody tr:not(.is-empty)")
    assert len(links) == rows.count() >= 5
    for link in links:
        page.goto(f"{link}?show=all")
        counted = int(page.locator(".tabs [aria-current] b").inner_text().replace(",", ""))
        assert counted > 0, link
        assert page.locator("tbody tr").count() == min(counted, 50)
    page.goto(next(link for link in links if "/C02/" in link))
    assert case.number in page.inner_text("tbody")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def object_to(page: Any, address: str) -> None:
    page.goto(address)
    assert page.locator(".grade-big").inner_text().strip().endswith("B")
    page.locator("details.staff-more summary").tap()
    page.fill("[name=text]", "收件人事先同意放门口，有短信为证")
    press(page, "details.staff-more button")


def decide(page: Any, address: str) -> None:
    """Somebody else than who confirmed agrees and leaves the complaint out."""
    page.goto(address)
    page.select_option("[name=outcome]", "upheld")
    page.check('[name=leave_out][value="C02"]')
    page.fill("[name=decision]", "短信属实，责任改判")
    press(page, 'form[action$="/decide/"] button')


def refuse_round(page: Any, url: str, person: Employee, parcel: Parcel) -> None:
    """The supervisor wants to give out a parcel; the page names the certificate that ended."""
    page.goto(f"{url}/rounds/new/")
    page.select_option("[name=courier]", person.number)
    page.check(f'[name=parcels][value="{parcel.waybill}"]')
    press(page, "main form button[type=submit]")
    said = page.inner_text(".error-summary")
    assert str(Course.objects.get(code=GUARDED)) in said
    assert person.name in said
    assert page.locator(f'[name=parcels][value="{parcel.waybill}"]').is_checked()


@pytest.mark.req("TRN-02", "STF-13", "ASM-02", "ASM-12")
def test_a_courier_is_hired_examined_graded_heard_and_barred(browser_page, live_server, cast):
    url, now, site = live_server.url, timezone.now(), cast.station
    month, first = last_month(now)
    Exam.objects.update(size=3)
    person = hire(browser_page(user=cast.hr), url, site, first)
    user, _secret = services.create_login(person, by=cast.admin, at=now)
    services.change_own_password(user, "a sentence of her own", at=now)
    services.grant_role(user, "courier", site, at=first)
    person.refresh_from_db()
    induct(person)
    course = Course.objects.get(code=GUARDED)
    services.assign_course(person, course, due_on=business_day(now) + timedelta(9), at=now)
    phone = browser_page(user=user, width=390, height=844)
    examine(phone, url, person)

    parcel = work(person, site, first)
    case = complain(browser_page, url, cast, person, parcel, first + timedelta(days=DAYS))
    grading.grade_month(month, now=now)
    address = f"{url}{reverse('staff:grade', args=[person.number, month])}"
    office = browser_page(user=cast.hr)
    office.goto(address)
    press(office, 'form[action$="/confirm/"] button')

    phone.goto(address)
    follow_every_point(phone, url, case)
    object_to(phone, address)
    decide(browser_page(user=cast.quality), address)
    phone.goto(address)
    newest, before = person.assessments.all()
    assert [(row.version, row.grade, row.state) for row in (newest, before)] == [
        (2, "A", "final"), (1, "B", "final"),
    ]  # fmt: skip
    assert (before.confirmed_by, before.objection.decided_by) == (cast.hr, cast.quality)
    assert newest.confirm_note == before.objection.decision == "短信属实，责任改判"
    # Without the complaint every part is as good as before.
    assert re.search(r"\bA\b", phone.inner_text(".grade-big"))

    waiting = make.order(origin=site, destination=site, at=now - timedelta(hours=3))
    make.accept(waiting, now - timedelta(hours=2))
    make.tell(make.scan(waiting, "AST", now - timedelta(hours=1), site_id=site.pk))
    ended = Certificate.objects.get(employee=person, course=course).expires_on
    row = give_out(courier=person, site=site, day=ended - timedelta(days=1), parcels=[], at=now,
                   actor=cast.supervisor)  # fmt: skip
    assert row.courier == person
    Certificate.objects.filter(course=course).update(expires_on=business_day(now))
    refuse_round(browser_page(user=cast.supervisor), url, person, waiting)
    assert not Round.objects.filter(courier=person, stops__parcel=waiting).exists()
