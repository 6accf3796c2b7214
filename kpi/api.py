"""Figures for other programs."""

from __future__ import annotations

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courierqa.core.errors import DomainError
from kpi import selectors
from kpi.enums import Unit

KNOWN = {"period", "metric", "site", "product", "as_of"}


class BadFilter(DomainError):
    """A parameter that is unknown or cannot be read."""

    code = "bad_filter"
    status = 400


class FigureOutput(serializers.Serializer):
    """One figure, with everything needed to trust it."""

    metric = serializers.CharField()
    period = serializers.CharField()
    site = serializers.CharField(allow_null=True)
    product = serializers.CharField(allow_null=True)
    hits = serializers.IntegerField()
    total = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    unit = serializers.ChoiceField(choices=Unit.values)
    n = serializers.IntegerField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    not_yet_due = serializers.IntegerField()
    as_of = serializers.DateTimeField(allow_null=True)


class Figures(APIView):
    """The figures of a period: the numbers of the dashboard."""

    access = ("figure", {"GET": "read"})

    @extend_schema(
        parameters=[OpenApiParameter(name, str, required=name == "period") for name in KNOWN],
        responses=FigureOutput(many=True),
        operation_id="figures",
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        for name in asked:
            if name not in KNOWN:
                raise BadFilter(_("There is no filter of this name"), field=name)
        found = selectors.figures(
            asked.get("period", ""),
            metric=asked.get("metric") or None,
            site=asked.get("site") or None,
            product=asked.get("product") or None,
            as_of=_moment(asked.get("as_of")),
            scope=selectors.scope_of(request.access),  # type: ignore[attr-defined]
        )
        return Response([figure.as_dict() for figure in found])


def _moment(text: str | None) -> Any:
    if not text:
        return None
    # A plus sign in an address arrives as a space.
    try:
        at = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadFilter(_("Give a moment with an offset: 2026-10-31T18:00:00Z"), field="as_of")
    return at
