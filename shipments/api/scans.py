"""POST /api/v1/scans/batch: 1 to 200 events, one answer each, in the same order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from courierqa.core import calendars
from courierqa.core.access import Access
from courierqa.core.api.parsing import StrictJSONParser, TooLarge
from courierqa.core.api.views import ApiView
from courierqa.core.enums import Role, Scope
from shipments import enums, selectors, services
from shipments.api.shapes import BATCH_REQUEST, BATCH_RESPONSE
from shipments.scan_reading import MAX_EVENTS, Bad, Names, ScanItem, read_body, read_items, to_input
from shipments.selectors.findings import words_of
from shipments.services import ScanInput, correcting
from staff.auth import LeaverSession, left_at
from staff.models import Grant

CORRECTIONS = frozenset({enums.Code.COR, enums.Code.VOI})


class BatchParser(StrictJSONParser):
    """One event whose text cannot be stored is answered alone."""

    spares = "events"


class ScanBatchView(ApiView):
    """Takes scans of phones, hub scanners and partners; sending again is harmless."""

    access = ("scan", {"POST": "create"})
    parser_classes = [BatchParser]
    authentication_classes = [*ApiView.authentication_classes, LeaverSession]

    def check_permissions(self, request: Request) -> None:
        """Let a leaver hand in their own scans; everybody else by their roles."""
        if getattr(request.user, "is_leaver", False):
            request.access = Access(  # type: ignore[attr-defined]
                resource="scan", action="create", scope=Scope.OWN, user=request.user,
                employee_id=request.user.employee.pk,
            )  # fmt: skip
            return
        super().check_permissions(request)

    @extend_schema(request=BATCH_REQUEST, responses=BATCH_RESPONSE)
    def post(self, request: Request) -> Response:
        raw = read_body(request.data)
        if len(raw) > MAX_EVENTS:
            raise TooLarge(_("Send 1 to 200 events"))
        now = timezone.now()
        sender = Sender(request, now)
        results = record(sender, read_items(raw), now=now)
        return Response({"results": results})


class Sender:
    """Who sends: their scope over every site ever granted, their defaults, their device."""

    def __init__(self, request: Request, now: datetime) -> None:
        self.user, self.now = request.user, now
        access: Access = request.access  # type: ignore[attr-defined]
        employee = getattr(self.user, "employee", None)
        self.employee_id = employee.pk if employee else None
        self.site_id = employee.site_id if employee else None
        self.access = access
        if access.scope in (Scope.OWN, Scope.SITE):
            self.access = replace(access, sites=access.sites | self._ever_granted())
        self.is_token = request.auth is not None and hasattr(request.auth, "rights")
        self.device = f"user-{self.user.pk}"
        self.left_at = left_at(self.user) if self.user.is_leaver else None
        # An offline phone sends a scan and its correction together.
        self.sending: frozenset[UUID] = frozenset()

    def _ever_granted(self) -> frozenset[int]:
        """An offline queue may arrive after its courier moved: any site held at some time is
        accepted, one never granted is not."""
        held = Grant.objects.filter(user=self.user).exclude(site=None)
        found = set(held.values_list("site_id", flat=True))
        return frozenset(found | ({self.site_id} if self.site_id else set()))

    @property
    def source(self) -> enums.Source:
        if self.is_token:
            return enums.Source.API
        is_courier = Role.COURIER in self.access.roles or self.user.is_leaver
        return enums.Source.COURIER if is_courier else enums.Source.OFFICE

    def is_too_late(self, scan: ScanInput) -> bool:
        """Say whether a leaver tells of more than the work they did before they left."""
        if self.left_at is None:
            return False
        return scan.happened_at > self.left_at or scan.code in CORRECTIONS

    def may_correct(self, scan: ScanInput) -> bool:
        """Supervisors and quality may correct; couriers only their own scans of the same day."""
        target = correcting.target_of(scan.waybill, scan.corrects)
        if target is None and scan.corrects in self.sending:
            return True
        return correcting.may_correct(self.user, target, now=self.now)


def record(sender: Sender, items: list[ScanItem | Bad], *, now: datetime) -> list[dict[str, Any]]:
    """Store what can be stored and answer in the order of sending."""
    typed = [item for item in items if isinstance(item, ScanItem)]
    sender.sending = frozenset(item.id for item in typed)
    names = Names(typed)
    found = [item if isinstance(item, Bad) else _input(item, names, sender) for item in items]
    good = [scan for scan in found if isinstance(scan, ScanInput)]
    answers = iter(
        services.record_with_bags(
            good, source=sender.source, recorded_at=now, actor_access=sender.access
        )
    )
    shaped = [_shape(one if isinstance(one, Bad) else next(answers)) for one in found]
    return _with_conflicts(shaped, found)


STORED = frozenset({enums.ScanResult.CREATED.value, enums.ScanResult.DUPLICATE.value})


def _with_conflicts(
    shaped: list[dict[str, Any]], found: list[ScanInput | Bad]
) -> list[dict[str, Any]]:
    """Say of a stored delivery that somebody else signed the same parcel: a person decides."""
    asked = [
        answer["id"] for answer, scan in zip(shaped, found, strict=True)
        if isinstance(scan, ScanInput) and scan.code == enums.Code.DLV
        and answer["result"] in STORED
    ]  # fmt: skip
    others = selectors.signed_before(asked) if asked else {}
    for answer in shaped:
        other = others.get(str(answer["id"]))
        if other is not None:
            words = _("Already signed by somebody else at %(time)s") % {
                "time": _moment(other.happened_at)
            }
            answer.update(code="second_delivery", detail=words)
    return shaped


def _moment(at: datetime) -> str:
    """Return the business time, with its day unless it was today."""
    local = timezone.localtime(at, calendars.zone())
    is_today = calendars.business_day(at) == calendars.business_day(timezone.now())
    return f"{local:%H:%M}" if is_today else f"{local:%Y-%m-%d %H:%M}"


def _input(item: ScanItem, names: Names, sender: Sender) -> ScanInput | Bad:
    scan = to_input(
        item, names, device=sender.device, site_id=sender.site_id, person_id=sender.employee_id
    )
    if isinstance(scan, ScanInput) and sender.is_too_late(scan):
        return Bad(str(item.id), "not_allowed", _("Only what you scanned before you left is taken"))
    if isinstance(scan, ScanInput) and scan.code in CORRECTIONS and not sender.may_correct(scan):
        return Bad(str(item.id), "not_allowed", _("You may not correct this scan"))
    return services.without_stop(scan) if isinstance(scan, ScanInput) else scan


def _shape(answer: Any) -> dict[str, Any]:
    if isinstance(answer, Bad):
        sent = answer.id if isinstance(answer.id, (str, int, float, type(None))) else None
        shape = {"id": sent, "result": enums.ScanResult.REJECTED.value, "code": answer.code,
                 "detail": answer.detail}  # fmt: skip
        return {**shape, "field": answer.field} if answer.field else shape
    words = answer.detail or (words_of(answer.code) if answer.code else "")
    return {"id": str(answer.uid), "result": answer.result.value, "code": answer.code,
            "detail": words}  # fmt: skip
