"""Words of parcels: scan codes, reasons, states, conditions (parcels.md §4).

The one door to all words of this app; those of one area live in a module of their own.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shipments.acceptance_enums import (
    OPEN_AND_LOOK,
    SOUND,
    Appearance,
    DangerKind,
    DangerStepKind,
    Fact,
    GoodsCategory,
    GoodsKind,
    IdentityKind,
    InstrumentKind,
    Mark,
    PaymentState,
    PaymentTry,
    Told,
    WaybillKind,
    Zone,
)
from shipments.delivery_enums import (
    AskedBy,
    CheckPhase,
    CodKind,
    ContactPurpose,
    ContactResult,
    ContactWay,
    NextStep,
    ReturnKind,
    SlotResult,
    ViolationSource,
)
from shipments.exception_enums import (
    Blame,
    BlameStatus,
    ExceptionKind,
    ExceptionStatus,
    Plan,
    Severity,
    WatchKind,
)
from shipments.exchange_enums import (
    DeliveryState,
    NumberRule,
    WebhookEvent,
    WebhookStatus,
)


class Code(TextChoices):
    """What a scan says happened."""

    ORD = "ORD", _("Order registered")
    PAS = "PAS", _("Pickup assigned")
    PFL = "PFL", _("Pickup failed")
    RNV = "RNV", _("Sender identity verified")
    INS = "INS", _("Contents inspected")
    REJ = "REJ", _("Acceptance refused")
    PUP = "PUP", _("Picked up")
    XRY = "XRY", _("Machine screening")
    ARR = "ARR", _("Arrived at site")
    SRT = "SRT", _("Sorted to lane")
    MIS = "MIS", _("Mis-sort found")
    BAG = "BAG", _("Put into bag")
    UNB = "UNB", _("Taken out of bag")
    DEP = "DEP", _("Left site")
    AST = "AST", _("Arrived at delivery station")
    OFD = "OFD", _("Out for delivery")
    CON = "CON", _("Consent recorded")
    ATT = "ATT", _("Delivery attempt failed")
    NAT = "NAT", _("Not attempted, brought back")
    RDY = "RDY", _("Placed in locker or pickup point")
    OVD = "OVD", _("Not collected by deadline")
    DLV = "DLV", _("Delivered")
    RFS = "RFS", _("Refused by recipient")
    PRT = "PRT", _("Partly delivered")
    HLD = "HLD", _("Held")
    RLS = "RLS", _("Released")
    DLY = "DLY", _("Delay declared")
    DMG = "DMG", _("Damage found")
    SRH = "SRH", _("Search begun")
    LST = "LST", _("Loss confirmed")
    FND = "FND", _("Found again")
    ADR = "ADR", _("Address problem")
    RTS = "RTS", _("Return decided")
    RTD = "RTD", _("Returned to sender")
    CNL = "CNL", _("Cancelled")
    DSP = "DSP", _("Disposed or handed to authority")
    NTF = "NTF", _("Customer told")
    DNR = "DNR", _("Recipient says not received")
    COR = "COR", _("Correction")
    VOI = "VOI", _("Declared wrong")


class State(TextChoices):
    """Where a parcel stands: exactly one."""

    NONE = "none", _("Not registered")
    ORDERED = "ordered", _("Ordered")
    PICKUP_DUE = "pickup_due", _("Waiting for pickup")
    ACCEPTED = "accepted", _("Accepted")
    AT_SITE = "at_site", _("At a hub")
    IN_TRANSIT = "in_transit", _("On the way")
    AT_STATION = "at_station", _("At the delivery station")
    OUT = "out", _("Out for delivery")
    UNDELIVERED = "undelivered", _("Attempt failed")
    AT_POINT = "at_point", _("Ready for collection")
    RETURNING = "returning", _("Returning to sender")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Returned")
    LOST = "lost", _("Lost")
    DISPOSED = "disposed", _("Disposed")
    CANCELLED = "cancelled", _("Cancelled")
    REJECTED = "rejected", _("Acceptance refused")


ENDED = frozenset(
    {
        State.DELIVERED,
        State.RETURNED,
        State.LOST,
        State.DISPOSED,
        State.CANCELLED,
        State.REJECTED,
    }
)


# Everything that has not ended, in a fixed order: an index names these values.
UNDER_WAY = tuple(state.value for state in State if state not in ENDED)


class Condition(TextChoices):
    """What is the matter with a parcel: any number at once."""

    HELD = "held", _("Held")
    DELAYED = "delayed", _("Delay declared")
    DAMAGED = "damaged", _("Damaged")
    MISSORTED = "missorted", _("Mis-sorted")
    ADDRESS_PROBLEM = "address_problem", _("Address problem")
    SEARCHING = "searching", _("Being searched")
    SECURITY_STOP = "security_stop", _("Security stop")
    CONSENT_WAITING = "consent_waiting", _("Waiting for consent")
    UNCOLLECTED = "uncollected", _("Not collected")
    RECEIPT_DISPUTED = "receipt_disputed", _("Receipt disputed")
    COD_OPEN = "cod_open", _("Cash on delivery open")


class Party(TextChoices):
    """Who answers for a reason."""

    US = "us", _("Us")
    SENDER = "sender", _("Sender")
    RECIPIENT = "recipient", _("Recipient")
    THIRD = "third", _("Third party")
    OUTSIDE = "outside", _("Outside")


class FactOutcome(TextChoices):
    """What had become of a parcel a week after its promise (D02)."""

    DONE = "done", pgettext_lazy("outcome", "Done")
    RETURNED = "returned", pgettext_lazy("outcome", "Returned")
    RECALLED = "recalled", pgettext_lazy("outcome", "Recalled")
    LOST = "lost", pgettext_lazy("outcome", "Lost")
    OPEN = "open", pgettext_lazy("outcome", "Still open")


class Source(TextChoices):
    COURIER = "courier", _("Courier phone")
    HUB = "hub", _("Hub scanner")
    OFFICE = "office", _("Office")
    IMPORT = "import", _("Import")
    API = "api", _("API")
    SYSTEM = "system", _("System")


class Audience(TextChoices):
    """Who may read an event; where none is said, its code decides."""

    INTERNAL = "internal", _("Internal")
    CUSTOMER = "customer", _("Customer")


class DeliveryWay(TextChoices):
    """`detail.way` of DLV and RDY."""

    RECIPIENT = "recipient", _("Recipient in person")
    PROXY = "proxy", _("Named proxy")
    LOCKER = "locker", _("Locker")
    STATION = "station", _("Service point")
    SAFE_PLACE = "safe_place", _("Safe place")
    COLLECTED = "collected", _("Collected by recipient")
    COUNTER = "counter", _("At the counter")


class RoundStatus(TextChoices):
    """How far a courier's day is."""

    PLANNED = "planned", _("Given out")
    ACCEPTED = "accepted", _("Accepted by the courier")
    RUNNING = "running", _("On the round")
    ENDED = "ended", _("Ended")


