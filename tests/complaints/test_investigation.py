"""Statements, evidence files, the cause, and the parcel's plan beside what happened."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from complaints import services
from complaints.enums import Liability
from complaints.models import EvidenceFile, Measure, RootCause, Statement
from complaints.services.evidence import clean_file, file_name
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import AuditEntry, ClockMiss, Message
from tests.factories.complaints import AT, open_case
from tests.factories.staff import EmployeeFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(*, fmt="JPEG", exif=b""):
    out = io.BytesIO()
    extra = {"exif": exif} if exif else {}
    Image.new("RGB", (40, 30), "red").save(out, fmt, **extra)
    return out.getvalue()


def located():
    """Return a picture whose metadata hold a place."""
    image, out = Image.new("RGB", (40, 30), "red"), io.BytesIO()
    exif = image.getexif()
    exif[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0)}
    exif[0x010F] = "Camera"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def login(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def courier():
    return EmployeeFactory(user=UserFactory(role="courier"))


def asked(team, courier, **more):
    return services.ask_statement(
        case=open_case(by=team.ana), person=courier, question="投递前是否联系收件人？", hours=4,
        by=team.ana, at=AT, **more,
    )  # fmt: skip


@pytest.mark.req("CMP-06")
def test_a_courier_answers_on_the_phone_with_a_picture(team, courier):
    row = asked(team, courier)
    client = login(courier.user)
    page = client.get(reverse("complaints:m_cases"))
    assert row.question in page.content.decode()
    assert Message.objects.filter(recipient_user=courier.user).exists()

    sent = SimpleUploadedFile("call.jpg", located(), "image/jpeg")
    answer = client.post(
        reverse("complaints:statement_answer", args=[row.uid]),
        {"text": "打过两次，无人接听", "phone": "1", "file": sent},
    )

    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.text, row.answered_by) == ("打过两次，无人接听", courier.user)
    assert row.files.get().case == row.case


def test_a_statement_is_of_whoever_was_asked(team, courier):
    row = asked(team, courier)
    other = EmployeeFactory(user=UserFactory(role="courier"), site=courier.site)
    url = reverse("complaints:statement_answer", args=[row.uid])
    assert login(other.user).post(url, {"text": "我来说"}).status_code == 404
    with pytest.raises(NotAllowed):
        services.answer_statement(statement=row, text="我来说", by=team.ana, at=AT)

    services.answer_statement(statement=row, text="是我", by=courier.user, at=AT)
    with pytest.raises(DomainError) as refused:
        services.answer_statement(statement=row, text="改口", by=courier.user, at=AT)
    assert refused.value.code == "already_answered"


def test_a_site_answers_at_the_desk(team):
    site = SiteFactory(code="HZ-01")
    boss = UserFactory(role="supervisor", role__site=site)
    row = services.ask_statement(
        case=open_case(by=team.ana),
        site=site,
        question="当天谁派送？",
        hours=24,
        by=team.ana,
        at=AT,
    )
    client = login(boss)
    assert row.question in client.get(reverse("complaints:asked")).content.decode()
    url = reverse("complaints:statement_answer", args=[row.uid])
    assert client.post(url, {"text": " "}).status_code == 422
    assert client.post(url, {"text": "由新员工派送"}).status_code == 302


def test_a_supervisor_asked_by_name_answers_and_sees_what_was_decided(team):
    site = SiteFactory(code="HZ-01")
    boss = EmployeeFactory(user=UserFactory(role="supervisor", role__site=site), site=site)
    row, client = asked(team, boss), login(boss.user)
    elsewhere = SiteFactory(code="HZ-09")
    services.decide_liability(
        case=row.case, liability=Liability.OURS, evidence="值班记录", by=team.lea, at=AT,
        site=elsewhere, person=boss,
    )  # fmt: skip

    page = client.get(reverse("complaints:asked")).content.decode()

    assert (row.question in page, "值班记录" in page) == (True, True)
    url = reverse("complaints:statement_answer", args=[row.uid])
    assert client.post(url, {"text": "已核对"}).status_code == 302


def test_nobody_is_asked_who_cannot_answer(team):
    for person in (EmployeeFactory(user=UserFactory(role="hr")), EmployeeFactory(user=None)):
        with pytest.raises(DomainError) as refused:
            asked(team, person)
        assert (refused.value.code, refused.value.field) == ("cannot_answer", "person")


def test_a_proposed_penalty_is_not_for_every_reader_of_a_case(team, courier):
    case = open_case(by=team.ana)
    Measure.objects.create(case=case, person=courier, kind="penalty", words="扣除奖金",
                           status="waiting", due_on=AT.date(), by=team.lea, at=AT)  # fmt: skip
    url = reverse("complaints:investigation", args=[case.number])

    assert "扣除奖金" in login(team.lea).get(url).content.decode()
    assert "扣除奖金" not in login(team.ana).get(url).content.decode()
    assert "扣除奖金" not in login(team.max).get(url).content.decode()


def test_a_statement_that_does_not_come_is_written_down_once(team, courier):
    row = asked(team, courier)
    assert services.check_statements(now=AT + 4 * HOUR) == 0
    assert services.check_statements(now=AT + 5 * HOUR) == 1
    assert services.check_statements(now=AT + 6 * HOUR) == 0
    assert ClockMiss.objects.filter(object_id=row.pk, due_at=row.due_at).count() == 1
    services.answer_statement(statement=row, text="迟了", by=courier.user, at=AT + 6 * HOUR)


@pytest.mark.req("INF-04")
def test_a_picture_is_kept_without_place_and_opened_as_a_logged_attachment(team):
    case = open_case(by=team.ana)
    row = services.add_file(
        case=case, content=located(), name="../../door photo.png", by=team.ana, at=AT
    )
    again = services.add_file(case=case, content=located(), name="x", by=team.ana, at=AT)

    assert again == row
    with row.file.open() as kept:
        assert not Image.open(kept).getexif()
    assert row.name == "door photo.jpg"
    answer = login(team.ana).get(reverse("complaints:file", args=[case.number, row.uid]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert AuditEntry.objects.filter(action="file.read", object_id=str(case.pk)).exists()


def test_files_of_another_case_or_for_strangers_are_not_there(team):
    case, other = open_case(by=team.ana), open_case(by=team.ana)
    row = services.add_file(case=case, content=PDF, name="a.pdf", by=team.ana, at=AT)
    here, there = (reverse("complaints:file", args=[c.number, row.uid]) for c in (case, other))
    assert login(team.ana).get(there).status_code == 404
    far = UserFactory(role="supervisor", role__site=SiteFactory(code="HZ-09"))
    assert login(far).get(here).status_code == 404
    assert login(UserFactory(role="auditor")).get(here).status_code == 403

    services.remove_file(file=row, why="与本案无关", by=team.lea, at=AT)
    assert login(team.ana).get(here).status_code == 404


def test_a_file_changed_outside_the_program_is_not_sent(team):
    case = open_case(by=team.ana)
    row = services.add_file(case=case, content=PDF, name="a.pdf", by=team.ana, at=AT)
    EvidenceFile.objects.filter(pk=row.pk).update(sha256="0" * 64)
    row.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        services.open_file(file=row, by=team.ana, at=AT)
    assert refused.value.code == "changed"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "too_large"),
        (b"<html><script>alert(1)</script>", "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_an_image"),
        (b"PK\x03\x04macro.docm", "not_an_image"),
        (picture()[:200], "not_an_image"),
        (b"GIF89a" + PDF, "not_evidence"),
        (PDF + b"<script>alert(1)</script>", "not_evidence"),
        (b"%PDF-1.4 no end", "not_evidence"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction 2 0 R"), "active_pdf"),
        (PDF.replace(b"/Catalog", b"/Catalog/#4aavaScript 2 0 R"), "active_pdf"),
        (PDF.replace(b"/Root", b"/Encrypt 3 0 R/Root"), "active_pdf"),
        (b"X5O!P%@AP-EICAR-STANDARD-ANTIVIRUS-TEST-FILE!", "malware"),
    ],
)
def test_what_is_no_evidence_is_refused(content, code):
    with pytest.raises(DomainError) as refused:
        clean_file(content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"), ("CON", "file.pdf"), ("a\x00b.exe", "a_b.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"), ("C:\\tmp\\面单.jpg", "面单.pdf"),
        ("", "file.pdf"),
    ],
)  # fmt: skip
def test_names_of_files_are_harmless(name, kept):
    assert file_name(name, "pdf") == kept


def test_the_page_takes_a_file_and_keeps_a_refusal(team):
    case = open_case(by=team.ana)
    client, url = login(team.ana), reverse("complaints:file_add", args=[case.number])
    bad = SimpleUploadedFile("a.pdf", b"<html>", "application/pdf")
    assert client.post(url, {"file": bad}).status_code == 422
    assert client.post(url, {}).status_code == 422
    good = SimpleUploadedFile("a.exe", PDF, "application/octet-stream")
    assert client.post(url, {"file": good}).status_code == 302
    page = client.get(reverse("complaints:investigation", args=[case.number]))
    assert "a.pdf" in page.content.decode()


@pytest.mark.req("CMP-06", "CMP-09")
def test_whys_end_in_a_cause_of_the_tree(team, parcel):
    case = open_case(by=team.ana, waybill=parcel.waybill)
    client, url = login(team.ana), reverse("complaints:case_analysis", args=[case.number])
    said = {"why1": "未联系收件人", "why2": "派件量过大", "root_cause": "overload"}
    assert client.post(url, {**said, "why1": ""}).status_code == 422
    assert client.post(url, {**said, "root_cause": "delivery"}).status_code == 422
    assert client.post(url, said).status_code == 302

    found = case.investigation
    assert (found.root_cause.code, found.whys) == ("overload", ["未联系收件人", "派件量过大"])


def test_the_cause_tree_is_edited_by_quality_and_used_causes_stay(team):
    client = login(UserFactory(role="quality"))
    new = {"code": "lift-broken", "parent": "delivery", "name": "电梯故障", "name_en": "No lift",
           "is_active": "on"}  # fmt: skip
    assert client.post(reverse("complaints:cause_new"), new).status_code == 302
    assert client.post(reverse("complaints:cause_new"), new).status_code == 422
    url = reverse("complaints:cause", args=["lift-broken"])
    assert client.post(url, {**new, "is_active": ""}).status_code == 302
    assert not RootCause.objects.get(code="lift-broken").is_active
    assert client.post(url, {**new, "parent": "overload"}).status_code == 422
    assert client.get(reverse("complaints:causes")).status_code == 200


def test_an_area_with_causes_does_not_go_under_another_one(team):
    area, other = RootCause.objects.filter(parent=None, children__isnull=False).distinct()[:2]
    said = {"code": area.code, "name": area.name, "name_en": area.name_en, "is_active": True}
    with pytest.raises(DomainError) as refused:
        services.save_cause(cause=area, parent=other, by=team.lea, at=AT, **said)
    assert refused.value.code == "has_children"


@pytest.mark.parametrize("n", [1, 3])
def test_query_count_of_the_pages_is_flat(team, courier, n, django_assert_num_queries):
    case = open_case(by=team.ana)
    for _ in range(n):
        services.ask_statement(
            case=case, person=courier, question="为什么？", hours=4, by=team.ana, at=AT
        )
    assert Statement.objects.count() == n
    client = login(team.ana)
    with django_assert_num_queries(18):
        client.get(reverse("complaints:investigation", args=[case.number]))
    phone = login(courier.user)
    with django_assert_num_queries(6):
        phone.get(reverse("complaints:m_cases"))
