"""Forms of sign-in, account and rights."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from courierqa.core.enums import Role
from staff.auth import MAX_PASSWORD_BYTES
from staff.enums import Theme
from staff.forms.style import StyledForm, choose, text_field
from staff.models import Employee, Site, User

# Everybody finds their own language by its own name.
OWN_NAMES = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


def password_field(label: Any, missing: Any, *, autocomplete: str) -> forms.CharField:
    """Return a password field; managers and pasting are welcome."""
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": missing},
    )


class LoginForm(StyledForm):
    """Identity, secret, and whether this device stays signed in."""

    username = text_field(
        _("Staff number or phone"),
        _("Enter your staff number or phone"),
        max_length=60,
    )
    password = password_field(
        _("Password"), _("Enter your password"), autocomplete="current-password"
    )
    keep = forms.BooleanField(label=_("Keep me signed in on this device"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(
            autocomplete="username", autocapitalize="characters", spellcheck="false", autofocus=True
        )

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if len(password.encode()) > MAX_PASSWORD_BYTES:
            raise forms.ValidationError(
                _("A password has at most 1024 bytes"), code="password_too_long"
            )
        return password


class AccountForm(StyledForm):
    """How the product looks and listens for one person."""

    language = forms.ChoiceField(label=_("Language"), choices=OWN_NAMES)
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices)
    single_keys = forms.BooleanField(label=_("Use single-letter keys"), required=False)


class PasswordForm(StyledForm):
    """A new password, proved by the old one."""

    old = password_field(
        _("Present password"), _("Enter your present password"), autocomplete="current-password"
    )
    new = password_field(_("New password"), _("Enter a new password"), autocomplete="new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        old = self.cleaned_data["old"]
        if len(old.encode()) > MAX_PASSWORD_BYTES or not self.user.check_password(old):
            raise forms.ValidationError(_("This is not your present password"))
        return old

    def clean_new(self) -> str:
        new = self.cleaned_data["new"]
        if len(new.encode()) > MAX_PASSWORD_BYTES:
            raise forms.ValidationError(_("A password has at most 1024 bytes"))
        validate_password(new, self.user)
        if self.user.must_change_password and self.user.check_password(new):
            raise forms.ValidationError(_("Choose another password than the one you were given"))
        return new


class GrantForm(StyledForm):
    """A role at a site, and why."""

    role = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose a role")})
    site = forms.ModelChoiceField(
        label=_("Site"),
        queryset=Site.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Every site"),
        error_messages={"invalid_choice": _("Choose a site of the list")},
    )
    reason = text_field(_("Reason"), _("Write why"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [choice for choice in Role.choices if choice[0] != Role.PUBLIC]
        self.fields["role"].choices = choose(roles)
        self.fields["site"].queryset = Site.objects.filter(closed_on=None)


class ReasonForm(StyledForm):
    """Why something is withdrawn."""

    reason = text_field(_("Reason"), _("Write why"), max_length=200)


class NewUserForm(StyledForm):
    """A login for a person who works here."""

    number = text_field(_("Staff number"), _("Enter the staff number"), max_length=20)

    def clean_number(self) -> Employee:
        number = self.cleaned_data["number"].strip().upper()
        person = Employee.objects.filter(number=number).select_related("post", "site").first()
        if person is None:
            raise forms.ValidationError(
                gettext("Nobody has the number %(number)s. Check it on the staff page")
                % {"number": number}
            )
        if person.user_id:
            raise forms.ValidationError(_("This person has a login already"))
        return person
