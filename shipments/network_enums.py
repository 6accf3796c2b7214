"""Words of the network: modes, trips, bags, stocktakes, partners."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mode(TextChoices):
    """How a lane or a trip travels (LIF-16)."""

    ROAD = "road", _("Road")
    AIR = "air", _("Air")
    RAIL = "rail", _("Rail")


class TripStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    DEPARTED = "departed", _("On the way")
    ARRIVED = "arrived", _("Arrived")
    UNLOADED = "unloaded", _("Unloaded")
    CANCELLED = "cancelled", _("Cancelled")


class RouteChangeStatus(TextChoices):
    WAITING = "waiting", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


class BagStatus(TextChoices):
    FILLING = "filling", _("Being filled")
    SEALED = "sealed", _("Sealed")
    OPENED = "opened", _("Unpacked")


class StocktakeStatus(TextChoices):
    COUNTING = "counting", _("Being counted")
    CLOSED = "closed", pgettext_lazy("stocktake", "Closed")


class StockVerdict(TextChoices):
    """What a stocktake found about one parcel; open until it closes."""

    OPEN = "open", _("Not yet seen")
    PRESENT = "present", _("Present")
    LEFT = "left", _("Left during the count")
    MISSING = "missing", _("Missing")
    UNEXPECTED = "unexpected", _("Not expected here")


class CheckResult(TextChoices):
    """The out-check before goods leave (LIF-20)."""

    GOOD = "good", _("In good order")
    REPACKED = "repacked", _("Repacked before leaving")
    HELD_BACK = "held_back", _("Not fit to leave")


class ScreenResult(TextChoices):
    PASS = "pass", _("Passed")
    FAIL = "fail", _("Not passed")
    RECHECK = "recheck", _("Check again by hand")


class SortedBy(TextChoices):
    """Manual and automatic sorting are compared (NET-07)."""

    HAND = "hand", _("By hand")
    MACHINE = "machine", _("Sorting machine")


class ConsentRule(TextChoices):
    """When a parcel may be put into a locker (DEL-29)."""

    EACH = "each", _("Asked for each parcel")
    STANDING = "standing", _("A standing preference is enough")


class PartnerKind(TextChoices):
    CARRIER = "carrier", _("Carrier")
    STATION = "station", _("Station operator")
    SUPPLIER = "supplier", _("Supplier of material")
    LOCKER = "locker", _("Locker operator")


class QualityResult(TextChoices):
    PASSED = "passed", _("Passed")
    CONDITIONAL = "conditional", _("Accepted with conditions")
    RETURNED = "returned", _("Sent back")
