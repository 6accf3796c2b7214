"""Words of exemptions: what a force-majeure record covers and how far it has got (B17)."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ExemptionReach(TextChoices):
    """What an exemption covers."""

    SITES = "sites", pgettext_lazy("exemption", "Named sites")
    REGION = "region", pgettext_lazy("exemption", "A region")
    LANES = "lanes", pgettext_lazy("exemption", "Named lanes")
    NETWORK = "network", pgettext_lazy("exemption", "The whole network")


class ExemptionStatus(TextChoices):
    """Only an approved one takes parcels out of adjusted figures."""

    REQUESTED = "requested", pgettext_lazy("exemption", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("exemption", "Approved")
    REJECTED = "rejected", pgettext_lazy("exemption", "Rejected")
    REVOKED = "revoked", pgettext_lazy("exemption", "Revoked")
