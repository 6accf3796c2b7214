"""Licences: registered, examined, renewed; each term and its paper stays on record (LIC-01)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.services import clean_file, file_name
from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import licence_counts as counts
from quality.models import Licence, LicenceTerm
from quality.services.moves import said
from staff.models import Site, User

WRITABLE = ("kind", "name", "scope", "authority", "site", "vehicle", "holder")


@dataclass(frozen=True)
class LicenceTermInput:
    """A term as the paper states it, with the paper itself where there is one."""

    number: str
    issued_on: date
    expires_on: date | None = None
    content: bytes = b""
    file_name: str = ""


@transaction.atomic
def register_licence(
    *, fields: dict[str, Any], term: LicenceTermInput, by: User, at: datetime
) -> Licence:
    """Register a licence with its first term."""
    facts = {name: value for name, value in fields.items() if name in WRITABLE}
    owners = [name for name in ("site", "vehicle", "holder") if facts.get(name) is not None]
    if len(owners) > 1:
        text = _("A licence belongs to one: a site, a vehicle or a person")
        raise DomainError(text, code="one_owner", field=owners[1])
    _check(term, at)
    row = Licence.objects.create(
        number=said(term.number, field="number", limit=60), issued_on=term.issued_on,
        expires_on=term.expires_on, examined_on=business_day(at), **facts,
    )  # fmt: skip
    _keep_term(row, term, by, at)
    audit.record("licence.register", row, actor=by, at=at)
    return row


@transaction.atomic
def renew_licence(licence: Licence, *, term: LicenceTermInput, by: User, at: datetime) -> Licence:
    """Write down the next term; what was applied for is answered by it."""
    row = _held(licence)
    _check(term, at)
    if row.expires_on and term.expires_on and term.expires_on <= row.expires_on:
        text = _("The new term ends after the present one")
        raise DomainError(text, code="order", field="expires_on")
    row.number = said(term.number, field="number", limit=60)
    row.issued_on, row.expires_on = term.issued_on, term.expires_on
    row.applied_on, row.examined_on = None, business_day(at)
    row.save()
    _keep_term(row, term, by, at)
    audit.record("licence.replace", row, actor=by, at=at, fields=["number", "expires_on"])
    return row


@transaction.atomic
def apply_renewal(licence: Licence, *, on: date, by: User, at: datetime) -> Licence:
    """Write down that a renewal was applied for; it is not valid by that (F04)."""
    return _stamp(licence, "applied_on", on, "licence.request", by, at)


@transaction.atomic
def examine_licence(licence: Licence, *, on: date, by: User, at: datetime) -> Licence:
    """Write down the yearly look at a licence (LIC-01)."""
    return _stamp(licence, "examined_on", on, "licence.check", by, at)


@transaction.atomic
def retire_licence(licence: Licence, *, reason: str, by: User, at: datetime) -> Licence:
    """Take a licence off the register: it is not needed any more."""
    row = _held(licence)
    row.is_active, row.retired_on = False, business_day(at)
    row.save(update_fields=["is_active", "retired_on", "updated_at"])
    counts.refresh_licence(row, at=at)
    audit.record("licence.retire", row, actor=by, at=at,
                 reason=said(reason, field="reason", limit=200))  # fmt: skip
    return row


def licence_file(term: LicenceTerm, *, by: User, at: datetime) -> bytes:
    """Return the paper of a term; who opened it is logged first."""
    audit.record("licence.read_file", term.licence, actor=by, at=at, reason=term.sha256[:16])
    with term.file.open("rb") as opened:
        body = bytes(opened.read())
    if hashlib.sha256(body).hexdigest() != term.sha256:
        raise DomainError(_("This file was changed outside the program"), code="changed")
    return body


def _stamp(row: Licence, field: str, on: date, word: str, by: User, at: datetime) -> Licence:
    row = _held(row)
    if on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="on")
    setattr(row, field, on)
    row.save(update_fields=[field, "updated_at"])
    audit.record(word, row, actor=by, at=at, fields=[field])
    return row


def _held(row: Licence) -> Licence:
    return Licence.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)


def _check(term: LicenceTermInput, at: datetime) -> None:
    if term.issued_on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="issued_on")
    if term.expires_on is not None and term.expires_on < term.issued_on:
        text = _("The end comes after the day of issue")
        raise DomainError(text, code="order", field="expires_on")


def _keep_term(row: Licence, term: LicenceTermInput, by: User, at: datetime) -> None:
    made = LicenceTerm(
        licence=row, number=row.number, issued_on=term.issued_on, expires_on=term.expires_on,
        site=_site_of(row), by=by, at=at,
    )  # fmt: skip
    if term.content:
        kind, body = clean_file(term.content)
        made.name = file_name(term.file_name, kind)
        made.sha256 = hashlib.sha256(body).hexdigest()
        ending = made.name.rpartition(".")[2]
        made.file.save(f"{made.uid.hex}.{ending}", ContentFile(body), save=False)
    made.save()
    counts.refresh_licence(row, at=at)


def _site_of(row: Licence) -> Site | None:
    if row.vehicle is not None:
        return row.vehicle.site
    return row.holder.site if row.holder is not None else row.site
