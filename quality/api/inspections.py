"""Inspections of phones: the work to keep, a finished record, photos. Resending is harmless."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.services.evidence import MAX_BYTES
from courierqa.core.access import Access
from courierqa.core.api import StrictJSONParser
from courierqa.core.api.views import ApiView
from courierqa.core.calendars import business_day
from quality.inspection_enums import FileKind, PointGrade, SampleKind
from quality.models import (
    ChecklistLine,
    ChecklistVersion,
    Inspection,
    InspectionLine,
    PlannedInspection,
)
from quality.selectors.inspections import reading
from quality.services.inspections import Graded, Visit, add_photo, record_inspection
from staff.models import Employee, Site, local


class PointInput(serializers.Serializer):
    """One graded point."""

    line = serializers.IntegerField(min_value=1)
    grade = serializers.ChoiceField(choices=PointGrade.choices)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    photos = serializers.IntegerField(min_value=0, max_value=10, required=False, default=0)
    due_on = serializers.DateField(required=False, default=None, allow_null=True)


class InspectionInput(serializers.Serializer):
    """One finished inspection."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)
    site = serializers.CharField(max_length=20)
    kind = serializers.ChoiceField(choices=SampleKind.choices)
    planned = serializers.IntegerField(required=False, default=None, allow_null=True)
    person = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    team = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=20, required=False, default=list
    )
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField()
    points = PointInput(many=True, allow_empty=False)
    note = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    signature = serializers.JSONField()
    site_signature = serializers.JSONField(required=False, default=list)
    signed_by = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    not_signed_why = serializers.CharField(
        max_length=200, required=False, default="", allow_blank=True
    )


class InspectionOutput(serializers.Serializer):
    """What became of it."""

    id = serializers.UUIDField()
    result = serializers.ChoiceField(choices=["created", "duplicate"])
    findings = serializers.IntegerField()


class WorkOutput(serializers.Serializer):
    """What a phone keeps: what is due, the checklists with their points, the sites."""

    as_of = serializers.DateTimeField()
    due = serializers.ListField(child=serializers.DictField())
    lists = serializers.ListField(child=serializers.DictField())
    sites = serializers.ListField(child=serializers.DictField())


class Work(ApiView):
    """What the phone keeps so that an inspection needs no connection."""

    access = ("inspection", {"GET": "create"})

    @extend_schema(responses=WorkOutput, operation_id="inspection_work")
    def get(self, request: Request) -> Response:
        now = timezone.now()
        access: Access = request.access  # type: ignore[attr-defined]
        days = reading.due_now(access, today=business_day(now))
        answer = Response({
            "as_of": now,
            "due": [_due(one) for one in days.prefetch_related("plan__members")[:200]],
            "lists": [_list(one) for one in reading.phone_lists()],
            "sites": [{"code": one.code, "name": str(one)} for one in reading.phone_sites(access)],
        })  # fmt: skip
        answer["Cache-Control"] = "no-store"
        return answer


def _due(one: PlannedInspection) -> dict[str, Any]:
    plan = one.plan
    return {
        "id": one.pk, "due_day": one.due_day, "planned_day": one.planned_day, "kind": plan.kind,
        "kind_name": plan.get_kind_display(), "list": plan.checklist.code, "site": plan.site.code,
        "site_name": str(plan.site), "lead": str(plan.lead),
        "team": [{"number": row.number, "name": row.name} for row in plan.members.all()],
    }  # fmt: skip


def _list(version: ChecklistVersion) -> dict[str, Any]:
    return {
        "version": version.pk, "code": version.checklist.code, "name": str(version.checklist),
        "number": version.number, "lines": [_line(line) for line in version.lines.all()],
    }  # fmt: skip


def _line(line: ChecklistLine) -> dict[str, Any]:
    return {
        "id": line.pk, "position": line.position, "area": line.area,
        "area_name": line.get_area_display(), "text": str(line), "limit": local(line, "limit"),
        "critical": line.is_critical, "method": line.method,
    }  # fmt: skip


