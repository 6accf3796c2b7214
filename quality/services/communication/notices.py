"""Notices to staff: published to an audience, confirmed one by one, reminded once (COM-02)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import audit, notify
from courierqa.core.calendars import business_day
from courierqa.core.enums import Channel
from courierqa.core.errors import DomainError
from quality.communication_enums import NoticeStatus as S
from quality.models import Receipt, StaffNotice
from quality.selectors.improvement.audience import audience_of
from quality.services.improvement.goals import today_or_later
from quality.services.moves import said
from staff.models import Employee, Site, User

# People are reminded once, so long before the day they confirm by.
BEFORE = timedelta(days=1)


@transaction.atomic
def write_notice(
    row: StaffNotice | None, *, title: str, text: str, sites: Iterable[Site],
    roles: Sequence[str], people: Iterable[Employee], carriers: Sequence[str], due_on: date,
    by: User, at: datetime,
) -> StaffNotice:  # fmt: skip
    """Draft a notice or change the draft; what was published is never changed."""
    today_or_later(due_on, at=at, field="due_on")
    fields = {
        "title": said(title, field="title", limit=100, lines=False),
        "text": said(text, field="text", limit=10_000), "roles": list(roles),
        "carriers": list(carriers), "due_on": due_on, "written_by": by,
    }  # fmt: skip
    if row is None:
        row = StaffNotice.objects.create(**fields)
    else:
        row = _hold(row, S.DRAFT, _("What was published cannot be changed"))
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    row.sites.set(sites)
    row.people.set(people)
    audit.record("staff_notice.save", row, actor=by, at=at)
    return row


@transaction.atomic
def publish_notice(row: StaffNotice, *, by: User, at: datetime) -> int:
    """Publish it: everybody it concerns is told and asked to confirm; return how many."""
    row = _hold(row, S.DRAFT, _("It was published already"))
    if row.due_on < business_day(at):
        text = _("The day to confirm by has passed: change the draft first")
        raise DomainError(text, code="past")
    row.status, row.published_at = S.PUBLISHED, at
    row.save(update_fields=["status", "published_at", "updated_at"])
    told = reach(row, at=at)
    if not told:
        raise DomainError(_("This audience has nobody in it"), code="nobody")
    audit.record("staff_notice.publish", row, actor=by, at=at)
    return told


def reach(row: StaffNotice, *, at: datetime) -> int:
    """Ask whoever belongs to the audience and was not asked yet; return how many."""
    known = set(row.receipts.values_list("employee_id", flat=True))
    fresh = [one for one in audience_of(row).select_related("user") if one.pk not in known]
    rows = [Receipt(notice=row, employee=one) for one in fresh]
    Receipt.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    for one in fresh:
        _tell(row, one, "notice_asked", at)
    return len(fresh)


@transaction.atomic
def confirm_notice(receipt: Receipt, *, by: User, at: datetime) -> Receipt:
    """Confirm a notice for oneself; twice is once."""
    row = Receipt.objects.select_for_update(no_key=True, of=("self",)).get(pk=receipt.pk)
    if row.employee.user_id != by.pk:
        raise DomainError(_("Everybody confirms for themselves"), code="not_own")
    if row.confirmed_at is None:
        row.confirmed_at = at
        row.save(update_fields=["confirmed_at"])
        audit.record("staff_notice.confirm", row.notice, actor=by, at=at)
    return row


@transaction.atomic
def withdraw_notice(row: StaffNotice, *, reason: str, by: User, at: datetime) -> StaffNotice:
    """Take it back with the reason; nobody has to confirm it any more."""
    row = _hold(row, S.PUBLISHED, _("Only a published notice can be withdrawn"))
    words = said(reason, field="reason", limit=300)
    row.status, row.withdrawn_at = S.WITHDRAWN, at
    row.save(update_fields=["status", "withdrawn_at", "updated_at"])
    audit.record("staff_notice.withdraw", row, actor=by, at=at, reason=words)
    return row


def run_notices(*, now: datetime) -> dict[str, int]:
    """Ask newcomers and remind, once each, whoever has not confirmed a day before the last day."""
    today = business_day(now)
    asked = 0
    for row in StaffNotice.objects.filter(status=S.PUBLISHED, due_on__gte=today).order_by("pk"):
        with transaction.atomic():
            asked += reach(row, at=now)
    owed = Receipt.objects.filter(
        notice__status=S.PUBLISHED, notice__due_on__lte=today + BEFORE, confirmed_at=None,
        reminded_at=None, employee__user__is_active=True,
    )  # fmt: skip
    found = list(owed.select_related("notice", "employee__user").order_by("pk")[:2000])
    return {"asked": asked, "reminded": sum(_remind(one, now) for one in found)}


@transaction.atomic
def _remind(receipt: Receipt, at: datetime) -> bool:
    # The first of two schedulers that marks the row reminds.
    rows = Receipt.objects.filter(pk=receipt.pk, reminded_at=None, confirmed_at=None)
    if not rows.update(reminded_at=at):
        return False
    _tell(receipt.notice, receipt.employee, "notice_late", at)
    return True


def _tell(row: StaffNotice, person: Employee, template: str, at: datetime) -> None:
    user = person.user
    if user is None:
        return
    notify.send(
        key=f"{template}:{row.pk}:{person.pk}", channel=Channel.IN_APP,
        template=f"quality/{template}", language=user.language or settings.LANGUAGE_CODE,
        user=user, context={"row": row}, obj=row, link=reverse("quality:notice", args=[row.pk]),
        at=at,
    )  # fmt: skip


def _hold(row: StaffNotice, status: S, why: str) -> StaffNotice:
    row = StaffNotice.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.status != status:
        raise DomainError(why, code="wrong_step")
    return row
