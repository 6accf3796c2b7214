"""The work list of a service agent: nearest deadline first, every view in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from complaints.enums import OPEN, Status
from complaints.models import Case, Entry, FollowUp
from complaints.selectors.cases import ANYWHERE, TAIL
from complaints.words import clean_phone, clean_waybill
from courierqa.core.privacy import phone_index, tail_index
from staff.models import User

SOON = timedelta(hours=4)
ORDER = ("next_due_at", "-id")
COLUMNS = {"kind": "kind", "class": "case_class", "channel": "channel"}
VIEWS = {
    "mine": _("Mine"),
    "unowned": _("Unowned"),
    "due-soon": _("Due soon"),
    "overdue": _("Overdue"),
    "follow-up": _("Follow-up"),
    "unanswered": _("No answer yet"),
    "all": _("All"),
}


def inbox(
    rows: QuerySet[Case],
    *,
    view: str,
    user: User,
    now: datetime,
    text: str = "",
    chosen: Mapping[str, str] | None = None,
) -> QuerySet[Case]:
    """Return one view of the cases in `rows`, nearest deadline first, never by number."""
    rows = rows.filter(_FILTERS[view](user, now))
    for name, word in (chosen or {}).items():
        if word:
            rows = rows.filter(**{COLUMNS[name]: word})
    if text:
        rows = rows.filter(_search(text))
    last = Entry.objects.filter(case=OuterRef("pk"), is_public=True).order_by("-at", "-id")
    rows = rows.annotate(last_kind=Subquery(last.values("kind")[:1]))
    rows = rows.annotate(last_at=Subquery(last.values("at")[:1]))
    joined = rows.select_related("reason", "owner", "site", "parcel")
    return joined.defer("words", "parcel__sender_address", "parcel__recipient_address").order_by(
        *ORDER
    )


def view_counts(rows: QuerySet[Case], *, user: User, now: datetime) -> dict[str, int]:
    """Return how many cases each view holds, in one query; the whole history is not counted."""
    counted = {
        view.replace("-", "_"): Count("pk", filter=test(user, now))
        for view, test in _FILTERS.items()
        if view != "all"
    }
    found = rows.filter(status__in=OPEN).aggregate(**counted)
    return {name.replace("_", "-"): count for name, count in found.items()}


def next_case(rows: QuerySet[Case], *, user: User, after: Case | None = None) -> Case | None:
    """Return the case of this person that is due next."""
    mine = rows.filter(owner=user, status__in=OPEN)
    if after is not None:
        mine = mine.exclude(pk=after.pk)
    return mine.order_by(*ORDER).first()


def followups_due(rows: QuerySet[Case], *, user: User) -> QuerySet[FollowUp]:
    """Return the calls this person may make: never about a case they answered themselves."""
    calls = FollowUp.objects.filter(done_at=None, case__in=rows).exclude(case__owner=user)
    joined = calls.select_related("case__reason", "case__owner", "case__parcel")
    return joined.prefetch_related("case__claims").order_by("due_at", "pk")


def _search(text: str) -> Q:
    number = text.strip().upper()
    if TAIL.fullmatch(number):
        return Q(tail_index=tail_index(number, site_id=ANYWHERE))
    found = Q(number=number) | Q(waybill_given=clean_waybill(text))
    if phone := clean_phone(text):
        found |= Q(phone_index=phone_index(phone))
    return found


_FILTERS: dict[str, Callable[[User, datetime], Q]] = {
    "mine": lambda user, now: Q(owner=user, status__in=OPEN),
    "unowned": lambda user, now: Q(status__in=OPEN) & (Q(owner=None) | Q(owner__is_active=False)),
    "due-soon": lambda user, now: Q(
        status__in=OPEN, next_due_at__gte=now, next_due_at__lte=now + SOON
    ),
    "overdue": lambda user, now: Q(status__in=OPEN, next_due_at__lt=now),
    "follow-up": lambda user, now: Q(status=Status.ANSWERED),
    "unanswered": lambda user, now: Q(status__in=OPEN, told_at=None),
    "all": lambda user, now: Q(),
}
