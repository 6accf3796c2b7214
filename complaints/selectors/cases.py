"""Cases, the people who handle them, the parcels they are about."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from complaints.enums import JUDGED, OPEN, CaseClass, CaseKind, Liability, Missing, Status
from complaints.models import (
    Case,
    Claim,
    ClaimBand,
    FollowUp,
    Reason,
    ReplyTemplate,
    Transfer,
)
from complaints.work_enums import RemedyStatus
from courierqa.core.access import Access
from courierqa.core.enums import MessageState, Role
from courierqa.core.models import Message
from courierqa.core.privacy import phone_index, tail_index
from shipments.models import Parcel
from staff.models import Site, User

# The tail of a phone number is indexed for all sites alike.
ANYWHERE = 0
TAIL = re.compile(r"\d{4}")
# Roles that see privacy cases which are not their own.
_TRUSTED = frozenset({Role.LEAD.value, Role.QUALITY.value, Role.AUDITOR.value})
GROUPS = {
    1: _("Delay"),
    2: _("Delivery"),
    3: _("Damage or loss"),
    4: _("Attitude"),
    5: _("Fee"),
    6: _("Privacy"),
    7: _("Other"),
}


def cases_for(access: Access) -> QuerySet[Case]:
    """Return the cases this person may see; privacy cases only to those who handle them."""
    in_scope = access.rows(site=("site_id", "liable_site_id"), queue=open_queue())
    return cases_known_to(access).filter(in_scope)


def cases_known_to(access: Access | None) -> QuerySet[Case]:
    """Return every case but the privacy cases of others: what a count may give away."""
    rows = Case.objects.all()
    if access is None:
        return rows.exclude(case_class=CaseClass.PRIVACY)
    if access.roles & _TRUSTED:
        return rows
    helps = Transfer.objects.filter(case=OuterRef("pk"), to_user=access.user)
    mine = Q(owner=access.user) | Q(first_responder=access.user) | Exists(helps)
    return rows.filter(~Q(case_class=CaseClass.PRIVACY) | mine)


def reason_groups() -> list[tuple[int, str, list[Reason]]]:
    """Return the tree in the order of its digits: (digit, name, reasons)."""
    rows = Reason.objects.filter(is_active=True)
    return [
        (group, str(GROUPS.get(group, group)), list(reasons))
        for group, reasons in groupby(rows, key=lambda reason: reason.group)
    ]


def agents(*, at: datetime) -> QuerySet[User]:
    """Return the people whose grants make them service agents now."""
    return _holding(Role.AGENT, at=at)


def colleagues(*, at: datetime) -> QuerySet[User]:
    """Return everybody a case may be handed to."""
    return _holding(Role.AGENT, Role.LEAD, Role.SUPERVISOR, at=at)


def agent_in_turn(turn: int, *, at: datetime) -> User | None:
    """Return the agent whose turn it is; leads stand in when there is no agent."""
    staff = list(agents(at=at)) or list(_holding(Role.LEAD, at=at))
    return staff[turn % len(staff)] if staff else None


def parcel_by_waybill(waybill: str) -> Parcel | None:
    """Return the parcel with exactly this waybill."""
    if not waybill:
        return None
    rows = Parcel.objects.select_related("destination", "product")
    return rows.filter(waybill__in={waybill, waybill.lower()}).first()


def parcels_for_caller(text: str, *, limit: int = 9) -> list[Parcel]:
    """Return the parcels of a waybill, a phone number or its last four digits, newest first."""
    from complaints.words import clean_phone, clean_waybill  # noqa: PLC0415 -- leaf

    rows = Parcel.objects.select_related("destination", "product")
    if parcel := parcel_by_waybill(clean_waybill(text)):
        return [parcel]
    if TAIL.fullmatch(text.strip()):
        return list(_by_tail(rows, text.strip())[:limit])
    if not (phone := clean_phone(text)):
        return []
    index = phone_index(phone)
    found = rows.filter(Q(recipient_phone_index=index) | Q(sender_phone_index=index))
    return list(found.order_by("-pk")[:limit])


def _by_tail(rows: QuerySet[Parcel], digits: str) -> QuerySet[Parcel]:
    sites = Site.objects.values_list("pk", flat=True)
    marks = [tail_index(digits, site_id=pk) for pk in sites]
    return rows.filter(recipient_tail_index__in=marks).order_by("-pk")


def duplicates_of(*, parcel: Parcel | None, phone: str) -> list[Case]:
    """Return open cases of the same parcel or the same caller: offered, never forced."""
    same = Q(pk__in=())
    if parcel is not None:
        same |= Q(parcel=parcel)
    if TAIL.fullmatch(phone.strip()):
        same |= Q(tail_index=tail_index(phone.strip(), site_id=ANYWHERE))
    elif index := phone_index(phone) if phone else "":
        same |= Q(phone_index=index)
    rows = Case.objects.filter(same, status__in=OPEN).select_related("reason", "owner")
    return list(rows.order_by("-received_at")[:3])


def merge_candidates(rows: QuerySet[Case], case: Case) -> list[Case]:
    """Return earlier open cases of the same customer: this one may belong to one of them."""
    if not case.phone_index:
        return []
    same = rows.filter(phone_index=case.phone_index, kind=case.kind, status__in=OPEN)
    earlier = same.filter(received_at__lte=case.received_at).exclude(pk=case.pk)
    return list(earlier.select_related("reason", "owner").order_by("received_at", "pk")[:3])


def missing_to_close(case: Case) -> list[Missing]:
    """Return everything a case still lacks, in the order of the ticks."""
    have = {
        Missing.REPLY: lambda: _is_told(case),
        Missing.LIABILITY: lambda: case.liability != Liability.UNDECIDED,
        Missing.MONEY: lambda: _money_is_settled(case),
        Missing.FOLLOW_UP: lambda: case.status in (Status.FOLLOWED_UP, Status.CLOSED),
        Missing.CAUSE: lambda: bool(case.cause and case.summary),
        Missing.REGULATOR: lambda: case.regulator_replied_at is not None,
        Missing.REMEDY: lambda: not case.remedies.filter(status=RemedyStatus.PROMISED).exists(),
    }
    return [part for part in needed_to_close(case) if not have[part]()]


def needed_to_close(case: Case) -> list[Missing]:
    """Return what this kind of case needs: a question its answer, an appeal its reply as well."""
    if case.kind not in JUDGED:
        needed = [Missing.REPLY]
    elif case.kind == CaseKind.APPEAL:
        needed = [Missing.REPLY, Missing.LIABILITY, Missing.MONEY, Missing.CAUSE]
    else:
        needed = [part for part in Missing if part != Missing.REGULATOR]
    return [*needed, Missing.REGULATOR] if case.regulator_due_at else needed


def templates_for(language: str) -> list[dict[str, str]]:
    """Return ready words in the customer's language."""
    english = language.startswith("en")
    return [
        {"code": row.code, "title": str(row), "body": row.body_en if english else row.body}
        for row in ReplyTemplate.objects.filter(is_active=True)
    ]


