"""Saved views: kept from the dashboard, listed, shared, made the default, mailed, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.enums import Role
from courierqa.core.forms import FieldErrors
from kpi import mailing, selectors, viewing
from kpi.enums import Rhythm
from kpi.forms import ViewForm
from kpi.models import SavedView


@allow("saved_view", GET="read")
def views_page(request: HttpRequest) -> HttpResponse:
    """List the reader's views and what is mailed to them."""
    mails = {mail.view_id: mail for mail in selectors.mails_of(request.user)}
    rows = [
        {
            "view": view,
            "mail": mails.get(view.pk),
            "is_mine": view.owner_id == request.user.pk,
            "role": Role(view.shared_role).label if view.shared_role in Role.values else "",
            "url": f"{reverse('kpi:dashboard')}?{view.query}",
        }
        for view in selectors.views_for(request.user)
    ]
    page = {"rows": rows, "rhythms": Rhythm.choices, "title": _("Saved views")}
    return render(request, "kpi/views.html", page)


@allow("saved_view", GET="change", POST="change")
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the dashboard under a name."""
    query = request.POST.get("query", request.GET.urlencode())
    # A period in the address was chosen: it stays, unless the reader says otherwise.
    has_period = "period" in QueryDict(query)
    form = ViewForm(request.POST or None, initial={"keep_period": has_period})
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            view = viewing.save_view(
                by=request.user, query=query, at=timezone.now(), **form.cleaned_data
            )
        if errors.ok:
            messages.success(request, _("View saved: %(name)s") % {"name": view.name})
            return redirect(f"{reverse('kpi:dashboard')}?{view.query}")
    page = {"form": form, "query": query, "title": _("Save this view")}
    return render(request, "kpi/view_save.html", page, status=422 if form.errors else 200)


def _own(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView, pk=pk, owner=request.user)


@allow("saved_view", POST="change")
def view_default(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the dashboard begin with this view, or no longer."""
    viewing.make_default(view=_own(request, pk), by=request.user)
    return redirect("kpi:views")


@allow("saved_view", POST="change")
def view_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a view of one's own."""
    view = _own(request, pk)
    viewing.drop_view(view=view, by=request.user, at=timezone.now())
    messages.success(request, _("View removed: %(name)s") % {"name": view.name})
    return redirect("kpi:views")


@allow("saved_view", POST="change")
def view_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a view to oneself in a rhythm, or no longer."""
    view = get_object_or_404(selectors.views_for(request.user), pk=pk)
    rhythm = request.POST.get("rhythm", "")
    if rhythm in Rhythm.values:
        try:
            mailing.order_mail(view=view, user=request.user, rhythm=rhythm, at=timezone.now())
        except mailing.MailRefused as error:
            messages.error(request, str(error))
    else:
        for mail in selectors.mails_of(request.user).filter(view=view):
            mailing.end_mail(mail=mail)
    return redirect("kpi:views")
