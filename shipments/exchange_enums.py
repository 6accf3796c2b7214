"""Words of the exchange with partners: numbers, webhooks and their deliveries."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NumberRule(TextChoices):
    """What a product asks of its waybill numbers."""

    ANY = "any", _("Letters and digits")
    S10 = "s10", _("UPU S10 with check digit")


class WebhookEvent(TextChoices):
    """What other systems may be told about parcels."""

    ACCEPTED = "parcel.accepted", _("Picked up")
    OUT = "parcel.out_for_delivery", _("Out for delivery")
    ATTEMPT_FAILED = "parcel.attempt_failed", _("Attempt failed")
    READY = "parcel.ready", _("Ready for collection")
    DELIVERED = "parcel.delivered", _("Delivered")
    RETURNED = "parcel.returned", _("Returned to sender")
    TROUBLE = "parcel.trouble", _("Damaged, delayed, lost or held")
    TEST = "test", _("Test message")


class WebhookStatus(TextChoices):
    """Whether a subscription is told."""

    ACTIVE = "active", _("Switched on")
    PAUSED = "paused", _("Paused")
    DISABLED = "disabled", _("Switched off after failures")


class DeliveryState(TextChoices):
    """What became of a message to another system."""

    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("Taken")
    RETRYING = "retrying", _("Will be tried again")
    GIVEN_UP = "given_up", _("Given up")
    DROPPED = "dropped", _("Not sent")
