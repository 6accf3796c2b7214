"""Words of parcels: scan codes, reasons, states, conditions (parcels.md §4)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class ExceptionKind(TextChoices):
    """What went wrong with a parcel (seed 004 §4.3.1, and what the watch finds)."""

    LOST = "lost", _("Lost?")
    DAMAGED = "damaged", _("Damaged")
    DELAYED = "delayed", _("Late")
    ADDRESS = "address", _("Address problem")
    ATTEMPT = "attempt", _("Attempt failed")
    REFUSED = "refused", _("Refused")
    STUCK = "stuck", _("No movement")
    DANGER = "danger", _("Dangerous goods")
    MISDELIVERED = "misdelivered", _("Delivered to the wrong person")
    MISSED = "missed", _("Missed on the round")
    DUPLICATE = "duplicate", _("Delivered twice")
    UNPAID = "unpaid", _("Payment refused at the door")
    DISPUTE = "dispute", _("Dispute at the door")


class ExceptionStatus(TextChoices):
    NEW = "new", _("New")
    LOCATING = "locating", _("Being handled")
    TOLD = "told", _("Customer told")
    SOLVED = "solved", _("Solved")


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


class Zone(TextChoices):
    """How far a parcel goes, as the tariff sees it."""

    SAME_CITY = "same_city", _("Within one city")
    SAME_REGION = "same_region", _("Within one province")
    OTHER = "other", _("To another province")


class Mark(TextChoices):
    """Special care: shown on every list, printed on the label (LIF-22, ACC-16)."""

    FRAGILE = "fragile", _("Fragile")
    UP = "up", _("This side up")
    LIQUID = "liquid", _("Liquid")
    CHEMICAL = "chemical", _("Chemical")
    VALUABLE = "valuable", _("Valuable")
    DRY = "dry", _("Keep dry")


# These are opened at acceptance, and a photo shows that the contents are whole (ACC-06).
OPEN_AND_LOOK = frozenset({Mark.FRAGILE, Mark.VALUABLE})


class GoodsKind(TextChoices):
    PROHIBITED = "prohibited", _("Prohibited")
    RESTRICTED = "restricted", _("Restricted")


class GoodsCategory(TextChoices):
    """The groups of the guiding list of goods that may not be sent."""

    WEAPON = "weapon", _("Guns and ammunition")
    KNIFE = "knife", _("Controlled tools")
    EXPLOSIVE = "explosive", _("Explosives")
    GAS = "gas", _("Compressed gases")
    FLAMMABLE = "flammable", _("Flammable goods")
    OXIDISER = "oxidiser", _("Oxidising goods")
    POISON = "poison", _("Poisons and infectious goods")
    RADIOACTIVE = "radioactive", _("Radioactive goods")
    CORROSIVE = "corrosive", _("Corrosive goods")
    DRUG = "drug", _("Narcotics")
    PRINT = "print", _("Illegal publications")
    MONEY = "money", _("Money and papers of value")
    LIVING = "living", _("Animals, plants and their products")
    BATTERY = "battery", _("Batteries and magnets")
    PERISHABLE = "perishable", _("Perishable and liquid goods")
    OTHER = "other", _("Other goods")


class InstrumentKind(TextChoices):
    SCALE = "scale", _("Scale")
    TAPE = "tape", _("Tape measure")
    VOLUME = "volume", _("Volume scanner")


class IdentityKind(TextChoices):
    """How the sender proved who they are; values of `detail.method` of RNV."""

    ID_CARD = "id_card", _("Identity card")
    PASSPORT = "passport", _("Passport or permit")
    BUSINESS = "business", _("Organisation, credit code")
    KNOWN = "known", _("Registered before")
    AGREEMENT = "agreement", _("Safety agreement")


class Appearance(TextChoices):
    """What the outside looks like; `detail.appearance` of INS and PUP (ACC-07)."""

    GOOD = "good", _("No breakage, deformation or leak")
    WORN = "worn", _("Worn but sound")
    DENTED = "dented", _("Deformed")
    TORN = "torn", _("Torn or broken")
    LEAKING = "leaking", _("Leaking")


SOUND = frozenset({Appearance.GOOD, Appearance.WORN})


class WaybillKind(TextChoices):
    ELECTRONIC = "electronic", _("Electronic waybill")
    PAPER = "paper", _("Paper waybill")


class PaymentState(TextChoices):
    DUE = "due", _("Not paid yet")
    PAID = "paid", _("Paid")
    REFUNDED = "refunded", _("Refunded")


class PaymentTry(TextChoices):
    STARTED = "started", _("Started")
    PAID = "paid", _("Paid")
    DECLINED = "declined", _("Declined")


class Told(TextChoices):
    """Who was told about another pickup time."""

    SENDER = "sender", _("Sender")
    FAMILY = "family", _("Family or colleague of the sender")
    NOBODY = "nobody", _("Nobody could be reached")


class DangerKind(TextChoices):
    """What kind of danger was found (ACC-08)."""

    FLAMMABLE = "flammable", _("Flammable")
    EXPLOSIVE = "explosive", _("Explosive")
    POISON = "poison", _("Poisonous or infectious")
    CORROSIVE = "corrosive", _("Corrosive")
    RADIOACTIVE = "radioactive", _("Radioactive")
    OTHER = "other", _("Other danger")


class DangerStepKind(TextChoices):
    """What is done about it, in the order it is usually done."""

    FOUND = "found", _("Found and reported")
    ISOLATED = "isolated", _("Set apart, people moved away")
    POLICE = "police", _("Police told")
    BUREAU = "bureau", _("Postal bureau told")
    SENDER = "sender", _("Sender questioned")
    HANDED = "handed", _("Handed to the authority")
    OUTCOME = "outcome", _("Outcome")


class Fact(TextChoices):
    """The eight facts of an acceptance (LIF-05)."""

    ITEM = "item", _("Name of the goods")
    PIECES = "pieces", _("Number of items")
    WEIGHT = "weight", _("Weight")
    VOLUME = "volume", _("Volume of the parcel")
    DESTINATION = "destination", _("Destination")
    RECIPIENT = "recipient", _("Recipient")
    TIME = "time", _("Acceptance time")
    SENDER = "sender", _("Sender")


class TextCode(TextChoices):
    """A text the company publishes (PUB-01, ACC-10, DEL-19)."""

    STANDARDS = "standards", _("Service pledges")
    TERMS = "terms", _("Terms of service")
    DELIVERY = "delivery", _("Delivery rules")
    COMPENSATION = "compensation", _("Compensation rules")
    CONTACT = "contact", _("How to reach us")
    PRIVACY = "privacy", _("Privacy statement")
