"""Who does what at the service desk, and the ready words everybody uses there."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.models import DeskDuty, ReplyTemplate
from complaints.words import BadText, blanks_in, clean_line, clean_text
from courierqa.core import audit
from courierqa.core.errors import DomainError, StaleEdit
from staff.models import User


@dataclass(frozen=True)
class Duty:
    """One person's work at the desk: which queue, what, on which days, from when to when."""

    queue: str
    duty: str
    opens: time
    closes: time
    weekdays: str = "0123456"


@dataclass(frozen=True)
class TemplateText:
    """Ready words in both languages; `{{name}}` is a blank that must be filled."""

    title: str
    title_en: str
    body: str
    body_en: str
    is_active: bool = True


@transaction.atomic
def give_duty(*, person: User, duty: Duty, by: User, at: datetime) -> DeskDuty:
    """Name a person for a queue of the desk (CUS-04)."""
    words = clean_line(duty.duty, field="duty", limit=200)
    if not words:
        raise BadText(_("Enter what this person does"), code="required", field="duty")
    if duty.opens >= duty.closes:
        raise DomainError(_("The end comes after the beginning"), field="closes")
    days = "".join(sorted(set(duty.weekdays) & set("0123456")))
    if not days:
        raise DomainError(_("Choose at least one day"), code="required", field="weekdays")
    row = DeskDuty.objects.create(
        person=person, queue=duty.queue, duty=words, opens=duty.opens, closes=duty.closes,
        weekdays=days,
    )  # fmt: skip
    audit.record("duty.give", row, actor=by, at=at)
    return row


@transaction.atomic
def end_duty(*, duty: DeskDuty, by: User, at: datetime) -> None:
    """End a duty; it stays on record."""
    row = DeskDuty.objects.select_for_update(no_key=True).get(pk=duty.pk)
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at", "updated_at"])
        audit.record("duty.end", row, actor=by, at=at)


@transaction.atomic
def save_template(
    *, code: str, said: TemplateText, seen: str, by: User, at: datetime
) -> ReplyTemplate:
    """Write ready words. `seen` is when the editor's copy was last changed; "" adds a new one."""
    rows = ReplyTemplate.objects.select_for_update(no_key=True)
    row = rows.filter(code=code).first()
    if row is not None and not seen:
        text = _("This short name is taken. Choose another one")
        raise DomainError(text, code="taken", field="code")
    if row is not None and row.updated_at.isoformat() != seen:
        raise StaleEdit(_("Somebody changed these words meanwhile. Look at them first"))
    row = row or ReplyTemplate(code=code)
    for name, value in _checked(said).items():
        setattr(row, name, value)
    row.save()
    audit.record("reply_template.save", row, actor=by, at=at)
    return row


def _checked(said: TemplateText) -> dict[str, object]:
    texts = asdict(said)
    for name in ("title", "title_en"):
        texts[name] = clean_line(texts[name], field=name, limit=80)
    for name in ("body", "body_en"):
        texts[name] = clean_text(texts[name], field=name)
    for name in ("title", "title_en", "body", "body_en"):
        if not texts[name]:
            raise BadText(_("Fill this in"), code="required", field=name)
    for name in ("body", "body_en"):
        left = "".join(texts[name].split())
        if left.count("{{") != left.count("}}") or left.count("{{") != len(blanks_in(left)):
            wrong = _("Write each blank as {{name}}, with both pairs of brackets")
            raise BadText(wrong, code="bad_blank", field=name)
    if len(blanks_in(texts["body"])) != len(blanks_in(texts["body_en"])):
        wrong = _("Both languages need the same number of blanks")
        raise BadText(wrong, code="blanks_differ", field="body_en")
    return texts
