"""Tries to sign in, their limits, and the keys of integrations."""

from __future__ import annotations

import math
import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courierqa.core import audit
from courierqa.core.access import matrix
from courierqa.core.errors import DomainError
from staff.auth import digest_of, find_user
from staff.models import ApiToken, LoginAttempt, Site, User


@dataclass(frozen=True)
class Limit:
    """So many failed tries within so many minutes, for a user or for a user at one address."""

    tries: int
    minutes: int
    per_address: bool


# Never by address alone: a whole station shares one.
LIMITS = (Limit(5, 5, per_address=True), Limit(10, 15, per_address=False))


class Locked(DomainError):
    """Too many failed tries; says how long to wait."""

    code = "locked"
    status = 429

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            ngettext(
                "Too many tries. Try again in %(n)s minute, or ask your site supervisor",
                "Too many tries. Try again in %(n)s minutes, or ask your site supervisor",
                minutes,
            )
            % {"n": minutes},
            field="username",
        )


def login_key(identity: str) -> str:
    """Return the name tries are counted under: the login's own, or what was typed."""
    user = find_user(identity)
    return (user.username if user else identity.upper())[:60]


def _one_at_a_time(key: str) -> None:
    """Let tries of one user queue up, so that the limit is exact under parallel guesses.

    SQLite writes one transaction at a time anyway; PostgreSQL needs the advisory lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [7321, zlib.crc32(key.encode()) - 2**31]
            )


def _minutes_left(limit: Limit, *, key: str, ip: str, now: datetime) -> int:
    since = now - timedelta(minutes=limit.minutes)
    tries = LoginAttempt.objects.filter(username=key, at__gt=since)
    if limit.per_address:
        tries = tries.filter(ip=ip)
    last_ok = tries.filter(ok=True).order_by("-pk").values_list("pk", flat=True).first()
    failed = list(
        tries.filter(ok=False, pk__gt=last_ok or 0)
        .order_by("-pk")
        .values_list("at", flat=True)[: limit.tries]
    )
    if len(failed) < limit.tries:
        return 0
    free_at = failed[-1] + timedelta(minutes=limit.minutes)
    return max(1, math.ceil((free_at - now).total_seconds() / 60))


@transaction.atomic
def reserve_try(*, identity: str, ip: str, now: datetime) -> LoginAttempt:
    """Count a try as failed before the password is looked at; `Locked` when there are too many."""
    key = login_key(identity)
    _one_at_a_time(key)
    minutes = max(_minutes_left(limit, key=key, ip=ip, now=now) for limit in LIMITS)
    if minutes:
        raise Locked(minutes)
    return LoginAttempt.objects.create(username=key, ip=ip, at=now, ok=False)


def note_success(attempt: LoginAttempt) -> None:
    """Turn the counted try into a success."""
    LoginAttempt.objects.filter(pk=attempt.pk).update(ok=True)


def check_rights(rights: Iterable[str]) -> list[str]:
    """Return the rights sorted, or refuse one that no table cell gives to integrations."""
    wanted = sorted(set(rights))
    for right in wanted:
        resource, _dot, action = right.partition(".")
        if "api" not in matrix().get(resource, {}).get(action, {}):
            raise DomainError(
                _("Integrations have no right “%(right)s”") % {"right": right},
                code="unknown_right",
                field="rights",
            )
    return wanted


@transaction.atomic
def create_token(
    *,
    name: str,
    user: User,
    rights: Iterable[str],
    sites: Iterable[Site] = (),
    expires_at: datetime | None = None,
    by: User | None = None,
    at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """Make a key; it is shown once, only its hash is kept."""
    key = f"cqa_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        name=name,
        user=user,
        digest=digest_of(key),
        rights=check_rights(rights),
        expires_at=expires_at,
    )
    token.sites.set(sites)
    audit.record("token.create", token, actor=by, at=at, fields=token.rights, seal_now=True)
    return token, key


@transaction.atomic
def revoke_token(
    token: ApiToken, *, by: User | None = None, at: datetime, reason: str = ""
) -> None:
    """Withdraw a key; it stops at its next request."""
    if token.revoked_at:
        raise DomainError(_("This key was already withdrawn"), code="revoked")
    token.revoked_at = at
    token.save(update_fields=["revoked_at", "updated_at"])
    audit.record("token.revoke", token, actor=by, at=at, reason=reason, seal_now=True)
