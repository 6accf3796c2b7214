"""A parcel's way in the customer's words. A code without words here is an inner matter."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shipments import enums
from shipments.fold import Event

_WORDS = {
    "ORD": gettext_lazy("Order registered"),
    "PAS": gettext_lazy("A courier will pick it up"),
    "PFL": gettext_lazy("Pickup was not possible"),
    "REJ": gettext_lazy("Not accepted for transport"),
    "PUP": gettext_lazy("Picked up"),
    "ARR": gettext_lazy("Arrived at"),
    "DEP": gettext_lazy("Departed from"),
    "AST": gettext_lazy("Arrived at the delivery station"),
    "OFD": gettext_lazy("Out for delivery"),
    "ATT": gettext_lazy("We could not deliver it"),
    "NAT": gettext_lazy("Not brought today; it comes again"),
    "RDY": gettext_lazy("Ready for collection"),
    "OVD": gettext_lazy("Not collected in time"),
    "DLV": gettext_lazy("Delivered"),
    "RFS": gettext_lazy("Not taken by the recipient"),
    "PRT": gettext_lazy("Part of it delivered"),
    "HLD": gettext_lazy("Held for a check"),
    "RLS": gettext_lazy("Goes on"),
    "DLY": gettext_lazy("Delayed"),
    "DMG": gettext_lazy("Damage found; we will contact you"),
    "SRH": gettext_lazy("We are looking for it"),
    "LST": gettext_lazy("Could not be found"),
    "FND": gettext_lazy("Found again"),
    "ADR": gettext_lazy("The address needs checking"),
    "RTS": gettext_lazy("Goes back to the sender"),
    "RTD": gettext_lazy("Back with the sender"),
    "CNL": gettext_lazy("Order cancelled"),
    "DSP": gettext_lazy("Handed to the authority or disposed of"),
    "DNR": gettext_lazy("Reported as not received; we are examining it"),
}
SHOWN = frozenset(_WORDS)


def line_words(event: Event) -> str:
    """Return one scan in the customer's words."""
    return str(_WORDS[event.code])


def status_words(state: str, *, place: str) -> str:
    """Return the one sentence a customer looks for: where the parcel is now."""
    return (_SENTENCES[enums.State(state)] % {"place": place or _("a site of ours")}).strip()


_SENTENCES = {
    enums.State.NONE: gettext_lazy("Not registered"),
    enums.State.ORDERED: gettext_lazy("Ordered, not picked up yet"),
    enums.State.PICKUP_DUE: gettext_lazy("A courier is coming to pick it up"),
    enums.State.ACCEPTED: gettext_lazy("Picked up, on its way to the hub"),
    enums.State.AT_SITE: gettext_lazy("On the way, now at %(place)s"),
    enums.State.IN_TRANSIT: gettext_lazy("On the way, last seen at %(place)s"),
    enums.State.AT_STATION: gettext_lazy("At %(place)s, delivery comes next"),
    enums.State.OUT: gettext_lazy("Out for delivery"),
    enums.State.UNDELIVERED: gettext_lazy("Could not be delivered, we will try again"),
    enums.State.AT_POINT: gettext_lazy("Ready for collection at %(place)s"),
    enums.State.RETURNING: gettext_lazy("On its way back to the sender"),
    enums.State.DELIVERED: gettext_lazy("Delivered"),
    enums.State.RETURNED: gettext_lazy("Back with the sender"),
    enums.State.LOST: gettext_lazy("Could not be found"),
    enums.State.DISPOSED: gettext_lazy("Handed to the authority or disposed of"),
    enums.State.CANCELLED: gettext_lazy("The order was cancelled"),
    enums.State.REJECTED: gettext_lazy("Not accepted for transport"),
}
