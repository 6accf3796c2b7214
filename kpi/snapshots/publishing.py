"""Publication: a signed month becomes visible to auditors, and anybody can check its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courierqa.core import audit, notify, outbox
from courierqa.core.access import matrix, may
from courierqa.core.enums import Channel
from courierqa.core.errors import DomainError, NotAllowed
from kpi.models import Publication, Snapshot
from kpi.reports import numbers
from kpi.snapshots.signing import newer_of, next_step
from kpi.snapshots.words import CODES
from staff.models import User

PUBLISH_FILES = "report.publish_files"


class NotReady(DomainError):
    """A signature is missing, or the edition is replaced or published already."""

    code = "not_ready"


def publish(snapshot: Snapshot, *, by: Any, at: datetime, request: Any = None) -> Publication:
    """Publish a report that three people signed; its readers get a notice, its files are printed.

    Raises NotAllowed without the right, NotReady where something stands before it.
    """
    if not may(by, "report", "publish"):
        raise NotAllowed(_("Your role does not publish reports"))
    with transaction.atomic():
        row = Snapshot.objects.select_for_update(no_key=True).get(pk=snapshot.pk)
        _refuse(row)
        done = Publication.objects.create(snapshot=row, by=by, at=at)
        audit.record("report.publish", row, actor=by, at=at, request=request, seal_now=True)
        outbox.emit(PUBLISH_FILES, f"{PUBLISH_FILES}:{row.pk}", {"snapshot": row.pk})
        _tell(row, at=at)
    return done


def _refuse(row: Snapshot) -> None:
    if Publication.objects.filter(snapshot=row).exists():
        raise NotReady(_("This edition is published already"))
    if newer_of(row) is not None:
        raise NotReady(_("A correction has replaced this edition. Publish the correction"))
    missing = next_step(list(row.signatures.all()))
    if missing is not None:
        raise NotReady(_("A signature is missing: %(step)s") % {"step": missing.label})


def _tell(row: Snapshot, *, at: datetime) -> None:
    """Send a notice to everybody who may read this report."""
    link = reverse("kpi:report", args=[row.period])
    link += f"?site={row.site}" if row.site else ""
    for user in _readers(row, at):
        language = user.language or CODES[0]
        with translation.override(language):
            month = numbers.month_name(row.period)
        notify.send(
            key=f"report-published:{row.pk}:{user.pk}",
            channel=Channel.IN_APP,
            template="kpi/report_published",
            language=language,
            user=user,
            context={
                "month": month,
                "version": row.version,
                "site": row.site,
                "is_correction": row.version != "1.0",
            },
            obj=row,
            link=link,
            at=at,
        )


def _readers(row: Snapshot, at: datetime) -> list[User]:
    """Return who reads it: roles of all sites, and for a site's report those granted the site."""
    cells = matrix()["report"]["read"]
    wide = [role for role, scope in cells.items() if scope == "all"]
    narrow = [role for role in cells if role not in wide]
    valid = Q(grants__valid_from__lte=at) & (Q(grants__valid_to=None) | Q(grants__valid_to__gt=at))
    reach = Q(grants__role__in=wide)
    if row.site:
        reach |= Q(grants__role__in=narrow, grants__site__code=row.site)
    rows = User.objects.filter(valid & reach, is_active=True)
    return list(rows.distinct().order_by("pk"))
