"""Published texts: the version in force, the one to come, all there were."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from shipments.enums import TextCode
from shipments.models import PublicText


def text_in_force(code: str, *, at: datetime) -> PublicText | None:
    """Return the version that applies at a moment."""
    rows = PublicText.objects.filter(code=code, valid_from__lte=at)
    return rows.order_by("-valid_from", "-version").first()


def text_to_come(code: str, *, at: datetime) -> PublicText | None:
    """Return the next version, announced but not yet in force."""
    rows = PublicText.objects.filter(code=code, valid_from__gt=at)
    return rows.order_by("valid_from", "-version").first()


def text_versions(code: str) -> list[PublicText]:
    """Return every version of one text, newest first."""
    rows = PublicText.objects.filter(code=code).select_related("made_by")
    return list(rows.order_by("-version"))


def texts_in_force(*, at: datetime) -> list[PublicText]:
    """Return the version in force of each text, in the order of the list of codes."""
    found: dict[str, PublicText] = {}
    for row in PublicText.objects.filter(valid_from__lte=at).order_by("valid_from", "version"):
        found[row.code] = row
    return [found[code] for code in TextCode.values if code in found]


def last_version(code: str) -> int:
    """Return the highest version number of one text, 0 when there is none."""
    return PublicText.objects.filter(code=code).aggregate(top=Max("version"))["top"] or 0
