"""Complaints about delay on the key lanes, for the board of lanes below (TIM-14)."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from complaints import selectors
from courierqa.core.access import allow

WINDOW = timedelta(days=30)


@allow("case", GET="read")
def lane_delays(request: HttpRequest) -> HttpResponse:
    """Count complaints about delay per key lane: these 30 days beside the 30 before."""
    rows = selectors.lane_delays(request.access, now=timezone.now(), window=WINDOW)
    return render(request, "complaints/_lane_delays.html", {"rows": rows})
