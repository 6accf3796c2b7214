"""Pictures a customer sends without an account: cleaned like evidence, fewer kinds, fewer pieces.

All of them are cleaned before anything is written, so a bad one leaves no half of a case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.models import Case, EvidenceFile
from complaints.services.evidence import BadFile, CleanFile, clean_file, file_name, keep_file
from complaints.services.intake import Intake, add_words, open_case, said_before
from complaints.services.moves import hold, living
from complaints.work_enums import FileKind

# What one form takes, and what customers may send to one case in all.
PER_FORM, PER_CASE = 3, 9


@dataclass(frozen=True)
class Photo:
    """A file as it was sent."""

    name: str
    content: bytes


@transaction.atomic
def open_with_photos(intake: Intake, photos: Sequence[Photo], *, at: datetime) -> Case:
    """Register what a customer wrote on the public form, with the pictures that show it."""
    clean = clean_photos(photos)
    case = said_before(intake, at=at) or open_case(intake, by=None, at=at)
    _keep(case, clean, at=at)
    return case


@transaction.atomic
def add_words_with_photos(
    *, case: Case, text: str, photos: Sequence[Photo], at: datetime, again: bool = False
) -> None:
    """Keep what a customer adds to a case, with pictures."""
    clean = clean_photos(photos)
    case = living(case)
    add_words(case=case, text=text, at=at, again=again)
    _keep(case, clean, at=at)


def clean_photos(photos: Sequence[Photo]) -> list[CleanFile]:
    """Return the pictures as they will be kept, or refuse and say which one is wrong."""
    if len(photos) > PER_FORM:
        wrong = _("Send at most %(n)s pictures at once")
        raise BadFile(wrong % {"n": PER_FORM}, code="too_many", field="photos", status=422)
    return [_clean(photo, number) for number, photo in enumerate(photos, start=1)]


def _clean(photo: Photo, number: int) -> CleanFile:
    try:
        kind, body = clean_file(photo.content)
        if kind != FileKind.IMAGE:
            text = _("Send a JPEG, PNG or WebP picture")
            raise BadFile(text, code="not_an_image", status=415)
    except BadFile as error:
        text = _("Picture %(n)s: %(wrong)s") % {"n": number, "wrong": error.message}
        raise BadFile(text, code=error.code, field="photos", status=error.status) from error
    sent = hashlib.sha256(photo.content).hexdigest()
    return CleanFile(kind, body, file_name(photo.name, kind), sent)


def _keep(case: Case, clean: list[CleanFile], *, at: datetime) -> None:
    if not clean:
        return
    hold(case)
    sent = EvidenceFile.objects.filter(case=case, added_by=None)
    hashes = set(sent.values_list("received_sha256", flat=True))
    new = [one for one in clean if one.sent_sha256 not in hashes]
    if len(hashes) + len(new) > PER_CASE:
        wrong = _("This case has %(n)s pictures of yours already. Tell us in words")
        raise BadFile(wrong % {"n": len(hashes)}, code="too_many", field="photos", status=422)
    for one in new:
        keep_file(case=case, clean=one, by=None, at=at)
