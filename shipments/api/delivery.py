"""Contacts, consent and answers by text message, for programs: telephony and message gateways."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core.api.views import ApiView
from courierqa.core.errors import DomainError
from shipments import selectors, services
from shipments.api.delivery_shapes import (
    ASK_REQUEST,
    CONSENT_REQUEST,
    CONSENT_RESPONSE,
    CONTACT_REQUEST,
    CONTACT_RESPONSE,
    REPLY_REQUEST,
    REPLY_RESPONSE,
)
from shipments.models import Parcel


def _body(request: Request) -> dict[str, Any]:
    if not isinstance(request.data, dict):
        raise ParseError(_("Send one object"))
    return request.data


def _text(sent: dict[str, Any], name: str, limit: int = 60) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str) or len(value) > limit:
        raise _bad(_("This is not a text of at most %(n)d characters") % {"n": limit}, name)
    return value


def _bad(text: str, field: str) -> DomainError:
    return DomainError(text, code="bad_value", field=field, status=400)


def _moment(sent: dict[str, Any], now: datetime) -> datetime:
    """Read the time; one that is left out is now."""
    text = _text(sent, "at")
    if not text:
        return now
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise ValueError
        return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _bad(_("Send the time with its zone"), "at") from error


def _parcel(request: Request, waybill: str) -> Parcel:
    rows = selectors.parcels_for(request.access)
    parcel = rows.filter(waybill=selectors.plain_waybill(waybill)).first()
    if parcel is None:
        raise Http404
    return parcel


def _person(request: Request) -> int | None:
    employee = getattr(request.user, "employee", None)
    return employee.pk if employee else None


class ContactsView(ApiView):
    """Logs one call or message about a parcel; the same id again is the same contact."""

    access = ("delivery", {"POST": "change"})

    @extend_schema(request=CONTACT_REQUEST, responses=CONTACT_RESPONSE)
    def post(self, request: Request, waybill: str) -> Response:
        now, sent = timezone.now(), _body(request)
        seconds = sent.get("seconds", 0)
        if not isinstance(seconds, int) or isinstance(seconds, bool):
            raise _bad(_("Enter a whole number"), "seconds")
        try:
            uid = UUID(_text(sent, "id"))
        except ValueError as error:
            raise _bad(_("Send a UUID"), "id") from error
        row = services.record_contact(
            parcel=_parcel(request, waybill), way=_text(sent, "way"), uid=uid,
            purpose=_text(sent, "purpose"), result=_text(sent, "result"), seconds=seconds,
            words=_text(sent, "words", 300), at=_moment(sent, now), recorded_at=now,
            person_id=_person(request), actor=request.user,
        )  # fmt: skip
        return Response({"id": str(row.uid), "result": row.result}, status=201)


class ConsentView(ApiView):
    """Records what a recipient said about one parcel."""

    access = ("delivery", {"POST": "change"})

    @extend_schema(request=CONSENT_REQUEST, responses=CONSENT_RESPONSE)
    def post(self, request: Request, waybill: str) -> Response:
        now, sent = timezone.now(), _body(request)
        at = _moment(sent, now)
        if not isinstance(sent.get("given"), bool):
            raise _bad(_("Choose yes or no"), "given")
        if at > now:
            raise _bad(_("The answer cannot lie in the future"), "at")
        parcel = _parcel(request, waybill)
        consent = services.record_consent(
            parcel=parcel, kind=_text(sent, "kind"), given=sent["given"], way=_text(sent, "way"),
            who=_text(sent, "who"), at=at, recorded_at=now, actor=request.user,
            person_id=_person(request), site_id=parcel.destination_id,
        )  # fmt: skip
        return Response({"waybill": parcel.waybill, "kind": consent.kind, "given": consent.given},
                        status=201)  # fmt: skip


class AskView(ApiView):
    """Asks the recipient of a parcel by text message or call."""

    access = ("delivery", {"POST": "change"})

    @extend_schema(request=ASK_REQUEST, responses=CONSENT_RESPONSE)
    def post(self, request: Request, waybill: str) -> Response:
        sent, parcel = _body(request), _parcel(request, waybill)
        row = services.ask_consent(
            parcel=parcel, kind=_text(sent, "kind"), way=_text(sent, "way"), at=timezone.now(),
            actor=request.user, person_id=_person(request),
        )  # fmt: skip
        return Response({"waybill": parcel.waybill, "kind": row.kind, "given": None}, status=201)


class ReplyView(ApiView):
    """Takes a text message that came back from a recipient."""

    access = ("consent", {"POST": "create"})

    @extend_schema(request=REPLY_REQUEST, responses=REPLY_RESPONSE)
    def post(self, request: Request) -> Response:
        now, sent = timezone.now(), _body(request)
        result = services.answer_by_phone(
            phone=_text(sent, "phone", 30), text=_text(sent, "text", 500), at=now,
            actor=request.user, within=selectors.parcels_for(request.access),
        )  # fmt: skip
        return Response({"result": result})
