"""Finding out: statements asked with a due time, and the cause of the tree with its whys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.enums import Clock
from complaints.models import Case, Investigation, RootCause, Statement
from complaints.services.evidence import add_file
from complaints.services.intake import tell_staff
from complaints.services.moves import hold, must_be_open
from complaints.words import BadText, clean_line, clean_text
from courierqa.core import audit
from courierqa.core.access import access_for
from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import ClockMiss
from staff.models import Employee, Site, User

WHYS = 5
CHOICES_HOURS = (2, 4, 8, 24, 48)


@transaction.atomic
def ask_statement(
    *,
    case: Case,
    question: str,
    hours: int,
    by: User,
    at: datetime,
    person: Employee | None = None,
    site: Site | None = None,
) -> Statement:
    """Ask a courier, or a site, what happened; `hours` from now is the due time (CMP-06)."""
    hold(case)
    must_be_open(case)
    asked = clean_line(question, field="question", limit=300)
    if not asked:
        raise BadText(_("Enter what you want to know"), code="required", field="question")
    where = site or (person.site if person else None)
    if where is None:
        raise DomainError(_("Choose a person or a site"), code="required", field="site", status=422)
    if person is not None and person.user_id == by.pk:
        raise NotAllowed(_("Nobody asks themselves"), field="person")
    if person is not None and not _can_answer(person):
        wrong = _("This person cannot answer here. Ask the site instead")
        raise DomainError(wrong, code="cannot_answer", field="person", status=422)
    row = Statement.objects.create(
        case=case, person=person, site=where, question=asked, asked_by=by, asked_at=at,
        due_at=at + timedelta(hours=hours),
    )  # fmt: skip
    audit.record("statement.request", row, actor=by, at=at)
    if person is not None and person.user is not None:
        key = f"statement-{row.pk}"
        tell_staff(case, person.user, key=key, template="statement", at=at, link="/m/cases/")
    return row


@transaction.atomic
def answer_statement(*, statement: Statement, text: str, by: User, at: datetime) -> Statement:
    """Keep what the person or the site says, once; late words are kept too."""
    row = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    if not may_answer(row, by):
        raise NotAllowed(_("Only whoever was asked can answer this"))
    if row.answered_at is not None:
        raise DomainError(_("This question is already answered"), code="already_answered")
    words = clean_text(text, field="text")
    if not words:
        raise BadText(_("Write what happened"), code="required", field="text")
    row.text, row.answered_by, row.answered_at = words, by, at
    row.save(update_fields=["text", "answered_by", "answered_at", "updated_at"])
    audit.record("statement.answer", row, actor=by, at=at)
    key = f"stated-{row.pk}"
    tell_staff(row.case, row.asked_by, key=key, template="statement_answer", at=at)
    return row


def may_answer(row: Statement, user: User) -> bool:
    """Say whether this person was asked: by name, or as the supervisor of the site."""
    access = access_for(user, "statement", "answer")
    if access is None:
        return False
    if row.person_id is not None:
        return row.person_id == access.employee_id
    return access.is_all or row.site_id in access.sites


def _can_answer(person: Employee) -> bool:
    return person.user is not None and access_for(person.user, "statement", "answer") is not None


@transaction.atomic
def analyse_case(
    *, case: Case, root_cause: RootCause, whys: Sequence[str], by: User, at: datetime
) -> Investigation:
    """Name the cause of the tree, with the answers to "why?" that lead to it."""
    hold(case)
    must_be_open(case)
    lines = [clean_line(why, field=f"why{n}", limit=200) for n, why in enumerate(whys[:WHYS], 1)]
    said = [line for line in lines if line]
    if not said:
        raise BadText(_("Answer at least the first why"), code="required", field="why1")
    if root_cause.parent_id is None:
        wrong = _("Choose a cause, not an area")
        raise DomainError(wrong, code="required", field="root_cause", status=422)
    row, _new = Investigation.objects.update_or_create(
        case=case, defaults={"root_cause": root_cause, "whys": said, "by": by, "at": at}
    )
    audit.record("case.analyse", case, actor=by, at=at, fields=["root_cause", "whys"])
    return row


def check_statements(*, now: datetime) -> int:
    """Write down statements that did not come, once each, and tell whoever asked."""
    late = Statement.objects.filter(answered_at=None, missed_at=None, due_at__lt=now)
    return sum(_miss(row, now=now) for row in late.select_related("case", "asked_by")[:500])


@transaction.atomic
def _miss(row: Statement, *, now: datetime) -> int:
    open_rows = Statement.objects.filter(pk=row.pk, answered_at=None, missed_at=None)
    if not open_rows.update(missed_at=now):
        return 0
    ClockMiss.objects.get_or_create(
        object_type=row._meta.label_lower, object_id=row.pk, clock=Clock.INTERNAL,
        due_at=row.due_at, defaults={"noticed_at": now},
    )  # fmt: skip
    key = f"unstated-{row.pk}"
    tell_staff(row.case, row.asked_by, key=key, template="statement_missed", at=now)
    return 1


@transaction.atomic
def answer_with_file(
    *,
    statement: Statement,
    text: str,
    by: User,
    at: datetime,
    content: bytes | None = None,
    name: str = "",
) -> Statement:
    """Keep a statement together with the picture or document that shows it, or neither."""
    row = answer_statement(statement=statement, text=text, by=by, at=at)
    if content is not None:
        add_file(case=row.case, content=content, name=name, by=by, at=at, statement=row)
    return row
