"""Publishing a text: a new version from a day on; the old ones stay as they were."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError, StaleEdit
from shipments.enums import TextCode
from shipments.models import PublicText
from shipments.selectors.publishing import last_version

# Changes of service terms are announced ten days ahead (Express Market Measures, article 22).
NOTICE = timedelta(days=10)
ANNOUNCED = frozenset({TextCode.STANDARDS, TextCode.DELIVERY, TextCode.COMPENSATION})


def publish_text(
    *, code: str, title: str, title_en: str, body: str, body_en: str, valid_from: datetime,
    why: str, seen_version: int, actor: Any, at: datetime,
) -> PublicText:  # fmt: skip
    """Write the next version of a text. Raise `too_soon` when its notice would be too short.

    `seen_version` is the version the editor started from: two editors are told of each other.
    """
    if valid_from < at - timedelta(minutes=5):
        text = _("A text cannot apply from the past")
        raise DomainError(text, code="too_soon", field="valid_from")
    if code in ANNOUNCED and valid_from < at + NOTICE:
        text = _("Changed terms are announced 10 days ahead. Choose a later day")
        raise DomainError(text, code="too_soon", field="valid_from")
    version = last_version(code)
    if version != seen_version:
        raise StaleEdit(_("Somebody published version %(n)s meanwhile. Look at it first")
                        % {"n": version})  # fmt: skip
    try:
        with transaction.atomic():
            row = PublicText.objects.create(
                code=code, version=version + 1, title=title, title_en=title_en, body=body,
                body_en=body_en, valid_from=valid_from, why=why, made_at=at,
                made_by=audit.person(actor),
            )  # fmt: skip
            audit.record("text.publish", row, actor=actor, at=at, reason=why)
    except IntegrityError as error:
        raise StaleEdit(_("Somebody published a version at the same moment")) from error
    return row
