"""Keeping views: saved, shared, made the default, dropped. Only the owner changes a view."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from kpi.models import SavedView, ViewMail
from kpi.selectors.views import clean_query

# One person's views are a short list; more would be a table nobody reads.
MOST = 50


class ViewRefused(DomainError):
    """The view cannot be kept like this."""

    code = "view_refused"


@transaction.atomic
def save_view(
    *,
    by: Any,
    name: str,
    query: str,
    shared_role: str = "",
    is_default: bool = False,
    keep_period: bool = False,
    at: datetime,
) -> SavedView:
    """Keep the filters under a name; the same name of the same person is written anew."""
    text = clean_query(query, keep_period=keep_period)
    if len(text) > 500:
        raise ViewRefused(_("Choose fewer figures: these filters are too long"), field="name")
    known = SavedView.objects.filter(owner=by)
    if known.count() >= MOST and not known.filter(name=name).exists():
        raise ViewRefused(_("Remove a view first: you keep %(n)s") % {"n": MOST}, field="name")
    values = {"query": text, "shared_role": shared_role}
    view, made = SavedView.objects.update_or_create(owner=by, name=name, defaults=values)
    if is_default:
        make_default(view=view, by=by)
    audit.record("view.create" if made else "view.change", view, actor=by, at=at)
    return view


@transaction.atomic
def make_default(*, view: SavedView, by: Any) -> None:
    """Let the owner's dashboard begin with this view; again: with the plain dashboard."""
    was = view.is_default
    SavedView.objects.filter(owner=by, is_default=True).update(is_default=False)
    view.is_default = not was
    SavedView.objects.filter(pk=view.pk, owner=by).update(is_default=view.is_default)


@transaction.atomic
def drop_view(*, view: SavedView, by: Any, at: datetime) -> None:
    """Remove a view and end every mail of it."""
    audit.record("view.remove", view, actor=by, at=at, reason=view.name)
    ViewMail.objects.filter(view=view).delete()
    view.delete()
