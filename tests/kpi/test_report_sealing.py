"""Published PDFs carry the company's digital signature when a certificate is set up."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from kpi import snapshots
from kpi.models import ReportFile
from kpi.reports import sealing
from kpi.snapshots import lookup
from kpi.snapshots.checking import check_pdf
from tests.factories.kpi import double_check
from tests.kpi.test_report_pages import published

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
PASSWORD = "only for tests"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate of a company that does not exist, in a PKCS#12 file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "远山速递")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(NOW + timedelta(days=4000))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("seal") / "company.p12"
    lock = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, made, None, lock))
    return path


@pytest.fixture
def sealed(settings, certificate):
    settings.REPORT_CERTIFICATE = str(certificate)
    settings.REPORT_CERTIFICATE_PASSWORD = PASSWORD


@pytest.fixture
def report(cast):
    with time_machine.travel(NOW, tick=False):
        double_check("2026-10", NOW)
        yield published(cast)


@pytest.mark.django_db
def test_the_signature_covers_the_bytes_and_leaves_the_print_as_it_was(sealed, report):
    plain = snapshots.render(report, "zh")

    row = snapshots.file_of(report, "zh", now=NOW)

    content = Path(row.file.path).read_bytes()
    found = sealing.seal_of(content)
    assert content.startswith(plain)
    assert "远山速递" in found.subject
    assert (found.is_intact, found.covers_all) == (True, True)
    assert check_pdf(content).ok
    assert lookup.by_file(content).what == "pdf"


@pytest.mark.django_db
def test_a_changed_byte_breaks_the_signature_and_the_check(sealed, report):
    content = Path(snapshots.file_of(report, "en", now=NOW).file.path).read_bytes()
    changed = content.replace(b"CourierQA", b"CourierQB", 1)

    assert not sealing.seal_of(changed).is_intact
    assert not check_pdf(changed).ok
    assert lookup.by_file(changed).is_altered


@pytest.mark.django_db
def test_signed_bytes_are_made_once_and_not_a_second_time(sealed, report):
    first = snapshots.file_of(report, "zh", now=NOW)
    assert snapshots.file_of(report, "zh", now=NOW + timedelta(days=1)) == first
    Path(first.file.path).unlink()

    with pytest.raises(snapshots.FileLost):
        snapshots.file_of(report, "zh", now=NOW)


@pytest.mark.django_db
def test_without_a_certificate_nothing_changes(report):
    row = snapshots.file_of(report, "zh", now=NOW)
    content = Path(row.file.path).read_bytes()

    assert content == snapshots.render(report, "zh")
    assert row.plain_sha256 == ""
    assert sealing.seal_of(content) is None


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"PASSWORD": "wrong"}, {"": "/nowhere/seal.p12"}])
def test_a_wrong_certificate_stops_before_anything_is_stored(sealed, report, settings, change):
    for name, value in change.items():
        setattr(settings, "_".join(filter(None, ["REPORT_CERTIFICATE", name])), value)

    with pytest.raises(sealing.BadCertificate):
        snapshots.file_of(report, "zh", now=NOW)
    assert not ReportFile.objects.exists()


@pytest.mark.django_db
def test_drafts_are_never_sealed(sealed, cast):
    with time_machine.travel(NOW, tick=False):
        draft = snapshots.make_snapshot("2026-10", now=NOW)
        content = Path(snapshots.file_of(draft, "zh", now=NOW).file.path).read_bytes()

    assert sealing.seal_of(content) is None


@pytest.mark.django_db
def test_signing_works_where_an_event_loop_runs(sealed, report):
    plain = snapshots.render(report, "zh")

    async def made() -> bytes:
        return sealing.seal(plain, at=NOW)

    with ThreadPoolExecutor(max_workers=1) as thread:
        content = thread.submit(asyncio.run, made()).result()

    assert sealing.seal_of(content).is_intact
