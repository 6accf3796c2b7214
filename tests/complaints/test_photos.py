"""Pictures of customers, sent without an account and without a script."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from complaints.models import Case, EvidenceFile
from complaints.services import photos
from courierqa.core.models import AuditEntry
from tests.factories.complaints import open_case

pytestmark = pytest.mark.django_db
URL = "/complain/"
PLACE, CAMERA = 0x8825, 0x010F


def picture(color="red", *, name="box.jpg", fmt="JPEG"):
    """Return a picture whose metadata hold a place and a camera."""
    image, out = Image.new("RGB", (40, 30), color), io.BytesIO()
    exif = image.getexif()
    exif[PLACE], exif[CAMERA] = {1: "N", 2: (30.0, 15.0, 0.0)}, "Camera"
    image.save(out, fmt, exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def said(*files, **fields):
    given = {"key": str(uuid.uuid4()), "reason": "damaged", "words": "箱子压坏了",
             "phone": "13900000042", "photos": list(files)}  # fmt: skip
    return {**given, **fields}


@pytest.mark.req("CMP-01", "CMP-06")
def test_pictures_come_with_the_complaint_without_place_and_camera(client, team):
    sent = said(picture("red", name="../盒 子.exe"), picture("blue", fmt="PNG"))

    assert client.post(URL, sent).status_code == 302

    case = Case.objects.get()
    rows = list(case.files.all())
    assert [row.name for row in rows] == ["盒 子.jpg", "box.jpg"]
    assert {row.added_by for row in rows} == {None}
    for row in rows:
        kept = Image.open(row.file)
        assert (kept.format, dict(kept.getexif())) == ("JPEG", {})
    assert AuditEntry.objects.filter(action="file.store", object_code=case.number).count() == 2
    page = client.get(f"{URL}status/{case.token}/").content.decode()
    assert "2 张照片" in page
    desk = Client()
    desk.force_login(team.ana)
    found = desk.get(reverse("complaints:investigation", args=[case.number])).content.decode()
    assert "盒 子.jpg" in found


def test_a_form_sent_again_keeps_each_picture_once(client, team):
    again = said(picture())
    client.post(URL, again)
    again["photos"][0].seek(0)
    client.post(URL, again)

    assert (Case.objects.count(), EvidenceFile.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "文件是空的"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG"),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", "JPEG"),
        (b"X5O!P%@AP-EICAR-STANDARD-ANTIVIRUS-TEST-FILE!", "恶意"),
        (b"\xff\xd8\xff\xe0" + b"x" * 500, "JPEG"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
    ],
)
def test_what_is_no_picture_is_named_and_the_words_are_kept(client, team, content, says):
    bad = SimpleUploadedFile("photo.jpg", content, "image/jpeg")

    page = client.post(URL, said(picture(), bad))

    shown = page.content.decode()
    assert page.status_code == 422
    assert says in shown
    assert "箱子压坏了" in shown
    assert "请重新选择照片" in shown
    assert (Case.objects.count(), EvidenceFile.objects.count()) == (0, 0)


def test_at_most_three_at_once_and_nine_in_all(client, team):
    case = open_case()
    words = reverse("complaints:case_words", args=[case.token])
    shades = [picture((n, 0, 0)) for n in range(0, 200, 15)]
    assert client.post(words, {"text": "更多照片", "photos": shades[:4]}).status_code == 422

    for start in range(0, photos.PER_CASE, photos.PER_FORM):
        for one in shades:
            one.seek(0)
        more = {"text": "更多照片", "photos": shades[start : start + photos.PER_FORM]}
        assert client.post(words, more).status_code == 302
    refused = client.post(words, {"text": "再来一张", "photos": [shades[-1]]})

    # The fifth try of the minute is counted, not yet refused.
    assert refused.status_code == 422
    assert "再来一张" in refused.content.decode()
    assert case.files.count() == photos.PER_CASE
    assert "再来一张" not in [entry.text for entry in case.entries.all()]
