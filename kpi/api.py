"""Figures for other programs."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courierqa.core.errors import DomainError
from courierqa.core.timeframes import parse_period
from kpi import selectors
from kpi.enums import Unit
from kpi.metrics import METRICS
from kpi.selectors.change import change_of

KNOWN = {"period", "metric", "site", "product", "as_of"}
TIMED = ("period", "metric", "site", "product")
NEEDED = ("metric", "before", "period")
CHANGE = ("metric", "before", "period", "site", "product")


class BadFilter(DomainError):
    """A parameter that is unknown or cannot be read."""

    code = "bad_filter"
    status = 400


class AdjustedOutput(serializers.Serializer):
    """The figure without what an approved exemption covers; targets are judged on it."""

    hits = serializers.IntegerField()
    total = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


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
    exempt = serializers.IntegerField()
    adjusted = AdjustedOutput()


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
            as_of=_moment(asked.get("as_of"), now=timezone.now()),
            scope=selectors.scope_of(request.access),  # type: ignore[attr-defined]
        )
        return Response([figure.as_dict() for figure in found])


class DurationOutput(serializers.Serializer):
    """One time: quantiles in minutes, nothing where one lies among the open."""

    metric = serializers.CharField()
    period = serializers.CharField()
    site = serializers.CharField(allow_null=True)
    product = serializers.CharField(allow_null=True)
    unit = serializers.CharField()
    measured = serializers.IntegerField()
    still_open = serializers.IntegerField()
    left = serializers.IntegerField(help_text="Out of the ranks: on the way back, withdrawn")
    missing = serializers.IntegerField(help_text="Passed without a scan at both ends")
    n = serializers.IntegerField()
    p50 = serializers.FloatField(allow_null=True)
    p90 = serializers.FloatField(allow_null=True)
    p99 = serializers.FloatField(allow_null=True)
    mean = serializers.FloatField(allow_null=True)
    coverage = serializers.FloatField(allow_null=True)
    target_p50 = serializers.IntegerField(allow_null=True)


class DurationFigures(APIView):
    """The times of a period: the whole way, its links, settling a complaint."""

    access = ("figure", {"GET": "read"})

    @extend_schema(
        parameters=[OpenApiParameter(name, str, required=name == "period") for name in TIMED],
        responses=DurationOutput(many=True),
        operation_id="durations",
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        for name in asked:
            if name not in TIMED:
                raise BadFilter(_("There is no filter of this name"), field=name)
        found = selectors.duration_figures(
            asked.get("period", ""),
            **{name: asked.get(name) or None for name in ("metric", "site", "product")},
            scope=selectors.scope_of(request.access),  # type: ignore[attr-defined]
        )
        return Response(found)


class ShareOutput(serializers.Serializer):
    """One site's, product's or cause's part of a change."""

    code = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    hits_before = serializers.IntegerField()
    total_before = serializers.IntegerField()
    hits_after = serializers.IntegerField()
    total_after = serializers.IntegerField()
    rate = serializers.FloatField(help_text="What its own rate did, in the unit of the figure")
    mix = serializers.FloatField(help_text="What its share of the volume did")


class ChangeOutput(serializers.Serializer):
    """The change of a figure; `rate` and `mix` over each list add up to `change`."""

    metric = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    change = serializers.FloatField()
    by_site = ShareOutput(many=True)
    by_product = ShareOutput(many=True)
    by_cause = ShareOutput(many=True)


class FigureChange(APIView):
    """What explains the change of a figure between two periods."""

    access = ("figure", {"GET": "read"})

    @extend_schema(
        parameters=[OpenApiParameter(name, str, required=name in NEEDED) for name in CHANGE],
        responses={200: ChangeOutput, 204: None},
        operation_id="figure_change",
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        for name in asked:
            if name not in CHANGE:
                raise BadFilter(_("There is no filter of this name"), field=name)
        for name in NEEDED:
            if name not in asked:
                raise BadFilter(_("Name the figure and the two periods to compare"), field=name)
        code = asked["metric"]
        if code not in METRICS:
            raise selectors.NotFound(_("There is no such figure"), field="metric")
        scope = selectors.scope_of(request.access)  # type: ignore[attr-defined]
        scope = scope.within(selectors.site_by_code(asked.get("site")))
        found = change_of(
            METRICS[code], parse_period(asked["before"]),
            parse_period(asked["period"]),
            scope=scope.of_product(selectors.product_by_code(asked.get("product"))),
        )  # fmt: skip
        return Response(found.as_dict()) if found else Response(status=204)


def _moment(text: str | None, *, now: datetime) -> datetime | None:
    """Read an as-of time; what is not yet due then cannot be told of a moment to come (B1)."""
    if not text:
        return None
    # A plus sign in an address arrives as a space.
    try:
        at = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadFilter(_("Give a moment with an offset: 2026-10-31T18:00:00Z"), field="as_of")
    if at > now:
        raise BadFilter(
            _("This moment lies in the future; give a moment not later than now"), field="as_of"
        )
    return at