class Inspection(TextChoices):
    """What was found when returned goods came in."""

    GOOD = "good", _("Complete and undamaged")
    DAMAGED = "damaged", _("Damaged")
    INCOMPLETE = "incomplete", _("Incomplete")
    OTHER_GOODS = "other_goods", _("Not the goods sent")


class ConsentWay(TextChoices):
    ORDER = "order", _("Order terms")
    CALL = "call", _("Phone call")
    SMS = "sms", _("Text message")
    STANDING = "standing", _("Standing preference")
    IN_PERSON = "in_person", _("In person")


class ProofKind(TextChoices):
    SIGNATURE = "signature", _("Signature")
    PHOTO = "photo", _("Photo")
    CODE = "code", _("Pickup code")


class ItemKind(TextChoices):
    LETTER = "letter", _("Letter")
    DOCUMENT = "document", _("Documents")
    CLOTHES = "clothes", _("Clothes")
    FOOD = "food", _("Food")
    ELECTRONICS = "electronics", _("Electronics")
    HOUSEHOLD = "household", _("Household goods")
    LIQUID = "liquid", _("Liquid")
    OTHER = "other", _("Other")


class FindingKind(TextChoices):
    """What the fold and the gates noticed without refusing the scan."""

    MISSING_SCAN = "missing_scan", _("Missing scan")
    ANOMALY = "anomaly", _("Does not fit the state")
    CONFLICT = "conflict", _("Conflict with an earlier scan")
    GATE = "gate", _("Gate not passed")
    CLOCK = "clock", _("Device clock in doubt")
    AFTER_END = "after_end", _("Scan after the end")
    IMPORT = "import", _("Faulty source row")


class Decision(TextChoices):
    """What became of a finding."""

    OPEN = "", _("To decide")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Scan declared wrong")
    NOTED = "noted", _("Noted, nothing to correct")
    HEALED = "healed", _("Healed by a later scan")


SOLVED_TODAY = _("Solved today")
# Why the system closed one by itself: stored as these words, shown in the reader's language.
SETTLED_WORDS = {
    "parcel ended": _("The trip ended"),
    "picked up": _("Picked up"),
    "moved again": _("It moved again"),
    "released": _("Released"),
}


class OrderChannel(TextChoices):
    """How an order reached us."""

    PHONE = "phone", _("Phone")
    WEB = "web", _("Website")
    APP = "app", _("Mobile app")
    COUNTER = "counter", _("At the counter")
    API = "api", _("API")
    IMPORT = "import", _("Import")


class ScanResult(TextChoices):
    """The answer to one event of a batch."""

    CREATED = "created"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    UNMATCHED = "unmatched"
    REJECTED = "rejected"


class TextCode(TextChoices):
    """A text the company publishes (PUB-01, DEL-19); terms are records of their own."""

    STANDARDS = "standards", _("Service pledges")
    DELIVERY = "delivery", _("Delivery rules")
    COMPENSATION = "compensation", _("Compensation rules")
    CONTACT = "contact", _("How to reach us")
    PRIVACY = "privacy", _("Privacy statement")
