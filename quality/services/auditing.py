"""Internal audits: programme, plan, checklist, grading, report, and the end of a finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, NotAllowed
from quality import upkeep_counts as counts
from quality.document_enums import FINDING_GRADES, LineGrade
from quality.document_enums import AuditStatus as A
from quality.models import AuditLine, AuditProgramme, Document, InternalAudit
from quality.services.impartial import (
    check_corrected,
    check_impartial,
    check_plan,
    check_team,
    check_verifier,
)
from quality.services.moves import said
from staff.models import Employee, Site, User

MACHINE = history.Machine(
    "internal_audit",
    {
        A.PLANNED: {"begin": A.RUNNING, "cancel": A.CANCELLED},
        A.RUNNING: {"report": A.REPORTED, "cancel": A.CANCELLED},
        A.REPORTED: {"close": A.CLOSED},
        A.CLOSED: {},
        A.CANCELLED: {},
    },
)
NUMBER = "IA-{year}-{last:02d}"
# Days until a finding is to be corrected: proposals, each may be set anew.
FINDING_DAYS = {LineGrade.MINOR: 30, LineGrade.MAJOR: 14}
MOST_LINES = 100


@dataclass(frozen=True)
class Plan:
    """What is audited, by whom, against what, when."""

    title: str
    site: Site | None
    owner: Employee
    lead: Employee
    planned_on: date
    team: tuple[Employee, ...] = ()
    scopes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    criteria: tuple[Document, ...] = ()
    criteria_text: str = ""
    questions: tuple[tuple[str, str], ...] = field(default=())


@transaction.atomic
def make_programme(*, year: int, aim: str, by: User, at: datetime) -> AuditProgramme:
    """Write the programme of a year (AUD-01)."""
    if AuditProgramme.objects.filter(year=year).exists():
        text = _("There is a programme for %(year)s already")
        raise DomainError(text % {"year": year}, code="taken", field="year", status=422)
    row = AuditProgramme.objects.create(
        year=year, aim=said(aim, field="aim", limit=2000), made_by=by
    )
    audit.record("audit_programme.create", row, actor=by, at=at)
    return row


@transaction.atomic
def approve_programme(programme: AuditProgramme, *, by: User, at: datetime) -> AuditProgramme:
    """Approve the programme; whoever wrote it cannot."""
    row = AuditProgramme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if row.approved_at is not None:
        raise DomainError(_("It is approved already"), code="wrong_step")
    if row.made_by_id == by.pk:
        raise NotAllowed(_("Whoever wrote a programme cannot approve it"), code="own_work")
    row.approved_by, row.approved_at = by, at
    row.save(update_fields=["approved_by", "approved_at", "updated_at"])
    audit.record("audit_programme.approve", row, actor=by, at=at)
    return row


@transaction.atomic
def plan_audit(
    programme: AuditProgramme, *, plan: Plan, by: User, at: datetime,
    follows: InternalAudit | None = None,
) -> InternalAudit:  # fmt: skip
    """Plan an audit of the programme with its checklist (AUD-01, AUD-03, AUD-04)."""
    check_plan(plan)
    check_impartial(plan)
    AuditProgramme.objects.filter(pk=programme.pk).update(last_number=F("last_number") + 1)
    programme.refresh_from_db()
    row = InternalAudit.objects.create(
        number=NUMBER.format(year=programme.year, last=programme.last_number),
        programme=programme, title=said(plan.title, field="title", limit=120, lines=False),
        site=plan.site, owner=plan.owner, lead=plan.lead, scopes=list(plan.scopes),
        methods=list(plan.methods), criteria_text=plan.criteria_text.strip(),
        planned_month=plan.planned_on.replace(day=1), planned_on=plan.planned_on, follows=follows,
        planned_by=by,
    )  # fmt: skip
    row.team.set(plan.team)
    row.criteria.set(plan.criteria)
    AuditLine.objects.bulk_create(
        AuditLine(audit=row, position=place, clause=clause, question=question)
        for place, (clause, question) in enumerate(plan.questions[:MOST_LINES], 1)
    )
    history.begin(row, machine=MACHINE, actor=by, at=at)
    counts.refresh_audit(row, at=at)
    return row


@transaction.atomic
def plan_reaudit(
    earlier: InternalAudit, *, lead: Employee, planned_on: date, by: User, at: datetime
) -> InternalAudit:
    """Plan an audit that looks at each open finding of an earlier one again (AUD-05).

    Raises DomainError where nothing is open, or the day has passed: it looks at what comes after.
    """
    open_ones = [one for one in earlier.lines.all() if one.is_finding and not one.verified_at]
    if not open_ones:
        raise DomainError(_("No finding of it is open"), code="no_finding")
    if planned_on < business_day(at):
        text = _("Choose today or a later day")
        raise DomainError(text, code="past", field="planned_on", status=422)
    plan = Plan(
        title=_("Re-audit: %(title)s") % {"title": earlier.title[:100]}, site=earlier.site,
        owner=earlier.owner, lead=lead, planned_on=planned_on, scopes=tuple(earlier.scopes),
        methods=tuple(earlier.methods), criteria=tuple(earlier.criteria.all()),
        criteria_text=earlier.criteria_text,
        questions=tuple((one.clause, one.question) for one in open_ones),
    )  # fmt: skip
    programme = AuditProgramme.objects.filter(year=planned_on.year).first() or earlier.programme
    row = plan_audit(programme, plan=plan, by=by, at=at, follows=earlier)
    for line, old in zip(row.lines.order_by("position"), open_ones, strict=True):
        line.looks_at = old
        line.save(update_fields=["looks_at", "updated_at"])
    return row


@transaction.atomic
def postpone_audit(
    row: InternalAudit, *, planned_on: date, reason: str, by: User, at: datetime
) -> InternalAudit:
    """Plan it for a later day; the month first planned stays, twice makes it missed (I07)."""
    row = _held(row)
    if row.status != A.PLANNED:
        raise DomainError(_("It has begun"), code="wrong_step")
    if planned_on <= row.planned_on:
        text = _("Choose a later day")
        raise DomainError(text, code="earlier", field="planned_on", status=422)
    row.planned_on, row.postponed = planned_on, row.postponed + 1
    row.save(update_fields=["planned_on", "postponed", "updated_at"])
    audit.record("internal_audit.extend", row, actor=by, at=at,
                 reason=said(reason, field="reason", limit=300))  # fmt: skip
    counts.refresh_audit(row, at=at)
    return row


@transaction.atomic
def cancel_audit(row: InternalAudit, *, reason: str, by: User, at: datetime) -> InternalAudit:
    """Give an audit up with the reason."""
    row = _held(row)
    _move(row, "cancel", by=by, at=at, reason=said(reason, field="reason", limit=300))
    return row


@transaction.atomic
def grade_line(line: AuditLine, *, grade: str, evidence: str, by: User, at: datetime) -> AuditLine:
    """Grade one line with its evidence; a finding without evidence is none.

    A line of a re-audit that conforms ends the finding it looks at; the first grade begins the
    audit.
    """
    row = _held(line.audit)
    check_team(row, by)
    if row.status == A.PLANNED:
        _move(row, "begin", by=by, at=at, started_at=at)
    if row.status != A.RUNNING:
        raise DomainError(_("The report is out: lines stay as they are"), code="wrong_step")
    line = AuditLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    needs_words = grade in (*FINDING_GRADES, LineGrade.OBSERVATION)
    words = said(evidence, field="evidence", limit=2000) if needs_words else evidence.strip()
    line.grade, line.evidence, line.graded_by, line.graded_at = grade, words, by, at
    is_finding = grade in FINDING_GRADES
    days = FINDING_DAYS.get(LineGrade(grade), 0)
    line.responsible = row.owner if is_finding else None
    line.due_on = business_day(at) + timedelta(days=days) if is_finding else None
    line.save(update_fields=["grade", "evidence", "graded_by", "graded_at", "responsible",
                             "due_on", "updated_at"])  # fmt: skip
    audit.record("internal_audit.grade", row, actor=by, at=at, fields=[str(line.position)])
    counts.refresh_audit(row, at=at)
    return line


@transaction.atomic
def report_audit(row: InternalAudit, *, conclusion: str, by: User, at: datetime) -> InternalAudit:
    """Report when every line is graded; what a re-audit saw gone ends with it (I07)."""
    row = _held(row)
    check_team(row, by)
    lines = list(row.lines.select_related("looks_at__audit"))
    left = sum(not one.grade for one in lines)
    if left or not lines:
        text = _("%(n)s lines are not graded yet") % {"n": left}
        raise DomainError(text, code="not_graded", status=422)
    words = said(conclusion, field="conclusion", limit=3000)
    _move(row, "report", by=by, at=at, reported_at=at, conclusion=words)
    for line in lines:
        if line.looks_at is not None and line.grade == LineGrade.CONFORM:
            _end_finding(line.looks_at, by=line.graded_by or by, at=at,
                         words=_("Seen gone in %(number)s") % {"number": row.number})  # fmt: skip
    _settle(row, by=by, at=at)
    return row


@transaction.atomic
def verify_finding(line: AuditLine, *, words: str, by: User, at: datetime) -> AuditLine:
    """End one finding: an auditor who is not its owner has seen that it is gone (AUD-05)."""
    row = _held(line.audit)
    if row.status not in (A.REPORTED, A.CLOSED):
        raise DomainError(_("First the report, then what follows"), code="wrong_step")
    line = AuditLine.objects.select_for_update(no_key=True).select_related("audit").get(pk=line.pk)
    if not line.is_finding or line.verified_at is not None:
        raise DomainError(_("There is no open finding on this line"), code="wrong_step")
    check_verifier(row, line, by)
    check_corrected(line)
    _end_finding(line, by=by, at=at, words=said(words, field="verification", limit=500))
    return AuditLine.objects.get(pk=line.pk)


def _end_finding(line: AuditLine, *, by: User, at: datetime, words: str) -> None:
    """Keep who saw it gone; the audit closes with its last finding."""
    if line.verified_at is not None:
        return
    check_verifier(line.audit, line, by)
    line.verified_by, line.verified_at, line.verification = by, at, words
    line.save(update_fields=["verified_by", "verified_at", "verification", "updated_at"])
    audit.record("internal_audit.verify", line.audit, actor=by, at=at,
                 fields=[str(line.position)])  # fmt: skip
    counts.refresh_audit(line.audit, at=at)
    _settle(_held(line.audit), by=by, at=at)


def _settle(row: InternalAudit, *, by: User, at: datetime) -> None:
    """Close a reported audit none of whose findings is open."""
    rows = row.lines.filter(grade__in=FINDING_GRADES, verified_at=None)
    if row.status == A.REPORTED and not rows.exists():
        _move(row, "close", by=by, at=at, closed_at=at)


def _held(row: InternalAudit) -> InternalAudit:
    return InternalAudit.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)


def _move(
    row: InternalAudit, verb: str, *, by: User, at: datetime, reason: str = "", **changes: object
) -> None:
    history.transition(row, verb, machine=MACHINE, actor=by, at=at, reason=reason,
                       changes=changes)  # fmt: skip
    counts.refresh_audit(row, at=at)


def lines_typed(raw: str) -> tuple[tuple[str, str], ...]:
    """Read a checklist people typed: one question a line, its clause before it where there is one.

    "8.5 Is the parcel scanned?" → ("8.5", "Is the parcel scanned?").
    """
    found: list[tuple[str, str]] = []
    for line in filter(None, (one.strip() for one in raw.splitlines())):
        head, _blank, rest = line.partition(" ")
        is_clause = len(head) <= 8 and head[:1].isdigit() and set(head) <= set("0123456789.")
        found.append((head, rest.strip()[:300]) if is_clause and rest else ("", line[:300]))
    return tuple(found)
