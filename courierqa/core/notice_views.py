"""In-app notices, and the requests that wait for this person's yes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from courierqa.core import approvals, notify
from courierqa.core.access import allow
from courierqa.core.enums import Channel
from courierqa.core.models import Message
from courierqa.core.paging import page_of

ON_HOME = 7


@allow("account", GET="read")
def notifications(request: HttpRequest) -> HttpResponse:
    """Show my notices, newest first."""
    mine = Message.objects.filter(recipient_user=request.user, channel=Channel.IN_APP)
    context = {"title": _("Notices"), "page": page_of(mine, request.GET)}
    return render(request, "core/notices.html", context)


@allow("account", POST="change")
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark all my notices as read."""
    notify.mark_read(request.user, at=timezone.now())
    return redirect("core:notifications")


@allow("account", POST="change")
def notice_open(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as read and go where it points."""
    mine = Message.objects.filter(recipient_user=request.user, channel=Channel.IN_APP)
    notice = get_object_or_404(mine, pk=notice_id)
    notify.mark_read(request.user, at=timezone.now(), message_id=notice.pk)
    own = url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return redirect(notice.link if own and notice.link else "core:notifications")


@allow("account", GET="read")
def home_approvals(request: HttpRequest) -> HttpResponse:
    """Show what waits for my decision, for the home page."""
    waiting = approvals.waiting_for(request.user, at=timezone.now()).select_related("requested_by")
    return render(request, "core/_home_approvals.html", {"approvals": waiting[:ON_HOME]})
