"""Views by e-mail: ordered by the reader, sent within the reader's own reach, ended by them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courierqa.core import formats, notify
from courierqa.core.access import access_for
from courierqa.core.calendars import business_day
from courierqa.core.enums import Channel
from courierqa.core.errors import DomainError
from kpi.board import filters, whole
from kpi.enums import Rhythm
from kpi.models import SavedView, ViewMail

log = logging.getLogger(__name__)
# The month's figures are near their end on its third day: promises of its last days have passed.
MONTH_DAY = 3
MOST_LINES = 40


class MailRefused(DomainError):
    """The view cannot be sent."""

    code = "mail_refused"


def next_day(rhythm: str, today: date) -> date:
    """Return the next day of a rhythm after `today`."""
    if rhythm == Rhythm.DAILY:
        return today + timedelta(days=1)
    if rhythm == Rhythm.WEEKLY:
        return today + timedelta(days=7 - today.weekday())
    this = today.replace(day=MONTH_DAY)
    if today < this:
        return this
    return (today.replace(day=1) + timedelta(days=32)).replace(day=MONTH_DAY)


@transaction.atomic
def order_mail(*, view: SavedView, user: Any, rhythm: str, at: datetime) -> ViewMail:
    """Send a view to a person in a rhythm from the next day of it on."""
    if not user.email:
        raise MailRefused(_("Enter your e-mail address in your account first"), field="rhythm")
    values = {"rhythm": rhythm, "next_on": next_day(rhythm, business_day(at))}
    mail, _made = ViewMail.objects.update_or_create(view=view, user=user, defaults=values)
    return mail


@transaction.atomic
def end_mail(*, mail: ViewMail) -> None:
    """Send this view to this person no more."""
    mail.delete()


def send_due(*, now: datetime) -> dict[str, Any]:
    """Send what is due today, each once however often this runs."""
    due = ViewMail.objects.filter(next_on__lte=business_day(now)).order_by("pk")
    sent = [_send(pk, now) for pk in due.values_list("pk", flat=True)]
    return {"sent": sum(sent), "ended": len(sent) - sum(sent)}


@transaction.atomic
def _send(pk: int, now: datetime) -> bool:
    """Write one letter and move its rhythm on; ended when its reader may not see it any more."""
    mail = (
        ViewMail.objects.select_for_update(of=("self",)).select_related("view", "user").get(pk=pk)
    )
    access = access_for(mail.user, "figure", "read")
    if access is None or not mail.user.is_active or not mail.user.email:
        mail.delete()
        return False
    try:
        letter = letter_of(mail, access, now=now)
    except DomainError as error:
        log.warning("The view %s cannot be sent any more: %s.", mail.view_id, error.code)
        mail.delete()
        return False
    notify.send(
        key=f"view:{mail.pk}:{mail.next_on}",
        channel=Channel.EMAIL,
        template="kpi/view",
        language=mail.user.language or settings.LANGUAGE_CODE,
        user=mail.user,
        context=letter,
        obj=mail.view,
        link=letter["address"],
        at=now,
    )
    ViewMail.objects.filter(pk=pk).update(next_on=next_day(mail.rhythm, business_day(now)))
    return True


def letter_of(mail: ViewMail, access: Any, *, now: datetime) -> dict[str, Any]:
    """Return what the letter says: the figures of the view as its reader would see them."""
    params = QueryDict(mail.view.query)
    with translation.override(mail.user.language or settings.LANGUAGE_CODE):
        asked = filters.read(params, access, now=now)
        page = whole.board_of(asked, params)
        base = settings.PUBLIC_BASE_URL
        return {
            "name": mail.view.name,
            "period": asked.period.label,
            "place": str(asked.site) if asked.site else "",
            "as_of": asked.as_of,
            "sentences": [str(words) for words in page["sentences"]],
            "lines": [_line(one) for one in page["lines"][:MOST_LINES]],
            "address": f"{base}{reverse('kpi:dashboard')}?{mail.view.query}",
            "stop": f"{base}{reverse('kpi:views')}",
        }


def _line(one: Any) -> Mapping[str, str]:
    few = one.figure.is_few
    return {
        "name": str(one.metric.name),
        "value": _("n<30") if few else one.value,
        "unit": "" if few else str(one.unit),
        "n": formats.number(one.figure.n, 0),
        "target": one.target_text,
        "verdict": one.verdict.variation_label if one.verdict.is_judged else "",
    }
