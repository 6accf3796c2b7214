"""Fields nobody asked for, and HR files that are not what they should be (reliability.md §3)."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import timezone

from courierqa.core.imports import Choices
from courierqa.core.models import ImportRun
from staff import services
from staff.imports import import_people
from staff.models import Assessment, Employee, Grant, LedgerEntry, User
from tests.factories.staff import (
    AssessmentSchemeFactory,
    CourierFactory,
    PostFactory,
    SiteFactory,
    SupervisorFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db
# What a form never asks for and a model could store; names of several models together.
EXTRA = {
    "id": "1", "pk": "1", "uid": "00000000-0000-4000-8000-000000000000", "user": "1",
    "user_id": "1", "is_staff": "1", "is_superuser": "1", "is_active": "0", "password": "x",
    "state": "final", "status": "final", "role": "admin", "roles": "admin", "grants": "admin",
    "site_id": "1", "post_id": "1", "left_on": "2020-01-01", "phone_index": "x",
    "created_at": "2001-01-01", "updated_at": "2001-01-01", "created_by": "1", "by": "1",
    "actor": "1", "at": "2001-01-01", "grade": "A", "raw_grade": "A", "score": "100",
    "version": "9", "confirmed_by": "1", "confirmed_at": "2001-01-01", "fingerprint": "x",
    "object_until": "2099-01-01", "red_lines": "[]", "not_graded_reason": "x",
    "decided_by": "1", "decided_at": "2001-01-01", "proposed_by": "1", "approved": "1",
    "amount_fen": "999999", "balance": "999999", "reverses": "1", "hits": "9", "total": "9",
    "ends_at": "2099-01-01", "number": "X1", "max_attempts": "99", "expires_on": "2099-01-01",
}  # fmt: skip


def with_extra(**said):
    """Return what is sent: everything nobody asked for, and what the form asks for."""
    return {**EXTRA, **said}


def rows():
    """Return who may do what: no form of people may change this."""
    return list(Grant.objects.order_by("pk").values()), list(User.objects.order_by("pk").values())


def changed(before, row):
    """Return the names of the fields that differ from a copy taken before."""
    row.refresh_from_db()
    return {name for name, value in before.items() if model_to_dict(row)[name] != value}


@pytest.fixture
def chen():
    return CourierFactory(name="陈强")


@pytest.fixture
def hr(client):
    user = UserFactory(role="hr")
    client.force_login(user)
    return user


@pytest.mark.req("INF-02")
def test_taking_on_and_correcting_a_person_set_what_the_form_asks_and_no_more(client, hr, chen):
    said = {"number": "E9001", "name": "马超", "post": PostFactory().code,
            "site": chen.site.code, "hired_on": "2026-11-02"}  # fmt: skip
    rights, before = rows(), model_to_dict(chen)

    made = client.post("/staff/new/", with_extra(**said))
    edited = client.post(
        reverse("staff:person_edit", args=[chen.number]),
        with_extra(
            name="陈强强",
            hired_on=f"{chen.hired_on}",
            post="manager",
            site="HQ",
            background_checked_on=f"{chen.background_checked_on}",
            background_result="clear",
        ),
    )

    assert (made.status_code, edited.status_code) == (302, 302)
    new = Employee.objects.get(number="E9001")
    assert (new.user, new.state, new.left_on) == (None, "pending", None)
    assert changed(before, chen) == {"name"}
    assert rows() == rights


@pytest.mark.req("ROL-03")
def test_confirming_and_objecting_write_no_grade_that_was_sent(client, chen):
    li = SupervisorFactory(site=chen.site)
    found = services.record_assessment(
        employee=chen, month="2026-10", scheme=AssessmentSchemeFactory(post=chen.post),
        site=chen.site, parts=[], as_of=NOW, now=NOW, deliveries=5, work_days=3,
    )  # fmt: skip
    before = model_to_dict(found)
    address = [chen.number, "2026-10"]
    client.force_login(li.user)
    assert client.post(
        reverse("staff:grade_confirm", args=address), with_extra(note="")
    ).status_code == 302  # fmt: skip
    assert changed(before, found) == {
        "state", "confirmed_by", "confirmed_at", "object_until"
    }  # fmt: skip
    assert (found.confirmed_by, found.state) == (li.user, "confirmed")

    before = model_to_dict(found)
    client.force_login(chen.user)
    sent = client.post(reverse("staff:grade_object", args=address), with_extra(text="不是我"))
    assert sent.status_code == 302
    assert changed(before, found) == {"state"}
    objection = found.objection
    assert (objection.by, objection.state, objection.decided_by) == (chen.user, "open", None)
    assert Assessment.objects.count() == 1


@pytest.mark.req("ROL-03")
def test_a_proposal_is_open_and_its_own_amount_whatever_else_was_sent(client, hr, chen):
    said = {"person": chen.number, "amount": "50", "basis": "夜间顶班"}
    made = client.post(reverse("staff:reward_new"), with_extra(**said))

    row = chen.proposals.get()
    assert made.status_code == 302
    assert (row.amount_fen, row.state, row.proposed_by, row.decided_by) == (5000, "open", hr, None)
    assert not LedgerEntry.objects.exists()


@pytest.mark.req("STF-09")
def test_own_settings_and_a_login_give_nobody_a_role(client, chen):
    rights = list(Grant.objects.values())
    client.force_login(chen.user)
    before = User.objects.filter(pk=chen.user_id).values()[0]

    client.post("/account/", with_extra(language="en", theme="dark"))

    after = User.objects.filter(pk=chen.user_id).values()[0]
    assert {name for name in before if before[name] != after[name]} <= {
        "language", "theme", "single_keys", "updated_at"
    }  # fmt: skip
    assert list(Grant.objects.values()) == rights


HEAD = "工号,姓名,岗位,网点,入职日期"


@pytest.fixture
def place():
    PostFactory(name="快递")
    return SiteFactory(code="HZ-77")


def row(number="E8", name="何静", day="2026-11-01"):
    return f"{number},{name},快递,HZ-77,{day}"


def read(data, filename="hr.csv", **more):
    return import_people(io.BytesIO(data), filename=filename, mapping="standard", now=NOW, **more)


@pytest.fixture
def columns():
    """Name the columns as a person does on the page for heads written in Chinese."""
    names = ("number", "name", "post", "site", "hired_on")
    return Choices(columns=dict(zip(names, HEAD.split(","), strict=True)))


@pytest.mark.req("STF-01")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_people_are_read_however_the_file_was_saved(place, columns, encoding, comma):
    text = f"{HEAD}\n{row()}\n".replace(",", comma)

    report = read(text.encode(encoding), choices=columns)

    assert report.counts == {"created": 1}
    assert Employee.objects.get(number="E8").name == "何静"


def test_one_number_twice_in_a_file_is_one_person(place, columns):
    text = f"{HEAD}\n{row()}\n{row(name='马超')}\n"

    report = read(text.encode(), choices=columns)

    assert report.counts == {"created": 1, "skipped": 1}
    assert Employee.objects.get(number="E8").name == "何静"


@pytest.mark.parametrize("cell", ["=1+1", '=HYPERLINK("http://x")', "@SUM(A1)", "+1", "-1"])
def test_a_formula_is_a_text_like_others(place, columns, cell):
    text = f'{HEAD}\nE8,"{cell.replace(chr(34), chr(34) * 2)}",快递,HZ-77,2026-11-01\n'

    read(text.encode(), choices=columns)

    found = Employee.objects.filter(number="E8").first()
    assert found is None or found.name == cell


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (row(name="何\u202e静"), None),
        (row(name="何" * 100_000), None), (row(day="2026-13-45"), "bad_day"),
        (row(day="31.02.2026"), "bad_day"), (row(day="0000-00-00"), "bad_day"),
        (row(number="E" * 300), None), (row(number=""), "missing"),
    ],
)  # fmt: skip
def test_the_bad_row_is_named_and_the_good_ones_are_stored(place, columns, line, code):
    text = f"{HEAD}\n{row('E7')}\n{line}\n{row('E9')}\n"

    report = read(text.encode(), choices=columns)

    assert report.counts == {"created": 2, "refused": 1}
    assert {problem.number for problem in report.problems} == {3}
    if code:
        assert code in [problem.code for problem in report.problems]
    assert set(Employee.objects.filter(number__startswith="E").values_list(
        "number", flat=True)) >= {"E7", "E9"}  # fmt: skip


def test_columns_nobody_asked_for_give_no_login_no_role_and_no_state(place, columns):
    names = "role,state,user,is_superuser,is_staff,left_on,id,created_at,角色"
    text = f"{HEAD},{names}\n{row()},admin,active,1,1,1,2020-01-01,1,2001-01-01,admin\n"
    rights = rows()

    read(text.encode(), choices=columns)

    person = Employee.objects.get(number="E8")
    assert (person.user, person.left_on, person.state) == (None, None, "pending")
    assert person.created_at.year == timezone.now().year
    assert rows() == rights


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hr.csv", b""), ("hr.csv", f"{HEAD}\nE8,何\x00静\n".encode()),
        ("hr.csv", b"\xff\xfe\x00"), ("hr.xlsx", b"PK\x03\x04 not a workbook"),
        ("hr.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("hr.exe", b"MZ"),
        ("hr.csv", b"<html><script>alert(1)</script></html>"), ("../../hr.csv", b"a\x00b,c\n"),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_people_is_refused_in_words(client, hr, name, content):
    file = SimpleUploadedFile(name, content)

    answer = client.post("/imports/new/", {"template": "people:standard", "files": [file]})

    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        page = client.get(answer.url)
        assert page.status_code == 200
        assert not ImportRun.objects.get().counts.get("created")
    assert not Employee.objects.filter(number__startswith="E8").exists()
