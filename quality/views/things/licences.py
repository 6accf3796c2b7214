"""Licences with their terms, the board of what ends, destroyed records."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.exports import attachment
from courierqa.core.formats import day, number
from quality.forms.things import places as forms
from quality.models import Licence
from quality.selectors.things import expiry, lists
from quality.services import things
from quality.thing_enums import LicenceKind
from quality.views.things.shared import acting_sites, day_badge, deed, today
from staff.views.files import file_of, listed, wants_file
from staff.views.records import Cell, Record, Table, make_page, record_page, table_page

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@allow("licence", GET="read")
def licences_page(request: HttpRequest) -> HttpResponse:
    """List licences and permits with number, scope and end (LIC-01)."""
    rows = lists.licences_for(request.access).filter(is_active=True)
    kind = request.GET.get("kind", "")
    rows = rows.filter(kind=kind) if kind in LicenceKind.values else rows
    found = listed(request, rows, order=("name", "id"))
    url = reverse("quality:licences")
    tabs = [(url, _("All"), not kind)]
    tabs += [(f"{url}?kind={v}", label, v == kind) for v, label in LicenceKind.choices]
    new = [(reverse("quality:licence_new"), _("New licence"), "plus")]
    heads = [_("Name"), _("Kind"), pgettext("licence", "Number"), _("Belongs to"),
             _("What it allows"), _("Examined on"), pgettext("expiry", "Ends on")]  # fmt: skip
    table = Table(
        _("Licences and permits"), heads, map(_licence_row, found), page=found, tabs=tabs,
        actions=[*(new if may(request.user, "licence", "change") else []),
                 (reverse("quality:expiry"), _("What ends soon"), "calendar-due")],
        export="licence", icon="certificate", empty=_("No licence fits this choice"),
        hint=_("Each has its number, scope, end and paper; the board reminds 90, 60, 30 days "
               "before"),
    )  # fmt: skip
    return table_page(request, table)


def _licence_row(row: Licence) -> list[Cell]:
    return [
        Cell(row.name, reverse("quality:licence", args=[row.pk])), Cell(row.get_kind_display()),
        Cell(row.number), Cell(row.vehicle or row.holder or row.site or _("Company")),
        Cell(row.scope[:60]), Cell(day(row.examined_on)),
        day_badge(row.expires_on, on=today(), soon=90),
    ]  # fmt: skip


def _term(said: dict[str, Any]) -> things.LicenceTermInput:
    sent = said.pop("file", None)
    return things.LicenceTermInput(
        number=said.pop("number"), issued_on=said.pop("issued_on"),
        expires_on=said.pop("expires_on"), content=sent.read() if sent else b"",
        file_name=sent.name if sent else "",
    )  # fmt: skip


@allow("licence", GET="change", POST="change")
def licence_new(request: HttpRequest) -> HttpResponse:
    """Register a licence."""

    def save(said: dict[str, Any]) -> str:
        term = _term(said)
        row = things.register_licence(fields=said, term=term, by=request.user, at=timezone.now())
        return reverse("quality:licence", args=[row.pk])

    form = forms.LicenceForm(request.POST or None, request.FILES or None,
                             sites=acting_sites(request, "licence"))  # fmt: skip
    return make_page(request, form, save, title=_("New licence"), submit=_("Save"),
                     back=reverse("quality:licences"))  # fmt: skip


@allow("licence", GET="read", POST="change")
def licence_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a licence with its terms; examine, apply for the next term, renew, retire."""
    row = get_object_or_404(lists.licences_for(request.access), pk=pk)
    facts = [
        (_("Kind"), row.get_kind_display()), (pgettext("licence", "Number"), row.number),
        (_("Belongs to"), row.vehicle or row.holder or row.site or _("Company")),
        (_("What it allows"), row.scope or None), (_("Issued by"), row.authority or None),
        (_("Issued on"), day(row.issued_on)), (pgettext("expiry", "Ends on"), day(row.expires_on)),
        (_("Examined on"), day(row.examined_on)),
        (_("Renewal applied for on"), day(row.applied_on)),
    ]  # fmt: skip
    terms = [
        Cell(f"{one.number} · {day(one.issued_on)} – {day(one.expires_on)}",
             reverse("quality:licence_file", args=[one.uid]) if one.file else "")
        for one in row.terms.all()
    ]  # fmt: skip
    lead = ""
    if row.applied_on is not None:
        lead = _("Applied for is not yet valid: the present term decides")
    record = Record(
        title=row.name, back=reverse("quality:licences"), back_label=_("Licences and permits"),
        facts=facts, lines=[(pgettext("licence", "Terms"), terms)], lead=lead, source=("licence",
                                                                                       row.pk),
        deeds=_licence_deeds(request, row),
    )  # fmt: skip
    return record_page(request, record)


