"""Evidence: images are decoded, cleaned and re-encoded; strokes are numbers; all are hashed."""

from __future__ import annotations

import hashlib
import io
import json
import warnings
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Parcel, Proof
from shipments.services import refolding

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")
MAX_POINTS = 20_000


class BadProof(DomainError):
    """The file is no usable evidence."""

    code = "bad_proof"
    status = 400


def clean_image(content: bytes) -> bytes:
    """Return the picture as a fresh JPEG without metadata, or refuse it.

    The type is read from the content, never from a name; the size is checked before decoding.
    """
    if not content:
        raise BadProof(_("The file is empty"), code="empty", field="file")
    if len(content) > MAX_BYTES:
        raise BadProof(_("The file is larger than 10 MB"), code="too_large", field="file",
                       status=413)  # fmt: skip
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise BadProof(_("The picture has too many pixels"), code="too_large", field="file")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError,
            Image.DecompressionBombWarning) as error:  # fmt: skip
        text = _("Send a JPEG, PNG or WebP picture")
        raise BadProof(text, code="not_an_image", field="file", status=415) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=82)
    return out.getvalue()


def clean_strokes(strokes: Any) -> list[Any]:
    """Return a drawn signature as lists of points, or refuse a near-empty or huge one."""
    if not isinstance(strokes, list) or len(json.dumps(strokes)) > 1_000_000:
        raise BadProof(_("The signature cannot be read"), field="strokes")
    points = 0
    for stroke in strokes:
        dots = stroke.get("points") if isinstance(stroke, dict) else stroke
        if not isinstance(dots, list):
            raise BadProof(_("The signature cannot be read"), field="strokes")
        points += len(dots)
    if points < 5:
        text = _("The signature is almost empty. Let it be drawn again")
        raise BadProof(text, code="empty", field="strokes")
    if points > MAX_POINTS:
        raise BadProof(_("The signature cannot be read"), code="too_large", field="strokes")
    return strokes


def store_proof(
    *,
    uid: UUID,
    parcel: Parcel,
    event_uid: UUID,
    kind: str,
    captured_at: datetime,
    received_at: datetime,
    content: bytes = b"",
    strokes: Any = None,
    code: str = "",
    received_sha256: str = "",
    person_id: int | None = None,
    actor: Any = None,
) -> Proof:
    """Hang evidence on an event, whether the event arrived before it or is still to come.

    The same `uid` twice is one proof. `sha256` is of the bytes as kept, `received_sha256` of
    the bytes as sent: a phone drops its copy only when that one equals its own.
    """
    known = Proof.objects.filter(uid=uid).first()
    if known is not None:
        return _same(known, parcel, event_uid)
    body, drawn = _content(kind, content, strokes, code)
    digest = hashlib.sha256(body).hexdigest()
    proof = Proof(
        uid=uid, parcel=parcel, event_uid=event_uid, kind=kind, strokes=drawn, sha256=digest,
        received_sha256=received_sha256, captured_at=captured_at, received_at=received_at,
        person_id=person_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            if content:
                proof.file.save(f"{uid.hex}.jpg", ContentFile(body), save=False)
            proof.save()
            audit.record("proof.store", parcel, actor=actor, at=received_at, fields=[kind])
            # Evidence that arrives later heals an attempt that had none.
            refolding.refold([parcel.pk], now=received_at)
    except IntegrityError:
        _drop_file(proof)
        return _same(Proof.objects.get(uid=uid), parcel, event_uid)
    return proof


def _content(kind: str, content: bytes, strokes: Any, code: str) -> tuple[bytes, list[Any]]:
    if kind not in enums.ProofKind.values:
        raise BadProof(_("Choose the kind of evidence"), code="required", field="kind")
    if content:
        return clean_image(content), clean_strokes(strokes) if strokes else []
    if strokes:
        drawn = clean_strokes(strokes)
        return json.dumps(drawn, sort_keys=True).encode(), drawn
    if kind == enums.ProofKind.CODE and code:
        return code.encode(), []
    raise BadProof(_("Send a picture or a drawn signature"), code="required", field="file")


def _same(known: Proof, parcel: Parcel, event_uid: UUID) -> Proof:
    if known.parcel_id != parcel.pk or known.event_uid != event_uid:
        text = _("This id was used before for other evidence; the first one is kept")
        raise DomainError(text, code="other_content", field="id")
    return known


def _drop_file(proof: Proof) -> None:
    if proof.file and proof.file.name:
        proof.file.storage.delete(proof.file.name)
