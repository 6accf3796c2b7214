"""Forms of the claims list, its settings, and the booking of costs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.forms.fields import YuanField
from complaints.models import RootCause
from complaints.work_enums import Bearer
from courierqa.core.enums import Role
from courierqa.core.forms import CleanCharField
from staff.models import Employee, Site

BANDS = 5
PARTS = 3
_ROLES = [
    ("", _("the agent's own authority")),
    (Role.LEAD.value, Role.LEAD.label),
    (Role.MANAGER.value, Role.MANAGER.label),
]


class RuleForm(forms.Form):
    """A new version of the arithmetic for one kind."""

    fee_percent = forms.IntegerField(
        label=_("Fee waived (%)"), min_value=0, max_value=100, initial=100
    )
    fee_only_whole = forms.BooleanField(
        label=_("Waive the fee only when everything is lost"), required=False
    )
    value_percent = forms.IntegerField(
        label=_("Value paid (%)"), min_value=0, max_value=100, initial=100
    )
    note = CleanCharField(
        label=_("Why it changes"), max_length=300, error_messages={"required": _("Say why")}
    )


class BandsForm(forms.Form):
    """The bands of authority, from the smallest amount up; the last has no limit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, BANDS + 1):
            self.fields[f"limit{n}"] = YuanField(
                label=_("Up to (¥) %(n)d") % {"n": n}, required=False
            )
            self.fields[f"role{n}"] = forms.ChoiceField(
                label=_("Needs %(n)d") % {"n": n}, choices=_ROLES, required=False
            )
        self.fields["last"] = forms.ChoiceField(
            label=_("Above needs"), choices=_ROLES[1:], initial=Role.MANAGER.value
        )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The limit and the role of each band, for the page."""
        return [(self[f"limit{n}"], self[f"role{n}"]) for n in range(1, BANDS + 1)]

    @property
    def bands(self) -> list[tuple[int | None, str]]:
        """The bands that were filled in, and the one above them."""
        said = self.cleaned_data
        named = [(said[f"limit{n}"], said[f"role{n}"]) for n in range(1, BANDS + 1)]
        return [band for band in named if band[0] is not None] + [(None, said["last"])]


class CauseEditForm(forms.Form):
    """A cause of the tree, or an area."""

    code = forms.SlugField(label=_("Short code"), max_length=30)
    parent = forms.ModelChoiceField(
        label=_("Area"), queryset=RootCause.objects.filter(parent=None), required=False,
        to_field_name="code", empty_label=_("it is an area itself"),
    )  # fmt: skip
    name = CleanCharField(label=_("Chinese name"), max_length=60)
    name_en = CleanCharField(label=_("English name"), max_length=60)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]


class CostForm(forms.Form):
    """Who bears the cost, in up to three parts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Employee.objects.all()
        for n in range(1, PARTS + 1):
            self.fields[f"amount{n}"] = YuanField(label=_("Amount (¥)"), required=n == 1)
            self.fields[f"bearer{n}"] = forms.ChoiceField(
                label=pgettext_lazy("cost", "Borne by"), choices=Bearer.choices, required=n == 1
            )
            self.fields[f"site{n}"] = forms.ModelChoiceField(
                label=_("Site"), queryset=Site.objects.all(), required=False
            )
            self.fields[f"person{n}"] = forms.ModelChoiceField(
                label=_("Staff number"), queryset=people, to_field_name="number", required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "E1024"}),
                error_messages={"invalid_choice": _("No colleague has this number")},
            )  # fmt: skip
            self.fields[f"outside{n}"] = CleanCharField(
                label=_("Outside party"), max_length=80, required=False
            )

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of each part, for the page."""
        names = ("amount", "bearer", "site", "person", "outside")
        return [[self[f"{name}{n}"] for name in names] for n in range(1, PARTS + 1)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for n in range(1, PARTS + 1):
            needed = said.get(f"bearer{n}", "")
            named = said.get(f"{needed}{n}") if needed != Bearer.COMPANY else True
            if said.get(f"amount{n}") and not named:
                self.add_error(f"{needed or 'bearer'}{n}", _("Say who bears this part"))
        return said

    def parts(self) -> list[dict[str, Any]]:
        """The parts that have an amount; only the party the choice names is kept."""
        said, found = self.cleaned_data, []
        for n in range(1, PARTS + 1):
            if not said.get(f"amount{n}"):
                continue
            bearer = said[f"bearer{n}"] or Bearer.COMPANY
            found.append({
                "bearer": Bearer(bearer), "amount_fen": said[f"amount{n}"],
                "site": said[f"site{n}"] if bearer == Bearer.SITE else None,
                "person": said[f"person{n}"] if bearer == Bearer.PERSON else None,
                "outside": said[f"outside{n}"] if bearer == Bearer.OUTSIDE else "",
            })  # fmt: skip
        return found


class SettleForm(forms.Form):
    """The proof that a part was borne."""

    settle_ref = CleanCharField(
        label=_("Booking reference"),
        max_length=60,
        error_messages={"required": _("Enter the booking reference")},
    )


class CampaignForm(forms.Form):
    """A campaign against a problem that surged."""

    title = CleanCharField(
        label=_("Title"), max_length=80, error_messages={"required": _("Enter the title")}
    )
    goal = CleanCharField(
        label=_("What should be reached?"),
        max_length=300,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        error_messages={"required": _("Enter the goal")},
    )
    ends_on = forms.DateField(
        label=_("Ends on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Choose a day")},
    )
