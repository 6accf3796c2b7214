"""Cases for other systems: open one, ask how it stands. No personal data comes back."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from complaints import selectors, services
from complaints.enums import CaseKind, Channel, Wish
from complaints.models import Case, Reason
from complaints.words import clean_waybill
from courierqa.core.api.views import ApiView
from courierqa.core.errors import DomainError


class KeyReused(DomainError):
    """The same idempotency key came with other content."""

    code = "idempotency_key_reused"
    status = 422


class CaseInput(serializers.Serializer):
    """What a case needs; unknown fields are refused."""

    reason = serializers.SlugRelatedField(
        slug_field="code", queryset=Reason.objects.filter(is_active=True)
    )
    words = serializers.CharField(max_length=2000)
    kind = serializers.ChoiceField(choices=CaseKind.choices, default=CaseKind.COMPLAINT)
    wish = serializers.ChoiceField(choices=Wish.choices, required=False, default="")
    waybill = serializers.CharField(max_length=40, required=False, default="")
    phone = serializers.CharField(max_length=40, required=False, default="")
    email = serializers.EmailField(max_length=200, required=False, default="")
    name = serializers.CharField(max_length=60, required=False, default="")
    language = serializers.ChoiceField(choices=["zh-hans", "en"], default="zh-hans")
    received_at = serializers.DateTimeField(required=False, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        unknown = sorted(set(self.initial_data) - set(self.fields))
        if unknown:
            raise serializers.ValidationError({name: _("Unknown field") for name in unknown})
        return attrs


class CaseOutput(serializers.Serializer):
    """How a case stands."""

    number = serializers.CharField()
    status = serializers.CharField()
    kind = serializers.CharField()
    case_class = serializers.CharField()
    reason = serializers.CharField(source="reason.code")
    waybill = serializers.CharField(source="waybill_given")
    site = serializers.CharField(source="site.code", default=None)
    received_at = serializers.DateTimeField()
    first_due_at = serializers.DateTimeField()
    resolve_due_at = serializers.DateTimeField()
    legal_due_at = serializers.DateTimeField()
    first_answer_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(source="first_final_at")
    told_at = serializers.DateTimeField(source="first_told_at")
    closed_at = serializers.DateTimeField()
    reopened = serializers.IntegerField()
    token = serializers.CharField(required=False)


class Cases(ApiView):
    """Open a case. Sending the same `Idempotency-Key` again gives the same case."""

    access = ("case", {"POST": "create"})
    serializer_class = CaseInput

    @extend_schema(
        responses={200: CaseOutput, 201: CaseOutput},
        parameters=[OpenApiParameter(
            "Idempotency-Key", str, OpenApiParameter.HEADER, required=True,
            description="1 to 40 ASCII characters of your own; sent again it is the same case",
        )],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        wanted = CaseInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        key = _key(request)
        known = Case.objects.filter(key=key).first()
        if known is not None:
            return Response(_shape(_same(known, wanted.validated_data)), status=200)
        intake = services.Intake(key=key, channel=Channel.API, **wanted.validated_data)
        case = services.open_case(intake, by=None, at=timezone.now())
        return Response(_shape(_same(case, wanted.validated_data)), status=201)


class OneCase(ApiView):
    """How one case stands."""

    access = ("case", {"GET": "read"})
    serializer_class = CaseOutput

    def get(self, request: Request, number: str) -> Response:
        access = request.access  # type: ignore[attr-defined]
        seen = Q(pk__in=selectors.cases_for(access).values("pk"))
        # What a system opened it may follow, also while no parcel ties the case to a site.
        own = Q(key__startswith=f"api-{request.user.pk}-")
        rows = Case.objects.filter(seen | own).select_related("reason", "site")
        case = rows.filter(number=number).first()
        if case is None:
            raise Http404
        return Response({name: value for name, value in _shape(case).items() if name != "token"})


def _shape(case: Case) -> dict[str, Any]:
    return dict(CaseOutput(case).data)


def _key(request: Request) -> str:
    """Return the caller's key, made the caller's own: another user's key is another key."""
    key = request.headers.get("Idempotency-Key", "")
    if not key or len(key) > 40 or not key.isascii() or not key.isprintable():
        wrong = _("Send an Idempotency-Key of 1 to 40 ASCII characters")
        raise DomainError(wrong, code="idempotency_key", status=400)
    return f"api-{request.user.pk}-{key}"


def _same(case: Case, wanted: dict[str, Any]) -> Case:
    given = (case.reason_id, case.words, case.waybill_given)
    asked = (wanted["reason"].pk, wanted["words"].strip(), clean_waybill(wanted["waybill"]))
    if given != asked:
        raise KeyReused(_("This key already opened another case"), field="Idempotency-Key")
    return case
