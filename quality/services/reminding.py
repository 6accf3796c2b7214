"""Whoever owes something past its day, or leads where something ends, is told exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation

from courierqa.core import notify, schedule
from courierqa.core.access import Access
from courierqa.core.calendars import business_day
from courierqa.core.enums import Channel, Scope
from courierqa.core.models import Message
from quality.selectors.overdue import DAYS, Late, late_things
from quality.selectors.things.expiry import BAND_WORDS, Ending, endings
from quality.services.things.telling import leaders_of
from staff.models import Employee, Site, User

# The superior hears of it when the owner has let so many days pass; a proposal.
SUPERIOR_DAYS = 3
ALL = Access(resource="expiry", action="read", scope=Scope.ALL)


@dataclass(frozen=True)
class Reminder:
    """One message to one person; its key says of what, of which day, and to whom."""

    key: str
    template: str
    user: User
    context: dict[str, Any]
    link: str


def run_reminders(*, now: datetime) -> dict[str, int]:
    """Tell of what is late and of what ends within 90 days; twice does no harm (LIC-02, PRE-01)."""
    today = business_day(now)
    late = _send(_late(today, now), at=now)
    return {"late": late, "ending": _send(_ending(today, now), at=now)}


def _late(today: date, now: datetime) -> Iterator[Reminder]:
    for one in late_things(today=today):
        context = {"label": one.label, "parts": one.parts, "day": one.day, "is_own": True}
        told = [(user, context) for user in _first(one, now)]
        if one.owner is not None and one.day <= today - timedelta(days=SUPERIOR_DAYS):
            far = {**context, "is_own": False, "owner": one.owner.name}
            told += [(user, far) for user in _user_of(one.owner.supervisor)]
        for user, said in told:
            key = f"late:{one.ref}:{one.day}:{user.pk}"
            yield Reminder(key, "quality/overdue", user, said, one.link)


def _first(one: Late, now: datetime) -> list[User]:
    """Return the owner; where nobody owns it, or has no login, the leaders of the site."""
    return list(_user_of(one.owner)) or leaders_of(one.site, at=now)


def _user_of(person: Employee | None) -> Iterator[User]:
    if person is not None and person.user is not None and person.user.is_active:
        yield person.user


def _ending(today: date, now: datetime) -> Iterator[Reminder]:
    """Yield one reminder for each band of days that a thing enters: 90, 60, 30, ended."""
    leaders: dict[int | None, list[User]] = {}
    sites = {site.pk: site for site in Site.objects.all()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            rows = endings(ALL, today=today, most=20_000)
        for one in rows:
            if one.day < today - timedelta(days=DAYS):
                continue
            if one.site_id not in leaders:
                leaders[one.site_id] = leaders_of(sites.get(one.site_id or 0), at=now)
            for user in {*leaders[one.site_id], *([one.person] if one.person else [])}:
                if (user.language or settings.LANGUAGE_CODE) == language:
                    yield _of(one, user, today)


def _of(one: Ending, user: User, today: date) -> Reminder:
    band = one.band(today)
    context = {"what": one.what, "owner": one.owner, "site": one.site, "day": one.day,
               "band": BAND_WORDS[band], "has_ended": band == 0}  # fmt: skip
    key = f"ending:{one.ref}:{one.day}:{band}:{user.pk}"
    return Reminder(key, "quality/ending", user, context, one.url)


def _send(reminders: Iterable[Reminder], *, at: datetime) -> int:
    """Write those not written yet; the key of the message is what makes it one."""
    found = {one.key: one for one in reminders}
    known = set(Message.objects.filter(key__among=list(found)).values_list("key", flat=True))
    fresh = [one for key, one in found.items() if key not in known]
    for n, one in enumerate(fresh):
        notify.send(
            key=one.key, channel=Channel.IN_APP, template=one.template,
            language=one.user.language or settings.LANGUAGE_CODE, user=one.user,
            context=one.context, link=one.link, at=at,
        )  # fmt: skip
        schedule.progress(n + 1, len(fresh))
    return len(fresh)
