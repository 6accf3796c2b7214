"""The digital signature of a published PDF, when the company has a certificate.

`REPORT_CERTIFICATE` names a PKCS#12 file, `REPORT_CERTIFICATE_PASSWORD` opens it. The signature
(PAdES, adbe-compatible SHA-256) is added behind the printed bytes, which stay as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError

FIELD = "Seal"
T = TypeVar("T")


class BadCertificate(DomainError):
    """The configured certificate cannot be used; nothing is signed with it."""

    code = "bad_certificate"
    status = 503


@dataclass(frozen=True)
class Seal:
    """What the signature inside a file says: whose, and whether it covers and fits the bytes."""

    subject: str
    is_intact: bool
    covers_all: bool


def is_configured() -> bool:
    """Say whether published reports are signed digitally."""
    return bool(settings.REPORT_CERTIFICATE)


def seal(pdf: bytes, *, at: datetime) -> bytes | None:
    """Return the PDF with the company's signature behind it, or nothing without a certificate.

    Raises BadCertificate when the file or its password is wrong.
    """
    if not is_configured():
        return None
    # The signing library takes a second to load; only this deed needs it.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import signers  # noqa: PLC0415
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415

    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    signer = signers.PdfSigner(meta, signer=_signer())
    signed: BytesIO = _aside(lambda: signer.sign_pdf(writer))
    return signed.getvalue()


def _aside(deed: Callable[[], T]) -> T:
    """Do a deed on a thread of its own: it starts an event loop, the caller may run one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(deed).result()


def _signer():  # type: ignore[no-untyped-def]
    from pyhanko.sign import signers  # noqa: PLC0415

    password = settings.REPORT_CERTIFICATE_PASSWORD
    signer = None
    if Path(settings.REPORT_CERTIFICATE).is_file():
        signer = signers.SimpleSigner.load_pkcs12(
            settings.REPORT_CERTIFICATE, passphrase=password.encode() if password else None
        )
    if signer is None:
        raise BadCertificate(
            _("The certificate of reports cannot be read: check its file and its password")
        )
    return signer


def seal_of(pdf: bytes) -> Seal | None:
    """Return what the signature in a file says, or nothing when the file carries none."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    found = PdfFileReader(BytesIO(pdf)).embedded_signatures
    if not found:
        return None
    status = _aside(lambda: validate_pdf_signature(found[0]))
    return Seal(
        subject=status.signing_cert.subject.human_friendly,
        is_intact=bool(status.intact and status.valid),
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    )
