"""Benchmarks: how good others are beside our own figure, drawn on the page (IMP-05)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.formats import day, number
from kpi.board import compared
from quality.forms.improvement.improving import BenchmarkForm
from quality.models import Benchmark
from quality.services import improvement as services
from staff.views.files import file_of, wants_file
from staff.views.records import make_page


@allow("benchmark", GET="read")
def benchmarks_page(request: HttpRequest) -> HttpResponseBase:
    """Show each figure beside the newest value of everybody it was compared with."""
    if wants_file(request):
        return _file(request)
    today = business_day(timezone.now())
    page = {
        "title": _("Benchmarks"), "groups": compared.groups(today=today),
        "may_change": may(request.user, "benchmark", "change"),
        "may_export": may(request.user, "benchmark", "export"),
    }  # fmt: skip
    return render(request, "kpi/benchmarks.html", page)


def _file(request: HttpRequest) -> HttpResponse:
    heads = [_("Figure"), pgettext("benchmark", "Who"), pgettext("benchmark", "Value"), _("As of"),
             _("Source"),
             _("What we learn from it")]  # fmt: skip
    rows = ([one.metric, one.who, number(one.value, 2), day(one.on), one.source, one.lesson]
            for one in Benchmark.objects.all()[:20_000])  # fmt: skip
    return file_of(request, "benchmark", heads, rows)


@allow("benchmark", GET="change", POST="change")
def benchmark_new(request: HttpRequest) -> HttpResponse:
    """Write down how good somebody else is, with its source."""

    def save(said: dict[str, Any]) -> str:
        sent = said.pop("file")
        services.add_benchmark(
            **said, content=sent.read() if sent else b"", file_name=sent.name if sent else "",
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        return reverse("kpi:benchmarks")

    form = BenchmarkForm(request.POST or None, request.FILES or None,
                         initial={"metric": request.GET.get("metric", "")[:8]})  # fmt: skip
    return make_page(request, form, save, title=_("New benchmark"), submit=_("Save"),
                     back=reverse("kpi:benchmarks"))  # fmt: skip
