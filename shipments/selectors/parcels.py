"""Parcels and orders a reader may see, and how they are found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from courierqa.core.access import Access
from courierqa.core.enums import Scope
from courierqa.core.privacy import phone_index, tail_index
from courierqa.core.text import clean_code
from shipments import enums
from shipments.models import Parcel
from staff.models import Site

LIMIT = 50
NEAR = 5
DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9\-]{3,39}")
SITES = ("origin_id", "destination_id", "last_site_id")


def parcels_for(access: Access) -> QuerySet[Parcel]:
    """Return the parcels of the actor's scope: own ones, those of own sites, or all."""
    seen = access.rows(site=SITES, own="holder_id")
    if access.scope == Scope.OWN and access.employee_id is not None:
        # What a courier delivered stays visible to that courier.
        seen |= Q(facts__courier_id=access.employee_id)
    return Parcel.objects.filter(seen)


def late_parcels(access: Access, *, now: datetime) -> QuerySet[Parcel]:
    """Return accepted, undone parcels whose promise has passed, longest overdue first."""
    rows = parcels_for(access).exclude(state__in=enums.ENDED).exclude(accepted_at=None)
    rows = rows.filter(promised_by__lt=now, done_at=None)
    return rows.select_related("product", "last_site", "destination").order_by("promised_by", "pk")


def plain_waybill(text: str) -> str:
    """Return a number as typed in its plain form, or "" when it cannot be one."""
    code = clean_code(text[:120])
    return code if NUMBER.fullmatch(code) else ""


@dataclass(frozen=True)
class Found:
    """What a search came to: one parcel to open, several to choose from, or none."""

    text: str
    kind: str = ""
    exact: Parcel | None = None
    rows: list[Parcel] = field(default_factory=list)
    # Numbers one slip away from what was typed, when nothing was found.
    near: list[Parcel] = field(default_factory=list)
    is_cut: bool = False


def search_parcels(text: str, access: Access) -> Found:
    """Find by waybill, by phone number, or by the end of a waybill or phone."""
    typed = clean_code(text[:120])
    code = typed if re.fullmatch(r"\+?\d{4,15}", typed) else plain_waybill(typed)
    if not code:
        return Found(typed)
    rows = parcels_for(access).select_related("product", "last_site", "destination")
    exact = rows.filter(waybill=code).first()
    if exact is not None:
        return Found(code, "waybill", exact)
    kind, condition = _condition(code, access)
    found = list(rows.filter(condition).order_by("-pk")[: LIMIT + 1])
    # An exact phone with one parcel opens it; an end of a number never does by itself.
    only = found[0] if kind == "phone" and len(found) == 1 else None
    near = [] if found or kind != "start" else _nearest(code, rows)
    return Found(code, kind, only, found[:LIMIT], near, is_cut=len(found) > LIMIT)


def _nearest(code: str, rows: QuerySet[Parcel]) -> list[Parcel]:
    """Return numbers one slip away: a wrong, missing, doubled or swapped sign; else by start."""
    if len(code) < 6:
        return []
    found = list(rows.filter(waybill__in=slips(code)).order_by("waybill")[:NEAR])
    for cut in (2, 4) if not found and len(code) > 9 else ():
        found = list(rows.filter(waybill__startswith=code[:-cut]).order_by("waybill")[:NEAR])
        if found:
            break
    return found


def slips(code: str) -> set[str]:
    """Return what somebody may have meant who typed `code` with one slip of the finger."""
    made = {code[:n] + code[n + 1 :] for n in range(len(code))}
    made |= {code[:n] + code[n + 1] + code[n] + code[n + 2 :] for n in range(len(code) - 1)}
    for place in range(len(code) + 1):
        digit = place == len(code) or code[place].isdigit()
        signs = DIGITS if digit else LETTERS
        made |= {code[:place] + sign + code[place + 1 :] for sign in signs}
        made |= {code[:place] + sign + code[place:] for sign in DIGITS}
    return {one for one in made if len(one) <= 40} - {code}


def _condition(code: str, access: Access) -> tuple[str, Q]:
    index = phone_index(code) if re.fullmatch(r"\+?\d{7,15}", code) else ""
    if index:
        return "phone", Q(recipient_phone_index=index) | Q(sender_phone_index=index)
    if re.fullmatch(r"\d{4}", code):
        return "tail", _tail(code, access)
    return "start", Q(waybill__startswith=code) if len(code) >= 4 else Q(pk__in=())


def _tail(digits: str, access: Access) -> Q:
    """The phone's last four digits are indexed together with the destination site."""
    sites = access.sites if not access.is_all else Site.objects.values_list("pk", flat=True)
    marks = [tail_index(digits, site_id=pk) for pk in sites]
    return Q(recipient_tail_index__in=marks)


def find_parcel(text: str, access: Access) -> Parcel | None:
    """Return the one parcel this text names exactly, or None."""
    return search_parcels(text, access).exact
