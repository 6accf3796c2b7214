"""Changing a promise: only with a name and a cause, the old one stays (B13)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments.models import Parcel, PromiseChange
from shipments.services import refolding


@transaction.atomic
def change_promise(
    *, parcel: Parcel, new: datetime, asked_by_customer: bool, cause: str, at: datetime, actor: Any
) -> PromiseChange:
    """Write another promise beside the old one.

    Only a customer who asked before the deadline moves it; what the company arranges is told to
    the customer and shown, but the deadline that figures read stays (B13).
    """
    if not cause.strip():
        raise DomainError(_("Say why the promise changes"), code="required", field="cause")
    parcel = Parcel.objects.select_for_update(no_key=True).get(pk=parcel.pk)
    if parcel.promised_by is None:
        raise DomainError(_("This parcel has no promise yet"), code="no_promise")
    change = PromiseChange.objects.create(
        parcel=parcel, old=parcel.promised_by, new=new, asked_by_customer=asked_by_customer,
        cause=cause[:200], at=at, by=audit.person(actor),
    )  # fmt: skip
    audit.record("parcel.promise", parcel, actor=actor, at=at, fields=["promised_by"])
    if asked_by_customer and at <= parcel.promised_by:
        parcel.promised_by = new
        parcel.save(update_fields=["promised_by", "updated_at"])
        refolding.refold([parcel.pk], now=at)
    return change
