"""Sign-in by staff number or phone, and API tokens."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.backends import BaseBackend
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import (
    BaseAuthentication,
    SessionAuthentication,
    get_authorization_header,
)
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from courierqa.core.calendars import day_start
from courierqa.core.privacy import phone_index
from staff.models import ApiToken, Employee, User

MAX_PASSWORD_BYTES = 1024
# Last use is written at most this often: a busy scanner must not write a row per request.
USE_NOTED_EVERY = 300
# So long after the last day a leaver's phone may hand in what it holds.
HAND_IN = timedelta(days=8)


def find_user(identity: str) -> User | None:
    """Return the login of a staff number, or of a phone number that belongs to one person."""
    user = User.objects.filter(username=identity.upper()).first()
    if user is None:
        user = User.objects.filter(username=identity).first()
    if user is not None or not (index := phone_index(identity)):
        return user
    people = list(Employee.objects.filter(phone_index=index).select_related("user")[:2])
    return people[0].user if len(people) == 1 else None


class StaffBackend(BaseBackend):
    """Checks a staff number and password; takes the same time for a number that does not exist."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_kwargs: Any,
    ) -> User | None:
        if not username or not password or len(password.encode()) > MAX_PASSWORD_BYTES:
            return None
        user = find_user(username)
        if user is None:
            # Hash once anyway, so that the time does not tell which numbers exist.
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).select_related("employee").first()


def digest_of(key: str) -> str:
    """Return what is stored of an API key."""
    return hashlib.sha256(key.encode()).hexdigest()


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`; only the key's hash is stored.

    `request.auth.rights` names what the key may do; its sites narrow where.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("Send one key: Authorization: Bearer <key>."))
        token = self._token(words[1])
        token.user.token = token
        self._note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'

    def _token(self, key: bytes) -> ApiToken:
        digest = hashlib.sha256(key).hexdigest()
        token = ApiToken.objects.filter(digest=digest).select_related("user").first()
        if token is None or token.revoked_at or not token.user.is_active:
            raise AuthenticationFailed(_("This key is not known or was withdrawn."))
        if token.expires_at and token.expires_at <= timezone.now():
            raise AuthenticationFailed(_("This key has expired."))
        return token

    def _note_use(self, token: ApiToken) -> None:
        now = timezone.now()
        if token.last_used_at and (now - token.last_used_at).total_seconds() < USE_NOTED_EVERY:
            return
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


class LeaverSession(SessionAuthentication):
    """Lets the phone of somebody dismissed hand in what it still holds, and nothing else.

    The session they had when they left stays good for their own queue for a few days; every scan
    is marked and waits for a supervisor. Only a view that asks for it uses this.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        session = request._request.session
        user = User.objects.filter(pk=_session_user(session), is_active=False).first()
        person = getattr(user, "employee", None)
        if user is None or person is None or person.left_on is None:
            return None
        is_same = constant_time_compare(
            session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
        )
        if not is_same or timezone.now() > day_start(person.left_on) + HAND_IN:
            return None
        self.enforce_csrf(request)
        user.is_leaver = True
        return user, None


def left_at(user: User) -> datetime:
    """Return when somebody who has left lost their last role; else the end of their last day."""
    ended: datetime | None = user.grants.aggregate(last=Max("valid_to"))["last"]
    left_on = user.employee.left_on
    assert left_on is not None, "only somebody who has left is asked"
    return ended or day_start(left_on + timedelta(days=1))


def _session_user(session: Any) -> int | None:
    held = session.get(SESSION_KEY)
    return int(held) if str(held or "").isdecimal() else None
