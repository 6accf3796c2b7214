"""What happens to documents by the passing of time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courierqa.core.calendars import business_day
from quality.document_enums import VersionStatus as V
from quality.models import Document, DocumentVersion
from quality.services.documents.approving import enforce_due
from quality.services.documents.moves import hold, in_force
from quality.services.documents.reading import ask_readers, remind_readers


def run_documents(*, now: datetime) -> dict[str, int]:
    """Put versions in force whose day has come, ask people who joined, remind those who owe."""
    due = DocumentVersion.objects.filter(status=V.APPROVED, effective_on__lte=business_day(now))
    enforced = sum(
        enforce_due(one.document, at=now) for one in due.select_related("document").order_by("id")
    )
    asked = sum(
        _ask(one, now) for one in Document.objects.filter(versions__status=V.EFFECTIVE)
    )  # fmt: skip
    return {"in_force": enforced, "asked": asked, "told": remind_readers(now=now)}


@transaction.atomic
def _ask(document: Document, now: datetime) -> int:
    row = in_force(hold(document))
    return ask_readers(document, row, at=now) if row is not None else 0
