"""Who bears the cost of a paid claim: booked at payment, split, settled (PAY-08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.enums import ClaimStatus
from complaints.models import Claim, CostShare
from complaints.services.moves import hold
from complaints.words import BadText, clean_line
from complaints.work_enums import Bearer
from courierqa.core import audit
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.money import yuan
from staff.models import Employee, Site, User


@dataclass(frozen=True)
class Part:
    """A part of the cost in fen, and who bears it."""

    bearer: Bearer
    amount_fen: int
    site: Site | None = None
    person: Employee | None = None
    outside: str = ""


def book_whole(claim: Claim, *, by: User, at: datetime) -> None:
    """Book a paid claim to the site it was proposed for, else to the company."""
    site = claim.borne_by
    bearer = Bearer.SITE if site else Bearer.COMPANY
    _insert(claim, [Part(bearer, claim.amount_fen, site=site)], by=by, at=at)


@transaction.atomic
def split_cost(*, claim: Claim, parts: Sequence[Part], by: User, at: datetime) -> list[CostShare]:
    """Book the cost anew; the parts add up to what was paid, and nothing settled is touched."""
    hold(claim.case)
    claim.refresh_from_db()
    if claim.status != ClaimStatus.PAID:
        raise DomainError(_("Only a paid claim has a cost to book"), code="not_paid")
    if CostShare.objects.filter(claim=claim, settled_at__isnull=False).exists():
        raise DomainError(_("A part of this cost is already settled"), code="settled")
    _check(claim, parts, by)
    CostShare.objects.filter(claim=claim).delete()
    audit.record("cost.split", claim, actor=by, at=at, fields=[str(p.bearer) for p in parts])
    return _insert(claim, parts, by=by, at=at)


@transaction.atomic
def settle_share(*, share: CostShare, ref: str, by: User, at: datetime) -> CostShare:
    """Note that whoever bears a part has borne it, once, with the proof."""
    hold(share.claim.case)
    row = CostShare.objects.select_for_update(no_key=True).filter(pk=share.pk).first()
    if row is None:
        wrong = _("This cost was booked anew meanwhile. Reload to see its parts")
        raise DomainError(wrong, code="changed")
    proof = clean_line(ref, field="settle_ref", limit=60)
    if not proof:
        raise BadText(_("Enter the booking reference"), code="required", field="settle_ref")
    if row.settled_at is not None:
        raise DomainError(_("This part is already settled"), code="settled")
    if row.person is not None and row.person.user_id == by.pk:
        raise NotAllowed(_("Nobody settles their own part"))
    row.settled_at, row.settled_by, row.settle_ref = at, by, proof
    row.save(update_fields=["settled_at", "settled_by", "settle_ref", "updated_at"])
    audit.record("cost.settle", row, actor=by, at=at)
    return row


def _check(claim: Claim, parts: Sequence[Part], by: User) -> None:
    if sum(part.amount_fen for part in parts) != claim.amount_fen:
        wrong = _("The parts must add up to %(amount)s")
        amount = {"amount": yuan(claim.amount_fen)}
        raise DomainError(wrong % amount, code="bad_sum", field="amount", status=422)
    for part in parts:
        if part.person is not None and part.person != claim.case.liable_person:
            wrong = _("Only the person held liable in the end can bear a part")
            raise DomainError(wrong, code="not_liable", field="person", status=422)
        if part.person is not None and claim.case.liability_final_at is None:
            wrong = _("The decision on liability is not final yet")
            raise DomainError(wrong, code="not_final", field="person", status=422)
        if part.person is not None and part.person.user_id == by.pk:
            raise NotAllowed(_("Nobody books their own part"))


def _insert(claim: Claim, parts: Sequence[Part], *, by: User, at: datetime) -> list[CostShare]:
    rows = [
        CostShare(
            claim=claim, bearer=part.bearer, site=part.site, person=part.person,
            outside=part.outside, amount_fen=part.amount_fen, booked_by=by, booked_at=at,
        )
        for part in parts
    ]  # fmt: skip
    return CostShare.objects.bulk_create(rows)
