"""POST /api/v1/incidents/: one tap on the phone; sent again it is the same incident (SAF-03)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core.api.views import ApiView
from courierqa.core.errors import DomainError
from quality.services import things
from quality.thing_enums import IncidentKind, IncidentSeverity
from staff.models import Site


class IncidentInput(serializers.Serializer):
    """What a phone says about an incident."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(IncidentKind.choices)
    severity = serializers.ChoiceField(IncidentSeverity.choices)
    what = serializers.CharField(max_length=500)
    place = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    happened_at = serializers.DateTimeField()
    people_hurt = serializers.IntegerField(min_value=0, max_value=1000, required=False, default=0)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False, default=None)
    longitude = serializers.FloatField(
        min_value=-180, max_value=180, required=False, default=None
    )  # fmt: skip


ANSWER = inline_serializer(
    "IncidentAnswer", {"id": serializers.UUIDField(), "number": serializers.CharField()}
)


class Incidents(ApiView):
    """Keep a report and tell the superior; the same id again answers with the first one."""

    access = ("safety_incident", {"POST": "create"})

    @extend_schema(request=IncidentInput, responses={201: ANSWER})
    def post(self, request: Request) -> Response:
        wanted = IncidentInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        said: dict[str, Any] = dict(wanted.validated_data)
        uid = said.pop("id")
        person = getattr(request.user, "employee", None)
        row = things.report_incident(
            uid=uid, happening=things.Happening(**said), site=_site(person), reporter=person,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        return Response({"id": str(row.uid), "number": row.number}, status=201)


def _site(person: Any) -> Site:
    """Return where the reporter works; a login without a person has no place to report for."""
    if person is None:
        text = _("This login belongs to nobody of the staff. Report it at a desk")
        raise DomainError(text, code="no_person")
    return person.site
