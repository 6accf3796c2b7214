"""Where a nonconformity came from: the record, as far as the reader may see it, and its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

import complaints.selectors
import shipments.selectors
import staff.selectors
from complaints.models import SurveyItem
from courierqa.core.access import Access, access_for
from courierqa.core.calendars import day_start
from courierqa.core.context import address_of
from quality.enums import LIVE, Status
from quality.enums import SourceKind as K
from quality.models import AuditLine, EffectCheck, LegalDuty, Nonconformity
from quality.selectors.found import Found
from quality.selectors.inspections.reading import findings_for
from quality.selectors.things import sources as things
from shipments.models import Violation
from staff.enums import AttemptState

# What a reader needs to see the record: resource and action.
RIGHTS = {
    K.PARCEL: ("parcel", "read"),
    K.CASE: ("case", "read"),
    K.EXCEPTION: ("exception", "read"),
    K.VIOLATION: ("conduct", "read"),
    K.OBSERVATION: ("observation", "read"),
    K.EXAM: ("training", "read"),
    K.SURVEY: ("survey", "words"),
    K.INCIDENT: ("privacy_incident", "read"),
    K.INSPECTION: ("inspection", "read"),
    K.AUDIT: ("internal_audit", "read"),
    K.DUTY: ("legal", "read"),
    **things.RIGHTS,
}


def find_source(kind: str, reference: str, user: Any) -> Found | None:
    """Return the record behind a button, or None where there is none for this reader."""
    right = RIGHTS.get(kind)  # type: ignore[call-overload]
    access = access_for(user, *right) if right else None
    if access is None:
        return None
    return FINDERS[K(kind)](reference[:60], access)


def raised_from(kind: str, reference: str) -> QuerySet[Nonconformity]:
    """Return what was raised from one record, newest first."""
    rows = Nonconformity.objects.filter(source=kind, source_ref=reference[:60])
    return rows.select_related("owner").order_by("-id")


def acts_on_figures(*, since: date) -> dict[tuple[str, str], list[Nonconformity]]:
    """Return what acts on a figure, by the codes of figure and site ("" for the company).

    Whatever was raised from it is an act while it is open, or when it came after the month began;
    so is anything open whose effect is read from that figure there.
    """
    rows = Nonconformity.objects.exclude(status=Status.VOID).order_by("-id")
    fresh = Q(status__in=LIVE) | Q(raised_at__gte=day_start(since))
    found: dict[tuple[str, str], list[Nonconformity]] = {}
    for row in rows.filter(fresh, source=K.SIGNAL):
        code, place = [*row.source_ref.split("|"), ""][:2]
        found.setdefault((code, place), []).append(row)
    checks = EffectCheck.objects.filter(nonconformity__in=rows.filter(status__in=LIVE))
    for one in checks.exclude(metric="").select_related("nonconformity", "site"):
        place = one.site.code if one.site else ""
        known = found.setdefault((one.metric, place), [])
        if one.nonconformity not in known:
            known.append(one.nonconformity)
    return found


def link_of(row: Nonconformity) -> str:
    """Return the page of the record it came from, or "" where there is none."""
    ref = row.source_ref
    if row.source == K.SIGNAL:
        code, site, period = [*ref.split("|"), "", ""][:3]
        url = address_of("kpi:metric", code) if code else ""
        return f"{url}?period={period}&site={site}" if url else ""
    if row.source in (K.VIOLATION, K.SURVEY):
        name, mark = PAGES[K(row.source)], row.source if row.source != K.SURVEY else "words"
        return f"{address_of(name)}#{mark}-{ref}"
    if row.source == K.REVIEW:
        review, _dash, place = ref.partition("-")
        url = address_of("quality:review", review) if review.isdecimal() else ""
        return f"{url}#decision-{review}-{place}" if url else ""
    if row.source == K.AUDIT:
        number, _dash, line = ref.rpartition("-")
        return f"{address_of('quality:audit', number)}#line-{line}" if number else ""
    name = PAGES.get(K(row.source), "")
    return address_of(name, ref) if name and ref else ""


def raise_link(kind: str, reference: str) -> str:
    """Return the page that raises one from a record; a figure has its own."""
    if kind == K.SIGNAL:
        code, site, period = [*reference.split("|"), "", ""][:3]
        url = address_of("kpi:raise_signal", code) if code else ""
        return f"{url}?{urlencode({'period': period, 'site': site})}" if url else ""
    return f"{address_of('quality:raise')}?{urlencode({'source': kind, 'ref': reference})}"


PAGES = {
    K.PARCEL: "shipments:parcel",
    K.CASE: "complaints:case",
    K.EXCEPTION: "shipments:exception",
    K.VIOLATION: "shipments:conduct",
    K.OBSERVATION: "staff:observation",
    K.EXAM: "staff:exam_result",
    K.SURVEY: "complaints:survey_words",
    K.INCIDENT: "complaints:incident",
    K.INSPECTION: "quality:inspection_finding",
    K.DUTY: "quality:duty",
    **things.PAGES,
}


def _parcel(reference: str, access: Access) -> Found | None:
    row = shipments.selectors.parcels_for(access).filter(waybill=reference).first()
    if row is None:
        return None
    words = _("Parcel %(number)s: %(state)s")
    title = words % {"number": row.waybill, "state": row.get_state_display()}
    return Found(K.PARCEL, row.waybill, title, row.last_site or row.origin, row.last_event_at)


def _case(reference: str, access: Access) -> Found | None:
    row = complaints.selectors.cases_for(access).filter(number=reference).first()
    if row is None:
        return None
    title = f"{row.reason} · {row.number}"
    return Found(K.CASE, row.number, title, row.site, row.received_at)


def _exception(reference: str, access: Access) -> Found | None:
    row = shipments.selectors.exceptions_for(access).filter(number=reference).first()
    if row is None:
        return None
    kind = shipments.selectors.exception_classes().get(row.kind)
    return Found(K.EXCEPTION, row.number, f"{kind or row.kind} · {row.number}", row.site,
                 row.opened_at)  # fmt: skip


def _violation(reference: str, access: Access) -> Found | None:
    rows = Violation.objects.filter(access.rows(site="courier__site_id", own="courier_id"))
    row = _numbered(rows.select_related("kind", "parcel", "courier__site"), reference)
    if row is None:
        return None
    title = f"{row.kind} · {row.parcel.waybill}"
    return Found(K.VIOLATION, str(row.pk), title, row.courier.site, day_start(row.happened_on))


def _observation(reference: str, access: Access) -> Found | None:
    row = _numbered(staff.selectors.observations_for(access), reference)
    if row is None:
        return None
    words = _("%(kind)s: %(n)s points not in order")
    title = words % {"kind": row.get_kind_display(), "n": row.fails}
    return Found(K.OBSERVATION, str(row.pk), title, row.site, day_start(row.on))


def _exam(reference: str, access: Access) -> Found | None:
    rows = staff.selectors.attempts_for(access)
    row = _numbered(rows.filter(state__in=(AttemptState.FAILED, AttemptState.EXPIRED)), reference)
    if row is None:
        return None
    words = _("Exam not passed: %(course)s")
    title = words % {"course": row.exam.course}
    return Found(K.EXAM, str(row.pk), title, row.employee.site, row.finished_at)


def _survey(reference: str, access: Access) -> Found | None:
    rows = SurveyItem.objects.select_related("question", "answer__invitation__site")
    if not access.is_all:
        rows = rows.filter(answer__invitation__site__in=access.sites)
    row = _numbered(rows, reference)
    if row is None:
        return None
    title = _("Survey answer: %(question)s") % {"question": row.question}
    return Found(K.SURVEY, str(row.pk), title[:120], row.answer.invitation.site,
                 row.answer.answered_at)  # fmt: skip


def _incident(reference: str, access: Access) -> Found | None:
    row = complaints.selectors.incidents().filter(case__number=reference).first()
    if row is None:
        return None
    title = _("Privacy incident") + f" · {row.case.number}"
    return Found(K.INCIDENT, row.case.number, title, row.case.site, row.opened_at)


def _inspection(reference: str, access: Access) -> Found | None:
    row = _numbered(findings_for(access), reference)
    if row is None:
        return None
    data = {"grave": row.severity, "point": row.graded.line.position}
    return Found(K.INSPECTION, str(row.pk), row.text[:120], row.site, row.found_at, data)


def _finding(reference: str, access: Access) -> Found | None:
    number, _dash, place = reference.rpartition("-")
    if not (number and place.isascii() and place.isdecimal() and len(place) < 6):
        return None
    rows = AuditLine.objects.filter(access.rows(site="audit__site_id"), grade__gt="")
    rows = rows.select_related("audit__site").filter(audit__number=number)
    row = rows.filter(position=int(place)).first()
    if row is None:
        return None
    title = f"{row.get_grade_display()} · {row.question}"
    return Found(K.AUDIT, row.reference, title[:120], row.audit.site, row.graded_at,
                 {"clause": row.clause, "evidence": row.evidence[:1000]})  # fmt: skip


def _duty(reference: str, access: Access) -> Found | None:
    row = _numbered(LegalDuty.objects.select_related("law"), reference)
    if row is None:
        return None
    last = row.checks.exclude(done_at=None).order_by("-done_at").first()
    title = _("Not kept: %(duty)s") % {"duty": f"{row} {row.subject}"}
    return Found(K.DUTY, str(row.pk), title[:120], None, last.done_at if last else None)


def _numbered(rows: QuerySet[Any], reference: str) -> Any:
    """Return the row of a number, for records people do not call by a code of their own."""
    is_number = reference.isascii() and reference.isdecimal() and len(reference) < 19
    return rows.filter(pk=int(reference)).first() if is_number else None


FINDERS: dict[K, Callable[[str, Access], Found | None]] = {
    K.PARCEL: _parcel,
    K.CASE: _case,
    K.EXCEPTION: _exception,
    K.VIOLATION: _violation,
    K.OBSERVATION: _observation,
    K.EXAM: _exam,
    K.SURVEY: _survey,
    K.INCIDENT: _incident,
    K.INSPECTION: _inspection,
    K.AUDIT: _finding,
    K.DUTY: _duty,
    **things.FINDERS,
}
