"""Customers: who they are, what happened to their parcels, which own limits they have."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from complaints.enums import CaseKind, CustomerClass
from complaints.models import Case, CustomerFile, DeskDuty, Need, Reason, SurveyAnswer, Visit
from complaints.selectors.cases import cases_for, cases_known_to
from courierqa.core.access import Access
from shipments.models import Customer, Parcel

SHOWN = 20


def customers(
    *, access: Access | None, text: str = "", customer_class: str = ""
) -> QuerySet[Customer]:
    """Return the customers with parcels sent, complaints the reader may know of, last visit."""
    rows = Customer.objects.select_related("file__manager")
    if text:
        rows = rows.filter(Q(code__icontains=text) | Q(name__icontains=text))
    if customer_class in CustomerClass.values:
        rows = rows.filter(customer_class=customer_class)
    sent = Parcel.objects.filter(customer=OuterRef("pk")).order_by().values("customer")
    seen = Visit.objects.filter(customer=OuterRef("pk")).order_by().values("customer")
    said = cases_known_to(access).filter(parcel__customer=OuterRef("pk"), kind=CaseKind.COMPLAINT)
    return rows.annotate(
        parcels_sent=Coalesce(Subquery(sent.annotate(n=Count("pk")).values("n")), 0),
        complaints_made=Coalesce(
            Subquery(
                said.order_by().values("parcel__customer").annotate(n=Count("pk")).values("n")
            ),
            0,
        ),
        last_visit=Subquery(seen.annotate(at=Max("held_at")).values("at")),
    )


def file_of(*, parcel: Parcel | None, phone_index: str = "") -> CustomerFile | None:
    """Return the file of the customer who sent a parcel, or who calls from this number."""
    rows = CustomerFile.objects.select_related("customer", "manager")
    if parcel is not None and parcel.customer_id:
        found = rows.filter(customer_id=parcel.customer_id).first()
        if found is not None:
            return found
    return rows.filter(phone_index=phone_index).first() if phone_index else None


def limits_for(reason: Reason, *, parcel: Parcel | None, phone_index: str = "") -> Reason:
    """Return the reason's hours, shortened by the customer's own limits (CUS-02).

    The copy is never saved: intake reads its hours and keeps the reason itself.
    """
    found = file_of(parcel=parcel, phone_index=phone_index)
    if found is None:
        return reason
    limits = copy(reason)
    limits.first_hours = min(reason.first_hours, found.first_hours or reason.first_hours)
    limits.resolve_hours = min(reason.resolve_hours, found.resolve_hours or reason.resolve_hours)
    return limits


def parcels_of(customer: Customer, access: Access | None) -> list[Parcel]:
    """Return the newest parcels with what of cases and claims the reader may see (CUS-12)."""
    seen = cases_for(access) if access else Case.objects.none()
    cases = Prefetch("cases", queryset=seen.prefetch_related("claims"))
    rows = Parcel.objects.filter(customer=customer).select_related("destination", "product")
    found = rows.prefetch_related(cases, "exceptions").order_by("-pk")
    return list(found[:SHOWN])


def cases_of(customer: Customer, access: Access) -> QuerySet[Case]:
    """Return what this customer said, as far as the reader may see cases."""
    same = Q(parcel__customer=customer)
    index = CustomerFile.objects.filter(customer=customer).values_list("phone_index", flat=True)
    if number := next(iter(index), ""):
        same |= Q(phone_index=number)
    rows = cases_for(access).filter(same).select_related("reason", "owner", "parcel")
    return rows.order_by("-received_at", "-pk")


def answers_of(customer: Customer) -> list[SurveyAnswer]:
    """Return what recipients of this customer's parcels said in surveys; scores, no persons."""
    rows = SurveyAnswer.objects.filter(invitation__parcel__customer=customer)
    found = rows.select_related("rating", "invitation__round__plan")
    return list(found.order_by("-answered_at")[:SHOWN])


def visits(*, view: str, today: date) -> QuerySet[Visit]:
    """Return visits still to make, late ones first, or those held."""
    rows = Visit.objects.select_related("customer", "visitor")
    if view == "held":
        return rows.filter(held_at__isnull=False)
    if view == "cancelled":
        return rows.filter(cancelled_at__isnull=False)
    waiting = rows.filter(held_at=None, cancelled_at=None)
    return waiting.filter(planned_on__lt=today) if view == "late" else waiting


def visits_in(start: datetime, end: datetime) -> list[int | None]:
    """Return the marks of the visits held in a time; None where nobody gave one."""
    rows = Visit.objects.filter(held_at__gte=start, held_at__lt=end)
    return list(rows.values_list("score", flat=True))


def needs(*, access: Access | None, source: str = "", status: str = "") -> QuerySet[Need]:
    """Return what customers need; `shows_case` says whether the reader may know the case."""
    known = cases_known_to(access).filter(pk=OuterRef("case"))
    rows = Need.objects.select_related("case", "owner").annotate(shows_case=Exists(known))
    if source:
        rows = rows.filter(source=source)
    return rows.filter(status=status) if status else rows


def suggestions(access: Access) -> QuerySet[Case]:
    """Return the suggestions, with the need each became (CUS-08)."""
    rows = cases_for(access).filter(kind=CaseKind.SUGGESTION)
    return rows.select_related("owner", "need", "reason")


def duties() -> QuerySet[DeskDuty]:
    """Return who does what at the desk now."""
    return DeskDuty.objects.filter(ended_at=None).select_related("person")
