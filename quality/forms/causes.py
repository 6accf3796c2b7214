"""Forms of the cause tree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality import selectors
from quality.forms.raising import line
from quality.models import Cause
from staff.forms.style import StyledForm


class CauseEditForm(StyledForm):
    """A cause of the tree in both languages; its code stays for ever."""

    parent = forms.ModelChoiceField(
        Cause.objects.filter(parent=None), label=_("Area"), to_field_name="code",
        empty_label=_("Choose"), error_messages={"required": _("Choose an area")},
    )  # fmt: skip
    code = line(_("Code"), most=40, help_text=_("Letters, digits and hyphens; it stays for ever"))
    name = line(_("Name"), most=60)
    name_en = line(_("Name in English"), most=80)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, cause: Cause | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cause is not None:
            self.fields["code"].disabled = True
            self.fields["code"].initial = cause.code


class MergeForm(StyledForm):
    """Which cause says the same."""

    into = forms.ModelChoiceField(
        Cause.objects.none(), label=_("Same as"), to_field_name="code", empty_label=_("Choose"),
        error_messages={"required": _("Choose a cause")},
    )  # fmt: skip

    def __init__(self, *args: Any, cause: Cause, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["into"].queryset = selectors.usable_causes().exclude(pk=cause.pk)
