"""Forms of requests of persons about their own data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quality.forms.raising import line, words
from quality.forms.things.fields import MomentField, choice
from quality.request_enums import AnswerKind, RequestKind
from staff.forms.style import StyledForm


class RequestForm(StyledForm):
    """What a person asks for (X04)."""

    kind = choice(pgettext_lazy("request", "What is asked for"), RequestKind.choices)
    name = line(pgettext_lazy("person", "Name"), most=60)
    phone = line(_("Phone"), most=30)
    words = words(pgettext_lazy("request", "In their words"), most=1000)
    received_at = MomentField(label=pgettext_lazy("request", "Received at"))


class AnswerForm(StyledForm):
    """How a request was answered."""

    answer_kind = choice(_("Answer"), AnswerKind.choices)
    answer = words(_("What the person was told"), most=1000)


class WhyForm(StyledForm):
    """Why the contact has to be seen."""

    reason = line(_("Why do you need the number?"), most=200)


class NoFieldsForm(StyledForm):
    """A deed that needs nothing more than its button."""
