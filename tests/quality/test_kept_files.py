"""Files with the check of a duty and with a certificate: cleaned, kept, opened with a log."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from PIL import Image

from courierqa.core.errors import DomainError
from courierqa.core.models import AuditEntry
from quality.models import Certification, DutyCheck, KeptFile
from quality.services import certifications, legal
from quality.services.files import MAX_FILES
from tests.quality.conftest import NOW, Loop
from tests.quality.test_legal import duty_of
from tests.quality.test_pages import queries, signed_in

pytestmark = pytest.mark.django_db


def picture(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def sent(content: bytes | None = None, name: str = "记录.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


def certificate(loop: Loop, number: str = "Q-1", **fields: Any) -> Certification:
    return certifications.add_certification(
        number=number, standard="ISO 9001:2015", issuer="中心", scope="快递", owner=loop.checker,
        valid_from=date(2026, 1, 5), expires_on=date(2029, 1, 4), visits=(), by=loop.quality,
        at=NOW, **fields,
    )  # fmt: skip


@pytest.mark.req("LIC-03")
def test_a_check_keeps_the_file_that_shows_it(loop: Loop) -> None:
    duty = duty_of(loop)
    url, said = f"/legal/duties/{duty.pk}/", {"result": "kept", "proof": "抽查记录 12"}
    leader = signed_in(loop.leader.user)
    refused = leader.post(url, {**said, "file": sent(b"MZ not a picture")})
    page = refused.content.decode()
    assert (refused.status_code, "抽查记录 12" in page) == (422, True), "what was typed stays"
    assert "Send a JPEG, PNG or WebP picture" in page
    assert not DutyCheck.objects.exclude(done_at=None).exists(), "all or nothing"

    assert leader.post(url, {**said, "file": sent()}).status_code == 302
    file = KeptFile.objects.get()
    assert file.check_of_duty == duty.checks.exclude(done_at=None).get()
    link = f"/legal/duties/files/{file.uid}/"
    assert link in leader.get(url).content.decode()
    answer = leader.get(link)
    assert answer.content.startswith(b"\xff\xd8")
    assert answer["Content-Disposition"].startswith("attachment")
    log = AuditEntry.objects.filter(action="file.read", actor_id=loop.leader.user_id)
    assert log.get().object_type == "quality.dutycheck"
    assert signed_in(loop.courier.user).get(link).status_code == 403


@pytest.mark.req("AUD-02")
def test_a_certificate_keeps_its_paper_and_later_ones(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    said = {
        "number": "Q-9", "standard": "ISO 9001:2015", "issuer": "中心", "scope": "快递",
        "owner": loop.checker.number, "valid_from": "2026-01-05", "expires_on": "2029-01-04",
    }  # fmt: skip
    bad = quality.post("/certifications/new/", {**said, "file": sent(b"")})
    assert (bad.status_code, Certification.objects.count()) == (422, 0)
    assert quality.post("/certifications/new/", {**said, "file": sent()}).status_code == 302
    row = Certification.objects.get()
    url = f"/certifications/{row.pk}/files/new/"
    none = quality.post(url)
    assert (none.status_code, "Choose a file" in none.content.decode()) == (422, True)
    for content in (picture("red"), picture("red")):
        assert quality.post(url, {"file": sent(content, "年审.png")}).status_code == 302

    names = list(row.files.values_list("name", flat=True))
    assert names == ["记录.jpg", "年审.jpg"], "the same content twice is one file"
    page = signed_in(loop.manager).get("/certifications/").content.decode()
    for one in row.files.all():
        assert f"/certifications/files/{one.uid}/" in page
        got = quality.get(f"/certifications/files/{one.uid}/")
        assert got.content.startswith(b"\xff\xd8")
    assert url not in page
    assert signed_in(loop.manager).post(url, {"file": sent()}).status_code == 403


def test_a_file_is_opened_only_where_its_record_is_read(loop: Loop) -> None:
    paper = certificate(loop, content=picture(), file_name="证书.png").files.get()
    check = duty_of(loop).checks.all()[0]
    legal.check_duty(check, result="kept", proof="x", conflict_with=None, by=loop.quality, at=NOW,
                     content=picture(), file_name="a.png")  # fmt: skip
    proof = check.files.get()
    quality = signed_in(loop.quality)
    for uid, right in ((paper.uid, "certifications"), (proof.uid, "legal/duties")):
        found = [path for path in ("certifications", "legal/duties", "tasks")
                 if quality.get(f"/{path}/files/{uid}/").status_code == 200]  # fmt: skip
        assert found == [right]


def test_a_certificate_has_so_many_files_and_no_more(loop: Loop) -> None:
    row = certificate(loop)
    KeptFile.objects.bulk_create(
        KeptFile(certification=row, kind="pdf", name="a.pdf", file="x", sha256=f"{n:064}",
                 by=loop.quality, at=NOW) for n in range(MAX_FILES)
    )  # fmt: skip
    with pytest.raises(DomainError) as refused:
        certifications.add_certificate_file(row, content=picture(), name="a.png", by=loop.quality,
                                            at=NOW)  # fmt: skip
    assert (refused.value.code, refused.value.field) == ("too_many", "file")


def test_a_kept_file_belongs_to_one_record_and_never_changes(loop: Loop) -> None:
    row = certificate(loop, content=picture(), file_name="a.png")
    check = duty_of(loop).checks.all()[0]
    whole: dict[str, Any] = {"kind": "pdf", "name": "a.pdf", "file": "x", "sha256": "0" * 64,
                             "by": loop.quality, "at": NOW}  # fmt: skip
    for owners in ({}, {"certification": row, "check_of_duty": check}):
        with pytest.raises(IntegrityError), transaction.atomic():
            KeptFile.objects.create(**whole, **owners)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.files.update(name="b.pdf")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.files.all().delete()


def test_the_pages_ask_as_often_for_one_file_as_for_three(loop: Loop) -> None:
    quality = signed_in(loop.quality)
    row = certificate(loop, content=picture(), file_name="a.png")
    few = queries(quality, "/certifications/")
    for number, colour in (("Q-2", "red"), ("Q-3", "blue")):
        certificate(loop, number, content=picture(colour), file_name="a.png")
        certifications.add_certificate_file(row, content=picture(colour), name="b.png",
                                            by=loop.quality, at=NOW)  # fmt: skip
    assert queries(quality, "/certifications/") == few
