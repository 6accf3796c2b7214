"""Exemptions: asked for by one person, approved by another, revoked with a reason (B17).

A decision marks the months it touches for a recount; nothing of the raw figures changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.services import clean_file, file_name
from courierqa.core import approvals, audit, calendars, history
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.errors import DomainError
from kpi import rollups, services
from shipments.exemption_enums import ExemptionReach as Reach
from shipments.exemption_enums import ExemptionStatus as Status
from shipments.models import Exemption, Lane
from shipments.services.excusing import renew_exempt
from staff.models import Site

KIND = "exemption"
# A longer emergency is asked for again: somebody looks at it anew.
LONGEST = timedelta(days=62)
MACHINE = history.Machine(
    "exemption",
    {
        Status.REQUESTED: {"approve": Status.APPROVED, "reject": Status.REJECTED},
        Status.APPROVED: {"revoke": Status.REVOKED},
    },
)


@dataclass(frozen=True)
class Wanted:
    """What is asked for: an area, a period with both ends inside, the cause and its evidence."""

    reach: str
    starts_at: datetime
    ends_at: datetime
    cause: str
    evidence: str
    region: str = ""
    sites: Sequence[Site] = ()
    lanes: Sequence[Lane] = ()


@transaction.atomic
def ask(*, wanted: Wanted, content: bytes, name: str, by: Any, at: datetime) -> Exemption:
    """Ask for an exemption; it exempts nothing until another person has approved it."""
    _check(wanted)
    sites = _sites(wanted)
    kind, body = clean_file(content)
    row = Exemption(
        number=f"new-{at:%y%m%d%H%M%S%f}"[:20], reach=wanted.reach, starts_at=wanted.starts_at,
        region=wanted.region if wanted.reach == Reach.REGION else "", ends_at=wanted.ends_at,
        cause=wanted.cause[:200], evidence=wanted.evidence[:300], file_kind=kind,
        file_name=file_name(name, kind), file_sha256=hashlib.sha256(body).hexdigest(),
        asked_by=by, asked_at=at,
    )  # fmt: skip
    stored = f"{row.file_sha256[:32]}.{row.file_name.rpartition('.')[2]}"
    row.file.save(stored, ContentFile(body), save=False)
    row.save()
    row.number = f"EX{calendars.business_day(wanted.starts_at):%y%m%d}{row.pk:04d}"
    row.sites.set(sites)
    row.lanes.set(wanted.lanes if wanted.reach == Reach.LANES else ())
    history.begin(row, machine=MACHINE, actor=by, at=at)
    row.approval = _request(row, by, at)
    row.save(update_fields=["number", "approval", "updated_at"])
    return row


def _request(row: Exemption, by: Any, at: datetime) -> Any:
    return approvals.request_approval(
        kind=KIND, obj=row, needs_role=Role.MANAGER, by=by, at=at,
        title=_("Exemption %(number)s: %(cause)s") % {"number": row.number, "cause": row.cause},
        fingerprint=fingerprint(row), link=reverse("kpi:exemption", args=[row.number]),
    )  # fmt: skip


@transaction.atomic
def decide(*, row: Exemption, approve: bool, note: str, by: Any, at: datetime) -> Exemption:
    """Say yes or no as somebody else than who asked; a yes recounts the months it touches."""
    row = _held(row)
    if row.status != Status.REQUESTED or row.approval is None:
        raise DomainError(_("This request was decided already"), code="decided")
    if not approve and not note.strip():
        raise DomainError(_("Say why it is refused"), code="required", field="note")
    told = approvals.decide(
        row.approval, approve=approve, by=by, at=at, note=note,
        current_fingerprint=fingerprint(row),
    )  # fmt: skip
    verb = "approve" if told.state == ApprovalState.APPROVED else "reject"
    changes = {"approved_by": by, "approved_at": at} if verb == "approve" else {}
    history.transition(
        row, verb, machine=MACHINE, actor=by, at=at, reason=note, changes=changes
    )  # fmt: skip
    if verb == "approve":
        _recount(row, at)
    return row


@transaction.atomic
def revoke(*, row: Exemption, reason: str, by: Any, at: datetime) -> Exemption:
    """Take an approved exemption back; its request, approval and revocation stay on record."""
    row = _held(row)
    if not reason.strip():
        raise DomainError(_("Say why it is revoked"), code="required", field="reason")
    history.transition(
        row, "revoke", machine=MACHINE, actor=by, at=at, reason=reason,
        changes={"revoked_at": at},
    )  # fmt: skip
    _recount(row, at)
    return row


def open_file(row: Exemption, *, by: Any, at: datetime) -> bytes:
    """Return the evidence, after the log has who opened it; a changed file is refused."""
    audit.record("file.read", row, actor=by, at=at, reason=row.file_sha256[:16])
    with row.file.open("rb") as opened:
        body = bytes(opened.read())
    if hashlib.sha256(body).hexdigest() != row.file_sha256:
        wrong = _("This file was changed outside the program")
        raise DomainError(wrong, code="changed", status=409)
    return body


def fingerprint(row: Exemption) -> str:
    """Return a fingerprint of all that was asked for; a later change of it lapses the request."""
    return approvals.fingerprint_of(
        row.reach, row.region, sorted(row.sites.values_list("pk", flat=True)),
        sorted(row.lanes.values_list("pk", flat=True)), row.starts_at.timestamp(),
        row.ends_at.timestamp(), row.cause, row.file_sha256,
    )  # fmt: skip


def _held(row: Exemption) -> Exemption:
    rows = Exemption.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("approval").get(pk=row.pk)


def _recount(row: Exemption, at: datetime) -> None:
    """Mark anew who is exempt, and the months of the period for a recount."""
    renew_exempt(starts_at=row.starts_at, ends_at=row.ends_at)
    services.mark_months(months_of(row), now=at)


def months_of(row: Exemption) -> list[date]:
    """Return the first days of the months an exemption touches."""
    last = calendars.business_day(row.ends_at)
    months = [calendars.business_day(row.starts_at).replace(day=1)]
    while (after := rollups.next_month(months[-1])) <= last:
        months.append(after)
    return months


def _check(wanted: Wanted) -> None:
    if wanted.ends_at <= wanted.starts_at:
        wrong = _("The end must be later than the start")
        raise DomainError(wrong, code="order", field="ends_at")
    if wanted.ends_at - wanted.starts_at > LONGEST:
        wrong = _("At most %(n)s days in one request. Ask again for what comes after")
        raise DomainError(wrong % {"n": LONGEST.days}, code="too_long", field="ends_at")
    empty = {
        "sites": wanted.reach == Reach.SITES and not wanted.sites,
        "region": wanted.reach == Reach.REGION and not wanted.region,
        "lanes": wanted.reach == Reach.LANES and not wanted.lanes,
        "cause": not wanted.cause.strip(),
        "evidence": not wanted.evidence.strip(),
    }
    for field, is_empty in empty.items():
        if is_empty:
            raise DomainError(_("Fill this in"), code="required", field=field)


def _sites(wanted: Wanted) -> Sequence[Site]:
    """Return the sites covered: of a region those that belong to it now."""
    if wanted.reach == Reach.SITES:
        return wanted.sites
    if wanted.reach != Reach.REGION:
        return ()
    found = list(Site.objects.filter(region=wanted.region))
    if not found:
        wrong = _("No site lies in this region")
        raise DomainError(wrong, code="no_site", field="region")
    return found
