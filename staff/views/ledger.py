"""The ledger: what people gained and lost, and how an entry is undone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow, may
from courierqa.core.formats import day, yuan
from staff import selectors, services
from staff.forms.work import WhyForm
from staff.models import LedgerEntry
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, record_page, table_page


@allow("reward", GET="read")
def ledger_page(request: HttpRequest) -> HttpResponse:
    """What people gained and lost; nothing here is ever changed."""
    page = listed(request, selectors.about_people(LedgerEntry, request.access))
    rows = [
        [Cell(day(row.at)), Cell(f"{row.employee.name} {row.employee.number}"),
         Cell(row.words, reverse("staff:ledger_entry", args=[row.pk])),
         Cell(yuan(row.amount_fen), is_number=True, plain=row.amount_fen / 100)]
        for row in page
    ]  # fmt: skip
    person = getattr(request.user, "employee", None)
    balance = yuan(selectors.balance_of(person)) if person else ""
    table = Table(
        _("Ledger"), [_("Day"), _("Person"), _("Why"), _("Amount") + "#"], rows, page=page,
        export="reward",
        lead=_("Your own balance: %(sum)s") % {"sum": balance} if balance else "", icon="book",
        empty=_("Nothing was booked yet"), hint=_("An agreed proposal is booked at once"),
    )  # fmt: skip
    return table_page(request, table)


@allow("reward", GET="read", POST="approve")
def ledger_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry; whoever decides about rewards undoes a wrong one with its opposite."""
    access = access_for(request.user, "reward", "read") or request.access
    entries = selectors.about_people(LedgerEntry, access).select_related("by", "reversal")
    entry: LedgerEntry = get_object_or_404(entries, pk=pk)
    opposite = entry.reverses or getattr(entry, "reversal", None)
    deed = Deed(
        "reverse", _("Reverse the entry"), WhyForm,
        lambda said: services.reverse_entry(entry, **said, by=request.user, at=timezone.now()),
        icon="arrow-back-up", is_grave=True,
    )  # fmt: skip
    is_open = opposite is None and may(request.user, "reward", "approve")
    record = Record(
        title=_("Entry of %(name)s") % {"name": entry.employee.name},
        back=reverse("staff:ledger"), back_label=_("Ledger"), deeds=[deed] if is_open else [],
        lead=_("Undone with its opposite; nothing here is ever changed") if is_open else "",
        facts=[(_("Person"), entry.employee), (_("Amount"), yuan(entry.amount_fen)),
               (_("Why"), entry.words), (_("Day"), day(entry.at)), (_("Booked by"), entry.by)],
        lines=[(_("Reverses") if entry.reverses else _("Reversed by"), [_other(opposite)])]
        if opposite else [],
    )  # fmt: skip
    return record_page(request, record)


def _other(entry: LedgerEntry) -> Cell:
    text = f"{day(entry.at)} · {yuan(entry.amount_fen)} · {entry.words}"
    return Cell(text, reverse("staff:ledger_entry", args=[entry.pk]))