class Inspections(ApiView):
    """Keeps one finished inspection; the same id again answers "duplicate"."""

    access = ("inspection", {"POST": "create"})
    parser_classes = [StrictJSONParser]
    serializer_class = InspectionInput

    @extend_schema(
        request=InspectionInput, responses={201: InspectionOutput, 200: InspectionOutput}
    )
    def post(self, request: Request) -> Response:
        sent = InspectionInput(data=request.data)
        sent.is_valid(raise_exception=True)
        access: Access = request.access  # type: ignore[attr-defined]
        visit = _visit(sent.validated_data, access)
        row, is_new = record_inspection(visit, by=request.user, at=timezone.now())
        answer = {
            "id": str(row.uid), "result": "created" if is_new else "duplicate",
            "findings": row.minor + row.major,
        }  # fmt: skip
        return Response(answer, status=201 if is_new else 200)


def _visit(said: dict[str, Any], access: Access) -> Visit:
    """Return what was sent with the records it names; a foreign site is one that is not there."""
    site = reading.phone_sites(access).filter(code=said["site"]).first()
    # A site that was closed since the phone fetched its list is still the place of this record.
    site = site or _granted(access).filter(code=said["site"]).first()
    version = (
        ChecklistVersion.objects.select_related("checklist").filter(pk=said["version"]).first()
    )
    if site is None or version is None:
        raise Http404
    planned = reading.planned_for(access).filter(pk=said["planned"] or 0, plan__site=site).first()
    people = Employee.objects.filter(number__in=[*said["team"], said["person"]])
    known = {row.number: row for row in people}
    return Visit(
        uid=said["id"], version=version, site=site, kind=said["kind"], planned=planned,
        person=known.get(said["person"]), team=[known[n] for n in said["team"] if n in known],
        started_at=said["started_at"], finished_at=said["finished_at"], note=said["note"],
        signature=said["signature"], site_signature=said["site_signature"] or [],
        signed_by=said["signed_by"], not_signed_why=said["not_signed_why"],
        points=[
            Graded(row["line"], row["grade"], row["note"], row["photos"], row["due_on"])
            for row in said["points"]
        ],
    )  # fmt: skip


def _granted(access: Access) -> Any:
    return Site.objects.all() if access.is_all else Site.objects.filter(pk__in=access.sites)


class PhotoInput(serializers.Serializer):
    """One photo of a failed point."""

    id = serializers.UUIDField()
    inspection = serializers.UUIDField()
    line = serializers.IntegerField(min_value=1)
    file = serializers.FileField(max_length=200)


class PhotoOutput(serializers.Serializer):
    """The hash of what arrived: a phone drops its copy only when it is its own."""

    id = serializers.UUIDField()
    received_sha256 = serializers.CharField()


class Photos(ApiView):
    """Keeps one photo; the same id again answers with the stored one."""

    access = ("inspection", {"POST": "create"})
    parser_classes = [MultiPartParser]
    serializer_class = PhotoInput

    @extend_schema(request=PhotoInput, responses={201: PhotoOutput})
    def post(self, request: Request) -> Response:
        sent = PhotoInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        graded = _graded(request, said["inspection"], said["line"])
        upload = said["file"]
        made = add_photo(
            graded, kind=FileKind.PHOTO, content=upload.read(MAX_BYTES + 1),
            name=upload.name or "photo.jpg", by=request.user, at=timezone.now(), uid=said["id"],
        )  # fmt: skip
        answer = {"id": str(made.uid), "received_sha256": made.received_sha256}
        return Response(answer, status=201)


def _graded(request: Request, uid: UUID, line_id: int) -> InspectionLine:
    """Return the point of one's own inspection; somebody else's is one that is not there."""
    access: Access = request.access  # type: ignore[attr-defined]
    if access.employee_id is None:
        raise PermissionDenied
    mine = Inspection.objects.filter(uid=uid, inspector=access.employee_id)
    row = InspectionLine.objects.filter(inspection__in=mine, line=line_id).first()
    if row is None:
        raise Http404
    return row
