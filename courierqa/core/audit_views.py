"""The audit log: who did what, filtered by address, exported, verified."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core import audit, exports
from courierqa.core.access import allow, may
from courierqa.core.audit import selectors, words
from courierqa.core.models import AuditEntry
from courierqa.core.paging import page_of

# A longer chain is verified by the command or from an export, not while a reader waits.
MAX_VERIFIED_AT_ONCE = 200_000


class AuditFilterForm(forms.Form):
    """The filters of the page; they live in the address."""

    object = forms.CharField(max_length=60, required=False, label=gettext_lazy("Object"))
    person = forms.CharField(max_length=60, required=False, label=gettext_lazy("Person"))
    verb = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Action"),
        choices=[("", gettext_lazy("Everything")), *words.CLASSES.items()],
    )
    from_day = forms.DateField(
        required=False,
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    to_day = forms.DateField(
        required=False,
        label=gettext_lazy("To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def wanted(self) -> selectors.AuditFilter:
        return selectors.AuditFilter(**{k: v for k, v in self.cleaned_data.items() if v})


@allow("audit_log", GET="read")
def audit_log(request: HttpRequest) -> HttpResponse:
    """Show the trail, newest first."""
    form = AuditFilterForm(request.GET)
    is_valid = form.is_valid()
    rows = selectors.entries(form.wanted()) if is_valid else AuditEntry.objects.none()
    page = page_of(rows, request.GET)
    for entry in page:
        entry.label = words.verb_label(entry.verb)
        entry.kind = words.kind_label(entry.object_type)
        entry.sign = words.SIGNS.get(entry.verb, "")
    context = {
        "title": _("Audit log"),
        "form": form,
        "page": page,
        "unusual": selectors.unusual_reveals(now=timezone.now()),
        "may_export": may(request.user, "audit_log", "export"),
        "export_query": request.GET.urlencode(),
    }
    return render(request, "core/audit.html", context, status=200 if is_valid else 422)


@allow("audit_log", GET="export")
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """Export exactly what the filters show; the export is an entry itself, sealed first."""
    form = AuditFilterForm(request.GET)
    if not form.is_valid():
        return redirect("core:audit")
    audit.record(
        "audit.export", actor=request.user, request=request, reason=request.GET.urlencode(),
        seal_now=True,
    )  # fmt: skip
    rows = selectors.entries(form.wanted()).order_by("-id")
    return exports.csv_response("audit.csv", _HEADER, _cells(rows.iterator(chunk_size=2_000)))


@allow("audit_log", GET="export")
def audit_chain(request: HttpRequest) -> HttpResponseBase:
    """Hand out the whole chain for the stand-alone verifier."""
    audit.record("audit.export", actor=request.user, request=request, seal_now=True)
    response = StreamingHttpResponse(
        (line.encode() for line in selectors.chain_lines()), content_type="application/x-ndjson"
    )
    response["Content-Disposition"] = exports.attachment("audit-chain.jsonl")
    response["Cache-Control"] = "no-store"
    return response


@allow("audit_log", POST="read")
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Walk the chain now and say what was found."""
    now = timezone.now()
    audit.seal(now=now)
    if audit.head()[0] > MAX_VERIFIED_AT_ONCE:
        messages.info(request, _("The chain is long: verify it with the command or an export."))
        return redirect("core:audit")
    result = audit.verify()
    audit.record("audit.verify", actor=request.user, at=now, request=request)
    if result.ok:
        said = _("The chain holds: %(rows)s links, newest %(head)s…")
        messages.success(request, said % {"rows": result.rows, "head": result.head[:12]})
    else:
        messages.error(request, _("The chain is broken: %(why)s") % {"why": result.why})
    return redirect("core:audit")


_HEADER = (
    "at", "person", "role", "action", "object_type", "object", "fields", "reason", "ip", "request",
)  # fmt: skip


def _cells(rows: Iterator[AuditEntry]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.at, row.actor_name, row.role, row.action, row.object_type,
            row.object_code or row.object_id, " ".join(row.fields), row.reason, row.ip,
            row.request_id,
        ]  # fmt: skip
