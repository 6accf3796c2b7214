"""Who may audit what, and what must be there before a finding ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError, NotAllowed
from quality.document_enums import AuditScope, Method
from quality.enums import SourceKind, Status
from quality.models import AuditLine, InternalAudit, Nonconformity
from staff.models import Employee, User

if TYPE_CHECKING:
    from quality.services.auditing import Plan


def check_plan(plan: Plan) -> None:
    """An audit covers some of the four, by some method, with questions (AUD-03, AUD-04)."""
    if not set(plan.scopes) & set(AuditScope.values):
        text = _("Choose at least one of the four")
        raise DomainError(text, code="required", field="scopes", status=422)
    if not set(plan.methods) & set(Method.values):
        text = _("Choose at least one method")
        raise DomainError(text, code="required", field="methods", status=422)
    if not plan.questions:
        raise DomainError(_("Fill this in"), code="required", field="questions", status=422)


def check_impartial(plan: Plan) -> None:
    """Nobody audits their own site or what they answer for (ISO 9001 9.2)."""
    for field_name, people in (("lead", (plan.lead,)), ("team", plan.team)):
        for one in people:
            if one.pk == plan.owner.pk:
                text = _("%(name)s answers for what is audited. Choose somebody else")
                raise _partial(text, one, field_name)
            if plan.site is not None and one.site_id == plan.site.pk:
                text = _("%(name)s works at the audited site. Choose somebody else")
                raise _partial(text, one, field_name)
            if one.supervisor_id == plan.owner.pk:
                text = _("%(name)s is led by whoever answers for it. Choose somebody else")
                raise _partial(text, one, field_name)


def _partial(text: str, person: Employee, name: str) -> NotAllowed:
    return NotAllowed(text % {"name": person.name}, code="partial", field=name, status=422)


def check_team(row: InternalAudit, by: User) -> None:
    """Only the auditors of the plan grade and report."""
    me = getattr(by, "employee", None)
    if me is None or not (me.pk == row.lead_id or row.team.filter(pk=me.pk).exists()):
        raise NotAllowed(_("Only the auditors named in the plan can do this"), code="not_auditor")


def check_verifier(row: InternalAudit, line: AuditLine, by: User) -> None:
    """Nobody sees their own finding gone, nor one of their own site (AUD-05)."""
    me = getattr(by, "employee", None)
    own = {row.owner_id, line.responsible_id}
    if me is None or me.pk in own or (row.site_id is not None and me.site_id == row.site_id):
        text = _("Somebody who does not answer for the finding must see that it is gone")
        raise NotAllowed(text, code="own_work", field="verification", status=422)


def check_corrected(line: AuditLine) -> None:
    """Words end no finding: its nonconformity must have been worked on until its effect check."""
    rows = Nonconformity.objects.filter(source=SourceKind.AUDIT, source_ref=line.reference)
    if not rows.filter(status__in=[Status.CHECKING, Status.CLOSED]).exists():
        text = _("First raise a nonconformity from it and carry its measures out")
        raise DomainError(text, code="not_corrected", status=422)
