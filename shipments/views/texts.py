"""Settings: the texts the company publishes, each with its versions."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow, may
from courierqa.core.forms import FieldErrors, form_page
from shipments import selectors, services
from shipments.enums import TextCode
from shipments.forms import TextForm
from shipments.services.publishing import ANNOUNCED, NOTICE

FIELDS = ("title", "title_en", "body", "body_en")


@allow("publication", GET="read")
def texts_page(request: HttpRequest) -> HttpResponse:
    """List the published texts with the version in force."""
    texts = selectors.texts_in_force(at=timezone.now())
    return render(request, "shipments/texts.html", {"title": _("Published texts"), "texts": texts})


@allow("publication", GET="read", POST="change")
def text_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the versions of one text, and publish the next one."""
    if code not in TextCode.values:
        raise Http404
    now = timezone.now()
    versions = selectors.text_versions(code)
    newest = versions[0] if versions else None
    start = {name: getattr(newest, name, "") for name in FIELDS}
    first_day = now + NOTICE + timedelta(hours=1) if code in ANNOUNCED else now
    initial = {
        **start, "seen_version": newest.version if newest else 0,
        "valid_from": timezone.localtime(first_day),
    }  # fmt: skip
    form = TextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.publish_text(code=code, actor=request.user, at=now, **form.cleaned_data)
        if errors.ok:
            messages.success(request, _("Published. It applies from the day you chose"))
            return redirect("shipments:text", code)
    context = {
        "title": TextCode(code).label, "form": form, "versions": versions, "now": now,
        "in_force": selectors.text_in_force(code, at=now),
        "may_change": may(request.user, "publication", "change"), "notice_days": NOTICE.days,
        "is_announced": code in ANNOUNCED,
    }  # fmt: skip
    return form_page(request, "shipments/text.html", context)
