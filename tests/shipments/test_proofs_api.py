"""POST /api/v1/proofs/: before or after its event, once, and nothing but evidence."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from shipments.models import Proof
from tests.factories import shipments as make

URL = "/api/v1/proofs/"
pytestmark = pytest.mark.django_db


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "blue").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def parcel(cast):
    now = timezone.now()
    placed = make.order(
        origin=cast.neighbour, destination=cast.station, at=now - timedelta(hours=9)
    )
    return make.accept(placed, now - timedelta(hours=8))


def body(parcel, **fields) -> dict:
    return {
        "id": str(uuid4()), "waybill": parcel.waybill, "event": str(uuid4()), "kind": "photo",
        "captured_at": timezone.now().isoformat(), "content": base64.b64encode(picture()).decode(),
        **fields,
    }  # fmt: skip


@pytest.mark.req("DEL-10")
def test_a_proof_is_stored_once_by_json_or_multipart_and_seen_on_the_page(as_role, cast, parcel):
    client = as_role("courier")
    sent = body(parcel)
    parts = {**body(parcel), "file": SimpleUploadedFile("a.png", picture())}
    del parts["content"]

    first = client.post(URL, sent, content_type="application/json")
    again = client.post(URL, sent, content_type="application/json")
    multipart = client.post(URL, parts)

    assert (first.status_code, again.json(), multipart.status_code) == (201, first.json(), 201)
    assert Proof.objects.count() == 2
    proof = Proof.objects.get(uid=sent["id"])
    assert proof.file.name.endswith(".jpg")
    page = as_role("agent").get(reverse("shipments:proof", args=[parcel.waybill, proof.uid]))
    assert page["Content-Type"] == "image/jpeg"
    assert "sandbox" in page["Content-Security-Policy"]
    assert client.get(f"/media/{proof.file.name}").status_code == 404


def test_strokes_of_a_signature_are_kept_as_numbers(as_role, cast, parcel):
    strokes = [{"points": [{"x": n, "y": n} for n in range(9)]}]

    answer = as_role("courier").post(
        URL, body(parcel, content="", kind="signature", strokes=strokes),
        content_type="application/json",
    )  # fmt: skip

    assert answer.status_code == 201
    assert Proof.objects.get().strokes == strokes


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"content": "!!"}, 400, "content"),
        ({"content": base64.b64encode(b"<svg/>").decode()}, 415, "file"),
        ({"content": ""}, 400, "file"),
        ({"kind": "poem"}, 400, "kind"),
        ({"id": "x"}, 400, "id"),
        ({"event": 3}, 400, "event"),
        ({"captured_at": "noon"}, 400, "captured_at"),
        ({"waybill": "YS9999999999999"}, 404, ""),
    ],
)
def test_bad_evidence_is_refused_with_its_field(as_role, cast, parcel, change, status, field):
    answer = as_role("courier").post(URL, body(parcel, **change), content_type="application/json")

    assert (answer.status_code, answer.json().get("field", "")) == (status, field)
    assert not Proof.objects.exists()


def test_evidence_for_a_foreign_parcel_is_not_taken(as_role, cast):
    foreign = make.order(origin=cast.neighbour, destination=cast.neighbour)

    answer = as_role("courier").post(URL, body(foreign), content_type="application/json")

    assert answer.status_code == 404
