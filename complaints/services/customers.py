"""The customer's file: class, notes, own limits, the person who looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.enums import CustomerClass
from complaints.models import CustomerFile
from complaints.words import clean_line, clean_phone, clean_text
from courierqa.core import audit, privacy
from courierqa.core.errors import DomainError
from shipments.models import Customer
from staff.models import User

LONGEST_HOURS = 168


@dataclass(frozen=True)
class FileText:
    """What the file says. Hours are the customer's own limits; None follows the reason."""

    name: str
    customer_class: str
    notes: str = ""
    contact_name: str = ""
    # None keeps the number on file: the form never shows it.
    contact_phone: str | None = None
    first_hours: int | None = None
    resolve_hours: int | None = None
    manager: User | None = None
    agreement_from: date | None = None
    agreement_to: date | None = None


@transaction.atomic
def open_file(*, code: str, said: FileText, by: User, at: datetime) -> CustomerFile:
    """Take a customer on the books (CUS-01)."""
    code = clean_line(code, field="code", limit=30).upper()
    if not code:
        raise DomainError(_("Enter a customer number"), code="required", field="code")
    customer, is_new = Customer.objects.get_or_create(code=code)
    if not is_new:
        text = _("This customer number is taken. Open the customer, or choose another number")
        raise DomainError(text, code="taken", field="code")
    return _write(CustomerFile(customer=customer), said, verb="create", by=by, at=at)


@transaction.atomic
def change_file(*, customer: Customer, said: FileText, by: User, at: datetime) -> CustomerFile:
    """Write the file anew; a customer without one gets it."""
    CustomerFile.objects.get_or_create(customer=customer)
    row = CustomerFile.objects.select_for_update(no_key=True, of=("self",)).get(customer=customer)
    return _write(row, said, verb="change", by=by, at=at)


def _write(row: CustomerFile, said: FileText, *, verb: str, by: User, at: datetime) -> CustomerFile:
    customer = row.customer
    customer.name = clean_line(said.name, field="name", limit=80)
    customer.customer_class = _class(said)
    customer.agreement_from, customer.agreement_to = said.agreement_from, said.agreement_to
    before = _limits(row), row.notes
    row.notes = clean_text(said.notes, field="notes")
    row.contact_name = clean_line(said.contact_name, field="contact_name", limit=60)
    _set_phone(row, said.contact_phone)
    row.first_hours = _hours(said.first_hours, "first_hours")
    row.resolve_hours = _hours(said.resolve_hours, "resolve_hours")
    row.manager = said.manager
    customer.save()
    row.save()
    fields = ["limits"] * (before[0] != _limits(row)) + ["notes"] * (before[1] != row.notes)
    if verb == "create":
        audit.record("customer.create", row.customer, actor=by, at=at, fields=fields)
    else:
        audit.record("customer.change", row.customer, actor=by, at=at, fields=fields)
    return row


def _limits(row: CustomerFile) -> tuple[int | None, int | None]:
    return row.first_hours, row.resolve_hours


def _class(said: FileText) -> str:
    if said.customer_class not in CustomerClass.values:
        raise DomainError(_("Choose a class"), code="required", field="customer_class")
    agreed, until = said.agreement_from, said.agreement_to
    if said.customer_class == CustomerClass.AGREEMENT and agreed is None:
        text = _("Enter when the agreement begins")
        raise DomainError(text, code="required", field="agreement_from")
    if agreed and until and until < agreed:
        raise DomainError(_("The end comes after the beginning"), field="agreement_to")
    return said.customer_class


def _set_phone(row: CustomerFile, typed: str | None) -> None:
    if typed is None:
        return
    phone = clean_phone(typed)
    if typed and not phone:
        text = _("Enter a phone number such as 138 0013 8000")
        raise DomainError(text, code="bad_phone", field="contact_phone")
    row.contact_phone = phone
    row.phone_index = privacy.phone_index(phone) if phone else ""


def _hours(hours: int | None, field: str) -> int | None:
    if hours is not None and not 1 <= hours <= LONGEST_HOURS:
        text = _("Enter 1 to %(most)s hours; the legal limit of 7 days stays")
        raise DomainError(text % {"most": LONGEST_HOURS}, code="bad_hours", field=field)
    return hours
