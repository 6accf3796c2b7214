"""Words of orders and acceptance: zones, special care, goods, checks, payments, dangers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    STARTED = "started", pgettext_lazy("payment", "Started")
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