def _licence_deeds(request: HttpRequest, row: Licence) -> list[Any]:
    if not row.is_active or not may(request.user, "licence", "change"):
        return []
    now, by = timezone.now(), request.user
    on = partial(forms.DayForm, initial={"on": today()})
    renew = partial(_term_form, request)
    return [
        deed("renew", _("Renewed"), renew, lambda said: things.renew_licence(
            row, term=_term(said), by=by, at=now), icon="refresh"),
        deed("examine", _("Examined"), on,
             lambda said: things.examine_licence(row, by=by, at=now, **said)),
        deed("apply", _("Renewal applied for"), on,
             lambda said: things.apply_renewal(row, by=by, at=now, **said), icon="send"),
        deed("retire", _("Not needed any more"), forms.ReasonForm,
             lambda said: things.retire_licence(row, by=by, at=now, **said), is_grave=True),
    ]  # fmt: skip


def _term_form(request: HttpRequest, data: Any, **more: Any) -> forms.TermForm:
    return forms.TermForm(data, request.FILES if data else None, **more)


@allow("licence", GET="read")
def licence_file(request: HttpRequest, uid: Any) -> HttpResponse:
    """Open the paper of a term; who did is logged."""
    rows = lists.licences_for(request.access).filter(terms__uid=uid)
    row = get_object_or_404(rows)
    term = row.terms.get(uid=uid)
    if not term.file:
        raise Http404
    body = things.licence_file(term, by=request.user, at=timezone.now())
    kind = TYPES.get(term.name.rpartition(".")[2], "application/octet-stream")
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = attachment(term.name)
    response["Cache-Control"] = "no-store"
    return response


@allow("expiry", GET="read")
def expiry_page(request: HttpRequest) -> HttpResponse:
    """Show everything that ends within 90 days or has ended (LIC-02)."""
    on = today()
    kind = request.GET.get("kind", "")
    kind = kind if kind in expiry.KINDS else ""
    band = request.GET.get("band", "")
    band = band if band in map(str, expiry.BANDS) else ""
    most = 20_000 if wants_file(request) else expiry.MOST
    shown = expiry.endings(
        request.access, today=on, kind=kind, band=int(band) if band else None, most=most
    )
    if wants_file(request):
        heads = [
            pgettext("expiry", "Ends on"),
            _("Days left"),
            _("Kind"),
            _("What"),
            _("Belongs to"),
            _("Site"),
        ]
        lines = ([one.day, one.left(on), expiry.KINDS[one.kind], one.what, one.owner, one.site]
                 for one in shown)  # fmt: skip
        return file_of(request, "expiry", heads, lines)
    page = {
        "title": _("What ends soon"), "rows": [(one, one.band(on), one.left(on)) for one in shown],
        "open": {kind for kind, of in expiry.OPENED_BY.items() if may(request.user, of, "read")},
        "bands": expiry.counted(request.access, today=on, kind=kind), "band": band, "kind": kind,
        "kinds": expiry.KINDS.items(), "kind_words": expiry.KINDS,
        "may_export": may(request.user, "expiry", "export"),
    }  # fmt: skip
    return render(request, "quality/things/expiry.html", page)


@allow("destruction", GET="read")
def destructions_page(request: HttpRequest) -> HttpResponse:
    """Show the ledger of destroyed records (INF-05)."""
    found = listed(request, lists.destructions_for(request.access), order=("-destroyed_on", "-id"))
    new = [(reverse("quality:destruction_new"), _("Write down a destruction"), "plus")]
    heads = [_("Number"), _("Which records"), _("Site"), _("Records up to"),
             _("Their term ended on"), _("How they were destroyed"), _("How many") + "#",
             _("Destroyed on"), _("Keys destroyed") + "#", _("In backups until"), _("Witness"),
             pgettext("ledger", "Written by")]  # fmt: skip
    table = Table(
        _("Destroyed records"), heads,
        ([Cell(one.number), Cell(one.data_kind), Cell(one.site or _("Company")),
          Cell(day(one.records_until)), Cell(day(one.term_ended_on)),
          Cell(one.get_way_display()), Cell(number(one.count), is_number=True, plain=one.count),
          Cell(day(one.destroyed_on)),
          Cell("—" if one.keys is None else one.keys, is_number=True),
          Cell(day(one.backups_until)), Cell(one.witness), Cell(one.by)]
         for one in found),
        page=found, export="destruction", icon="trash",
        actions=new if may(request.user, "destruction", "change") else [],
        empty=_("Nothing was destroyed yet"),
        hint=_("Records whose term ended are destroyed before a witness and written down here"),
    )  # fmt: skip
    return table_page(request, table)


@allow("destruction", GET="change", POST="change")
def destruction_new(request: HttpRequest) -> HttpResponse:
    """Write down a destruction with its witness."""

    def save(said: dict[str, Any]) -> str:
        things.destroy_records(by=request.user, at=timezone.now(), **said)
        return reverse("quality:destructions")

    form = forms.DestructionForm(
        request.POST or None, sites=acting_sites(request, "destruction"),
        initial={"destroyed_on": today(), **_handed_over(request)},
    )  # fmt: skip
    return make_page(request, form, save, title=_("Write down a destruction"),
                     submit=_("Save"), back=reverse("quality:destructions"))  # fmt: skip


def _handed_over(request: HttpRequest) -> dict[str, str]:
    """Return what the due list of retention has filled in already."""
    names = ("data_kind", "records_until", "term_ended_on", "count")
    return {name: request.GET[name][:60] for name in names if request.GET.get(name)}