def _is_told(case: Case) -> bool:
    """An answer whose message came back has not been told."""
    if case.told_at is None:
        return False
    last = case.entries.filter(kind="reply").exclude(message_key="").order_by("-at", "-id").first()
    if last is None:
        return True
    failed = Message.objects.filter(key=last.message_key, state=MessageState.FAILED)
    return not failed.exists()


def _money_is_settled(case: Case) -> bool:
    claims = list(Claim.objects.filter(case=case).values_list("status", flat=True))
    if any(status not in ("paid", "rejected") for status in claims):
        return False
    return "paid" in claims or bool(case.no_money_reason)


def open_followup(case: Case) -> FollowUp | None:
    """Return the call that is still owed."""
    return FollowUp.objects.filter(case=case, done_at=None).first()


def ticks(case: Case, missing: list[Missing]) -> list[tuple[Missing, bool]]:
    """Return the ticks above the close button: which part, and whether it is there."""
    return [(part, part not in missing) for part in needed_to_close(case)]


def claim_bands() -> list[tuple[int | None, str]]:
    """Return (limit in fen, who decides) from the smallest amount up."""
    own = _("yourself")
    return [
        (band.up_to_fen, str(Role(band.role).label if band.role else own))
        for band in ClaimBand.objects.all()
    ]


def open_queue() -> Q:
    """Agents work one common queue: whatever is still open."""
    return Q(status__in=OPEN)


def _holding(*roles: Role, at: datetime) -> QuerySet[User]:
    valid = Q(grants__valid_from__lte=at) & (Q(grants__valid_to=None) | Q(grants__valid_to__gt=at))
    rows = User.objects.filter(valid, grants__role__in=roles, is_active=True)
    return rows.distinct().order_by("pk")
