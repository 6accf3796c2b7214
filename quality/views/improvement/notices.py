"""Notices to staff: drafts, publishing, reading and confirming, who has not (COM-02)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courierqa.core.access import access_for, allow, may
from courierqa.core.enums import Role
from courierqa.core.formats import day, moment
from quality.communication_enums import Carrier, NoticeStatus
from quality.forms.improvement import talking as forms
from quality.forms.improvement.programmes import WhyForm
from quality.models import Receipt, StaffNotice
from quality.selectors.improvement import talking
from quality.selectors.improvement.audience import audience_of
from quality.services import communication as services
from quality.views.things.shared import day_badge, deed, today
from staff.forms.style import StyledForm
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page

BADGES = {"draft": "neutral", "published": "info", "withdrawn": "neutral"}


@allow("staff_notice", GET="read")
def notices_page(request: HttpRequest) -> HttpResponse:
    """List the notices with how many have confirmed."""
    rows = talking.notices_for(request.access)
    found, on = listed(request, rows, order=("-id",)), today()
    new = [(reverse("quality:notice_new"), _("Write a notice"), "plus")]
    heads = [_("Title"), _("Status"), _("Published"), _("To be confirmed by"),
             pgettext("notice", "Confirmed") + "#", pgettext("notice", "Asked") + "#",
             _("Written by")]  # fmt: skip
    table = Table(
        _("Notices to staff"), heads,
        ([Cell(one.title, reverse("quality:notice", args=[one.pk])),
          Cell(one.get_status_display(), badge=BADGES[one.status]), Cell(day(one.published_at)),
          _due(one, on), Cell(one.n_confirmed, is_number=True),
          Cell(one.n_asked, is_number=True), Cell(one.written_by)] for one in found),
        page=found, export="staff_notice", icon="speakerphone",
        actions=new if may(request.user, "staff_notice", "change") else [],
        empty=_("No notice yet"),
        hint=_("What people have to know, and who has confirmed that they do"),
    )  # fmt: skip
    return table_page(request, table)


def _due(row: Any, on: Any) -> Cell:
    is_open = row.status == NoticeStatus.PUBLISHED and row.n_confirmed < row.n_asked
    return day_badge(row.due_on, on=on, soon=1) if is_open else Cell(day(row.due_on))


@allow("staff_notice", GET="change", POST="change")
def notice_edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Draft a notice or change the draft."""
    rows = StaffNotice.objects.filter(status=NoticeStatus.DRAFT)
    row = get_object_or_404(rows, pk=pk) if pk else None

    def save(said: dict[str, Any]) -> str:
        made = services.write_notice(row, **said, by=request.user, at=timezone.now())
        return reverse("quality:notice", args=[made.pk])

    first = {} if row is None else {
        **{name: getattr(row, name) for name in ("title", "text", "due_on", "roles", "carriers")},
        "sites": list(row.sites.values_list("code", flat=True)),
        "people": list(row.people.values_list("number", flat=True)),
    }  # fmt: skip
    form = forms.NoticeForm(request.POST or None, initial=first)
    return make_page(request, form, save, title=str(row) if row else _("Write a notice"),
                     submit=_("Save the draft"), back=reverse("quality:notices"))  # fmt: skip


@allow("staff_notice", GET="read", POST="confirm")
def notice_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a notice with who has confirmed it and who has not; confirm it for oneself."""
    access = access_for(request.user, "staff_notice", "read") or request.access
    row = get_object_or_404(talking.notices_for(access), pk=pk)
    roles = dict(Role.choices)
    facts = [
        (_("Status"), row.get_status_display()), (_("Published"), moment(row.published_at)),
        (_("To be confirmed by"), day(row.due_on)), (_("Written by"), row.written_by),
        (_("Sites"), "、".join(map(str, row.sites.all())) or _("every site")),
        (_("Roles"), "、".join(str(roles.get(one, one)) for one in row.roles) or _("every role")),
        (_("People besides"), "、".join(one.name for one in row.people.all()) or None),
        (_("Also published on"),
         "、".join(str(dict(Carrier.choices).get(one, one)) for one in row.carriers) or None),
    ]  # fmt: skip
    record = Record(
        title=row.title, back=reverse("quality:notices"), back_label=_("Notices to staff"),
        lead=row.text, facts=facts, lines=_lines(request, row, access),
        deeds=_deeds(request, row),
    )  # fmt: skip
    return record_page(request, record)


def _lines(request: HttpRequest, row: StaffNotice, access: Any) -> list[tuple[Any, list[Cell]]]:
    if row.status == NoticeStatus.DRAFT:
        n = audience_of(row).count()
        words = ngettext("It will reach %(n)d person", "It will reach %(n)d people", n) % {"n": n}
        url = reverse("quality:notice_edit", args=[row.pk])
        return [(_("Audience"), [Cell(words), Cell(_("Change the draft"), url)])]
    if access.scope == "own":
        return []
    rows = talking.receipts_for(access).filter(notice=row)
    owed = rows.filter(confirmed_at=None).order_by("employee__number")
    done = rows.exclude(confirmed_at=None).order_by("-confirmed_at")
    waits, read = _("Not confirmed yet"), pgettext("notice", "Confirmed")
    return [
        (f"{waits} ({owed.count()})", [_owed(one) for one in owed[:200]]),
        (f"{read} ({done.count()})",
         [Cell(f"{moment(one.confirmed_at)} · {one.employee.name} {one.employee.number} · "
               f"{one.employee.site}") for one in done[:200]]),
    ]  # fmt: skip


def _owed(one: Receipt) -> Cell:
    words = f"{one.employee.name} {one.employee.number} · {one.employee.site}"
    if one.reminded_at is not None:
        words += " · " + _("reminded %(at)s") % {"at": moment(one.reminded_at)}
    return Cell(words)


def _deeds(request: HttpRequest, row: StaffNotice) -> list[Deed]:
    now, by = timezone.now(), request.user
    found = []
    mine = row.receipts.filter(employee__user=by, confirmed_at=None).first()
    if mine is not None and row.status == NoticeStatus.PUBLISHED:
        found.append(
            deed(
                "confirm",
                _("I have read it"),
                StyledForm,
                lambda _said: services.confirm_notice(mine, by=by, at=now),
            )
        )
    if may(by, "staff_notice", "change"):
        publish = deed("publish", _("Publish it"), StyledForm,
                       lambda _said: services.publish_notice(row, by=by, at=now),
                       icon="send")  # fmt: skip
        back = deed("withdraw", _("Withdraw it"), WhyForm,
                    lambda said: services.withdraw_notice(row, **said, by=by, at=now),
                    icon="x", is_grave=True)  # fmt: skip
        found += {NoticeStatus.DRAFT: [publish], NoticeStatus.PUBLISHED: [back]}.get(
            NoticeStatus(row.status), []
        )
    return found
