"""Words of parcels: scan codes, reasons, states, conditions (parcels.md §4)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shipments.acceptance_enums import (
    OPEN_AND_LOOK as OPEN_AND_LOOK,
)
from shipments.acceptance_enums import (
    SOUND as SOUND,
)

# One door for all words of parcels.
from shipments.acceptance_enums import (
    Appearance as Appearance,
)
from shipments.acceptance_enums import (
    DangerKind as DangerKind,
)
from shipments.acceptance_enums import (
    DangerStepKind as DangerStepKind,
)
from shipments.acceptance_enums import (
    Fact as Fact,
)
from shipments.acceptance_enums import (
    GoodsCategory as GoodsCategory,
)
from shipments.acceptance_enums import (
    GoodsKind as GoodsKind,
)
from shipments.acceptance_enums import (
    IdentityKind as IdentityKind,
)
from shipments.acceptance_enums import (
    InstrumentKind as InstrumentKind,
)
from shipments.acceptance_enums import (
    Mark as Mark,
)
from shipments.acceptance_enums import (
    PaymentState as PaymentState,
)
from shipments.acceptance_enums import (
    PaymentTry as PaymentTry,
)
from shipments.acceptance_enums import (
    Told as Told,
)
from shipments.acceptance_enums import (
    WaybillKind as WaybillKind,
)
from shipments.acceptance_enums import (
    Zone as Zone,
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


class CheckPhase(TextChoices):
    """When a list of things to look at is asked."""

    BEFORE = "before", _("Before the round")
    AFTER = "after", _("After the round")
    DOOR = "door", _("Conduct at the door")


class ContactWay(TextChoices):
    CALL = "call", _("Phone call")
    SMS = "sms", _("Text message")
    IN_PERSON = "in_person", _("In person")


class ContactPurpose(TextChoices):
    """What a call or message was about."""

    AGREE = "agree", _("Agree time and place")
    LATE = "late", _("Say that we will be late")
    ADDRESS = "address", _("Clear up the address")
    CONSENT = "consent", _("Ask for consent")
    RETRY = "retry", _("After a failed attempt")
    OTHER = "other", _("Something else")


class ContactResult(TextChoices):
    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy or switched off")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    SENT = "sent", _("Sent, no reply yet")


class AskedBy(TextChoices):
    """Who wanted a time, a return, a change."""

    RECIPIENT = "recipient", _("Recipient")
    SENDER = "sender", _("Sender")
    US = "us", _("Us")


class SlotResult(TextChoices):
    """A booked slot against the arrival."""

    PENDING = "pending", _("Not yet due")
    KEPT = "kept", _("Kept")
    EARLY = "early", _("Too early")
    LATE = "late", _("Too late")
    MISSED = "missed", _("Missed")


class NextStep(TextChoices):
    """What happens after a failed attempt."""

    RETRY = "retry", _("Try again")
    COUNTER = "counter", _("Keep at the station for collection")
    PLACE = "place", _("Place with consent")
    ADDRESS = "address", _("Clear up the address")
    RETURN = "return", _("Return to the sender")


class CodKind(TextChoices):
    """A line of the cash-on-delivery ledger."""

    COLLECTED = "collected", _("Money taken")
    REFUSED = "refused", _("Payment refused")
    REVERSED = "reversed", _("Reversed")


class ReturnKind(TextChoices):
    RETURN = "return", _("Return")
    EXCHANGE = "exchange", _("Exchange")
    RECALL = "recall", _("Recall by the sender")


class ViolationSource(TextChoices):
    """Where a violation came to light."""

    COMPLAINT = "complaint", _("Complaint")
    INSPECTION = "inspection", _("Inspection on site")
    SCANS = "scans", _("The scans themselves")
    OTHER = "other", _("Something else")


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


class ExceptionKind(TextChoices):
    """Codes of the classes that the system itself opens; their names and limits are data."""

    LOST = "lost", _("Lost?")
    DAMAGED = "damaged", _("Damaged")
    SHORT = "short", _("Contents missing")
    DELAYED = "delayed", _("Late")
    ADDRESS = "address", _("Address problem")
    ATTEMPT = "attempt", _("Attempt failed")
    MISSED = "missed", _("Missed on the round")
    REFUSED = "refused", _("Refused")
    UNPAID = "unpaid", _("Payment refused at the door")
    DISPUTE = "dispute", _("Dispute at the door")
    MISSORT = "missort", _("Mis-sorted")
    DUPLICATE = "duplicate", _("Delivered twice")
    DISPUTED = "disputed", _("Receipt disputed")
    REALNAME = "realname", _("Real name or contents")
    SECURITY = "security", _("Security stop")
    UNCOLLECTED = "uncollected", _("Not collected")
    ANNOUNCED = "announced", _("Announced, never scanned")
    STUCK = "stuck", _("No movement")
    AT_RISK = "at_risk", _("Predicted late")
    MISDELIVERED = "misdelivered", _("Delivered to the wrong person")
    DANGER = "dangerous", _("Dangerous goods")


class ExceptionStatus(TextChoices):
    NEW = "new", _("New")
    LOCATING = "locating", _("Being handled")
    TOLD = "told", _("Customer told")
    SOLVED = "solved", _("Solved")


SOLVED_TODAY = _("Solved today")
# Why the system closed one by itself: stored as these words, shown in the reader's language.
SETTLED_WORDS = {
    "parcel ended": _("The trip ended"),
    "picked up": _("Picked up"),
    "moved again": _("It moved again"),
    "released": _("Released"),
}


class Severity(TextChoices):
    """How grave a class of exceptions is; the grave ones stand first and need every step."""

    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class Plan(TextChoices):
    """What will be done about an exception (seed 004 §4.3.3)."""

    RESEND = "resend", _("Send again")
    RETURN = "return", _("Return to sender")
    REDELIVER = "redeliver", _("Deliver again")
    SEARCH = "search", _("Search")
    COMPENSATE = "compensate", _("Compensate")
    NEW_ADDRESS = "new_address", _("New address")
    WAIT = "wait", _("Wait for the customer")
    DISPOSE = "dispose", _("Dispose or hand to authority")
    OTHER = "other", _("Other")


class Blame(TextChoices):
    """Who answers for an exception."""

    SITE = "site", _("A site")
    PERSON = "person", _("A person")
    OUTSIDE = "outside", _("Outside the company")


class BlameStatus(TextChoices):
    DECIDED = "decided", _("Responsibility decided")
    APPEALED = "appealed", _("Appealed against")
    UPHELD = "upheld", _("Upheld after appeal")
    LIFTED = "lifted", _("Lifted after appeal")


class WatchKind(TextChoices):
    """What the watch says about a parcel before anything has gone wrong."""

    RISK = "risk", _("Predicted late")
    BEHIND = "behind", _("Behind plan")


class OrderChannel(TextChoices):
    """How an order reached us."""

    PHONE = "phone", _("Phone")
    WEB = "web", _("Website")
    APP = "app", _("Mobile app")
    COUNTER = "counter", _("At the counter")
    API = "api", _("API")
    IMPORT = "import", _("Import")


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


class ScanResult(TextChoices):
    """The answer to one event of a batch."""

    CREATED = "created"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    UNMATCHED = "unmatched"
    REJECTED = "rejected"


class TextCode(TextChoices):
    """A text the company publishes (PUB-01, ACC-10, DEL-19)."""

    STANDARDS = "standards", _("Service pledges")
    TERMS = "terms", _("Terms of service")
    DELIVERY = "delivery", _("Delivery rules")
    COMPENSATION = "compensation", _("Compensation rules")
    CONTACT = "contact", _("How to reach us")
    PRIVACY = "privacy", _("Privacy statement")
