"""Logins, what they may do, and the keys of integrations."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.management.base import CommandError
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.enums import Role
from courierqa.core.models import TimestampedModel
from staff.enums import Theme
from staff.models.places import Site


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, **_fields: object) -> User:
        """Refuse: nobody stands above the access matrix; administrators have a role, too."""
        raise CommandError(_("Use manage.py first_login: it makes the first administrator"))


class User(AbstractBaseUser):
    """A login. What it may do comes from its grants alone."""

    username = models.CharField(max_length=30, unique=True)
    display_name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    single_keys = models.BooleanField(default=True)
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(default=True)
    # Somebody else set it and may know it: nothing is open until it was changed.
    must_change_password = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]
    objects = UserManager()

    # The API token this request came with; it narrows the grants below.
    token: ApiToken | None = None
    # Somebody dismissed, handing in the scans their phone still holds.
    is_leaver = False

    def __str__(self) -> str:
        return self.display_name

    def grants_at(self, at: datetime) -> list[tuple[str, int | None]]:
        """Return (role, site id or None for every site) valid at `at`; read at every request.

        A request that came with a token acts as an integration only, at the token's sites:
        the other roles of the person behind the token do not travel with it.
        """
        rows = self.grants.filter(valid_from__lte=at).filter(Q(valid_to=None) | Q(valid_to__gt=at))
        if self.token is not None:
            rows = rows.filter(role=Role.API)
            sites = list(self.token.sites.values_list("pk", flat=True))
            if sites:
                rows = rows.filter(Q(site__in=sites) | Q(site=None))
                return sorted(
                    {
                        (Role.API.value, pk)
                        for _r, s in rows.values_list("role", "site_id")
                        for pk in ([s] if s else sites)
                    }
                )
        return list(rows.values_list("role", "site_id"))


class Grant(TimestampedModel):
    """A role for a person at a site (or everywhere), from and to; acts at the next request."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=12, choices=Role)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoke_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["role", "site__code", "pk"]
        constraints = [
            CheckConstraint(
                name="staff_grant_not_to_self",
                condition=Q(granted_by=None) | ~Q(granted_by=F("user")),
            ),
            CheckConstraint(
                name="staff_grant_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]


class ApiToken(TimestampedModel):
    """A key of an integration, stored as a hash, limited to sites and rights.

    Without sites of its own it reaches the sites its user was granted as an integration.
    """

    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    rights = models.JSONField(default=list)
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class LoginAttempt(models.Model):
    """A try to sign in, counted per user and per (user, address), never per address alone."""

    username = models.CharField(max_length=60)
    ip = models.CharField(max_length=45)
    at = models.DateTimeField()
    ok = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["username", "at"])]
