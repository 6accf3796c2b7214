"""Words of investigation, liability, remedies and settlement."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FileKind(TextChoices):
    IMAGE = "image", _("Picture")
    PDF = "pdf", _("PDF document")


class RulingStatus(TextChoices):
    """How far a decision on liability has come; all but the `GONE` ones stand."""

    DECIDED = "decided", _("Open to appeal")
    APPEALED = "appealed", _("Appealed")
    FINAL = "final", pgettext_lazy("liability", "Final")
    UPHELD = "upheld", _("Upheld, final")
    LIFTED = "lifted", _("Lifted")
    REPLACED = "replaced", _("Decided anew")


# A case stands on its one decision that is neither of these.
GONE = (RulingStatus.LIFTED, RulingStatus.REPLACED)
# Only these count against anybody.
FINAL = frozenset({RulingStatus.FINAL, RulingStatus.UPHELD})


class MeasureKind(TextChoices):
    TALK = "talk", _("Criticism and education")
    TRAINING = "training", _("Training")
    PENALTY = "penalty", _("Penalty proposal")


class MeasureStatus(TextChoices):
    WAITING = "waiting", _("Waiting for approval")
    ORDERED = "ordered", pgettext_lazy("measure", "Ordered")
    REFUSED = "refused", _("Not approved")
    DONE = "done", pgettext_lazy("measure", "Done")


class RemedyKind(TextChoices):
    RESEND = "resend", _("Send again")
    REDELIVER = "redeliver", _("Free redelivery")
    APOLOGY = "apology", _("Apology")
    CORRECT = "correct", _("Correct the record")
    OTHER = "other", pgettext_lazy("remedy", "Something else")


class RemedyStatus(TextChoices):
    PROMISED = "promised", _("Promised")
    DONE = "done", pgettext_lazy("remedy", "Done")
    DROPPED = "dropped", _("No longer wanted")


class Payer(TextChoices):
    """Whose money reached the customer."""

    COMPANY = "company", _("Company account")
    SITE = "site", _("Site's cash")
    INSURER = "insurer", _("Insurer")
    PARTNER = "partner", _("Partner company")


class Bearer(TextChoices):
    """Who bears the cost in the end."""

    COMPANY = "company", _("The company")
    SITE = "site", _("A site")
    PERSON = "person", _("A person")
    OUTSIDE = "outside", _("Somebody outside")


class RecoveredFrom(TextChoices):
    """Who paid back what we had paid to the customer."""

    INSURER = "insurer", _("Insurer")
    PARTNER = "partner", _("Partner company")
    OTHER = "other", _("Somebody else")


class FeeLine(TextChoices):
    """Which line of the order's fee is paid back."""

    FREIGHT = "freight", _("Freight")
    PREMIUM = "premium", _("Value insurance")
    EXTRA = "extra", _("Extra fee at pickup or delivery")


class IncidentStatus(TextChoices):
    OPEN = "open", pgettext_lazy("incident", "Open")
    CONTAINED = "contained", _("Contained")
    CLOSED = "closed", pgettext_lazy("incident", "Closed")


class CampaignStatus(TextChoices):
    RUNNING = "running", pgettext_lazy("campaign", "Running")
    CLOSED = "closed", pgettext_lazy("campaign", "Closed")
