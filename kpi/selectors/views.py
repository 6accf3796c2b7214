"""Saved views: which ones a reader has, which one a page is showing."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q, QuerySet

from courierqa.core.access import roles_of
from kpi.models import SavedView, ViewMail

# What is no filter: how the answer is wrapped.
NOT_SAVED = frozenset({"format", "page", "csrfmiddlewaretoken"})


def clean_query(text: str, *, keep_period: bool = True) -> str:
    """Return the filters of an address in one order, so that equal views are equal texts."""
    left_out = NOT_SAVED | (frozenset() if keep_period else frozenset({"period"}))
    pairs = [(name, value) for name, value in parse_qsl(text.lstrip("?")) if name not in left_out]
    return urlencode(sorted(pairs))


def views_for(user: Any) -> QuerySet[SavedView]:
    """Return the reader's own views and those shared with one of their roles."""
    roles = roles_of(user)[0]
    rows = SavedView.objects.filter(Q(owner=user) | Q(shared_role__in=roles))
    return rows.select_related("owner")


def default_view(user: Any) -> SavedView | None:
    """Return the view the reader's dashboard begins with, if they chose one."""
    found = SavedView.objects.filter(owner=user, is_default=True).first()
    return found if found and found.query else None


def view_of_query(user: Any, params: Any) -> SavedView | None:
    """Return the view whose filters are exactly these, period apart when it has none."""
    text = params.urlencode()
    wanted = {clean_query(text), clean_query(text, keep_period=False)} - {""}
    return views_for(user).filter(query__in=wanted).first() if wanted else None


def mails_of(user: Any) -> QuerySet[ViewMail]:
    """Return what is sent to a person, soonest first."""
    return ViewMail.objects.filter(user=user).select_related("view").order_by("next_on", "pk")
