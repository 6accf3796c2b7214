"""Anybody may ask whether a report is ours; unpublished ones are unknown."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from kpi import snapshots
from kpi.snapshots import lookup, recomputing
from tests.factories.kpi import double_check
from tests.kpi.test_report_pages import published

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
# What is checked is a file and a frozen text, alike on either database (test_report_two_databases).
pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESS = "/en/verify/"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def report(cast):
    double_check("2026-10", NOW)
    row = published(cast)
    snapshots.make_published(row, now=NOW)
    return row


def bytes_of(report, kind, language="zh"):
    with report.files.get(kind=kind, language=language, stage="published").file.open() as file:
        return file.read()


def upload(client, content, name="report.pdf"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


def test_the_page_is_public_in_both_languages(client, db):
    assert "核验质量报告" in client.get(reverse("kpi:verify")).content.decode()
    assert "Check a quality report" in client.get(ADDRESS).content.decode()


def test_the_program_that_checks_alone_is_handed_out_without_an_account(client, db):
    """What is saved is the very file: byte for byte the one this page computes with."""
    for page in (reverse("kpi:verify"), ADDRESS):
        assert f'href="{reverse("kpi:verify_tool")}"' in client.get(page).content.decode()

    answer = client.get(reverse("kpi:verify_tool"))

    assert answer.status_code == 200
    assert answer.content == (ROOT / "tools" / "verify_report.py").read_bytes()
    assert 'filename="verify_report.py"' in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("base", "language", "said"),
    [
        ("https://express.example/", "zh", "https://express.example/verify/"),
        ("https://express.example", "en", "https://express.example/en/verify/"),
        ("http://127.0.0.1:8000", "en", "the page /verify/ of our public site"),
    ],
)
def test_the_last_page_names_the_address_it_is_checked_at(cast, settings, base, language, said):
    """It is frozen with the figures, so that another address later prints the same bytes."""
    settings.PUBLIC_BASE_URL = base
    double_check("2026-10", NOW)
    row = published(cast)
    settings.PUBLIC_BASE_URL = "https://moved.example"

    pages = PdfReader(BytesIO(snapshots.render(row, language))).pages

    text = "".join(page.extract_text() for page in pages[-2:])
    assert re.sub(r"\s", "", said) in re.sub(r"\s", "", text)
    assert "moved.example" not in text


@pytest.mark.parametrize("write", [str, str.upper, lambda t: f" {t[:32]} {t[32:]} "])
def test_the_printed_fingerprint_is_known_however_it_is_typed(client, report, write):
    page = client.get(ADDRESS, {"hash": write(report.sha256)}).content.decode()

    assert "unchanged" in page
    assert "October 2026" in page
    assert "23 Nov 2026, 16:00" in page


@pytest.mark.parametrize(("kind", "said"), [("pdf", "published report"), ("xlsx", "data annex")])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_file_is_known_by_its_bytes(client, report, kind, said, language):
    page = upload(client, bytes_of(report, kind, language)).content.decode()

    assert "unchanged" in page
    assert said in page


def test_the_json_annex_is_known(client, report):
    assert "unchanged" in upload(client, snapshots.annex_json(report)).content.decode()


def test_a_changed_file_is_told_from_an_unknown_one(client, report):
    changed = upload(client, bytes_of(report, "pdf") + b" ").content.decode()
    unknown = upload(client, b"%PDF-1.4 nothing of ours").content.decode()

    assert "This file was changed" in changed
    assert "Not known" in unknown


def test_what_is_not_published_answers_like_what_does_not_exist(client, cast):
    double_check("2026-10", NOW)
    frozen = snapshots.freeze("2026-10", now=NOW)
    pdf = snapshots.render(frozen, "zh")

    pages = [
        client.get(ADDRESS, {"hash": frozen.sha256}).content.decode(),
        client.get(ADDRESS, {"hash": "a" * 64}).content.decode(),
        upload(client, pdf).content.decode(),
    ]
    assert all("Not known" in page for page in pages)
    assert not any("October" in page for page in pages)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Enter a fingerprint or choose a file"),
        ({"hash": "abc"}, "64 characters"),
        ({"hash": "g" * 64}, "64 characters"),
    ],
)
def test_what_is_no_fingerprint_is_said(client, db, form, said):
    answer = client.post(ADDRESS, form)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_questions_are_limited_per_address(client, report):
    codes = [client.get(ADDRESS, {"hash": "b" * 64}).status_code for _time in range(21)]

    assert codes == [200] * 20 + [429]
    assert client.get(ADDRESS).status_code == 200


def test_a_corrected_edition_names_its_correction(report, cast):
    second = type(report).objects.create(
        period=report.period,
        version="1.1",
        content=report.content,
        sha256="c" * 64,
        as_of=NOW,
        frozen_at=NOW,
        is_final=True,
    )
    assert lookup.by_hash(report.sha256).replaced_by is None
    for step, person in (
        ("made", cast.quality),
        ("checked", cast.lead),
        ("approved", cast.manager),
    ):
        second.signatures.create(
            step=step, user=person, name=str(person), role=step, sha256=second.sha256, at=NOW
        )
    snapshots.publish(second, by=cast.manager, at=NOW)

    assert lookup.by_hash(report.sha256).replaced_by == second


def annex_of(report) -> dict:
    return json.loads(snapshots.annex_json(report))


def test_the_figures_of_the_frozen_annex_are_recomputed(client, report) -> None:
    """By fingerprint, by PDF and by annex alike; what does not agree would be named."""
    count = len(report.content["metrics"])
    pages = [
        client.get(ADDRESS, {"hash": report.sha256}),
        upload(client, bytes_of(report, "pdf")),
        upload(client, bytes_of(report, "xlsx"), "a.xlsx"),
        upload(client, snapshots.annex_json(report), "a.json"),
    ]

    said = f"all {count} figures, their ranges and sums agree"
    assert [said in one.content.decode() for one in pages] == [True] * 4
    line = next(one for one in report.content["metrics"] if one["code"] == "T01")
    line["hits"] += 1
    assert any("T01" in one for one in recomputing.recounted(report).problems)


def test_an_annex_saved_anew_and_a_changed_one_are_told_apart(client, report) -> None:
    annex = annex_of(report)
    again = upload(client, json.dumps(annex, indent=2).encode(), "a.json").content.decode()
    line = next(one for one in annex["metrics"] if one["code"] == "T01")
    line["hits"] += 1
    changed = upload(client, json.dumps(annex).encode(), "a.json").content.decode()

    assert "The figures are ours, the file is not" in again
    assert "This annex was changed" in changed
    assert "T01: hits" in changed


def test_made_up_numbers_learn_nothing(client, report) -> None:
    annex = {"period": "2026-10", "metrics": [], "sites": []}

    page = upload(client, json.dumps(annex).encode(), "a.json").content.decode()

    assert "Not known" in page
    assert "October" not in page


@pytest.mark.parametrize(
    "content",
    [b"{", b"{}", b"[1]", b'{"period": 1, "metrics": 2, "sites": 3}', b"PK\x03\x04nothing",
     b'{"a":' * 5000],
)  # fmt: skip
def test_what_is_no_annex_is_refused_in_words(client, report, content) -> None:
    answer = upload(client, content, "a.json")

    assert answer.status_code in (200, 422)
    page = answer.content.decode()
    assert "This is no data annex of ours" in page or "Not known" in page


def test_a_workbook_that_unpacks_to_too_much_is_refused(client, report, monkeypatch) -> None:
    monkeypatch.setattr(recomputing, "MOST_UNPACKED", 1000)
    book = BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as some:
        some.writestr("xl/sharedStrings.xml", "a" * 5000)

    answer = upload(client, book.getvalue(), "a.xlsx")

    assert answer.status_code == 422
    assert "unpacks to more than" in answer.content.decode()
