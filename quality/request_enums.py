"""Requests of persons about their own data: what they ask for, how it was answered (PIPL 44–48)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestKind(TextChoices):
    SEE = "see", pgettext_lazy("request", "See their data")
    COPY = "copy", pgettext_lazy("request", "Get a copy")
    CORRECT = "correct", pgettext_lazy("request", "Correct their data")
    DELETE = "delete", pgettext_lazy("request", "Delete their data")
    EXPLAIN = "explain", pgettext_lazy("request", "Explain how data are used")


class AnswerKind(TextChoices):
    DONE = "done", _("Done as asked")
    PARTLY = "partly", _("Done in part, with the reason")
    REFUSED = "refused", _("Refused, with the reason")
    NOTHING = "nothing", _("No data of this person are kept")
    UNKNOWN = "unknown", _("Identity could not be established")
