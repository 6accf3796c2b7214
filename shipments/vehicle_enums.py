"""Words of vehicles, the places of a warehouse, and areas of risk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VehicleKind(TextChoices):
    EBIKE = "ebike", _("Electric bicycle")
    TRICYCLE = "tricycle", _("Tricycle")
    VAN = "van", _("Van")
    TRUCK = "truck", pgettext_lazy("vehicle", "Truck")


class Energy(TextChoices):
    """What drives it (GRN-04)."""

    ELECTRIC = "electric", pgettext_lazy("energy", "Electric")
    HYDROGEN = "hydrogen", _("Hydrogen")
    HYBRID = "hybrid", _("Hybrid")
    PETROL = "petrol", _("Petrol")
    DIESEL = "diesel", _("Diesel")
    GAS = "gas", _("Natural gas")
    MUSCLE = "muscle", _("Muscle power")


# What counts as an electric or new-energy run (G04); a hybrid burns fuel and does not.
CLEAN = (Energy.ELECTRIC, Energy.HYDROGEN, Energy.MUSCLE)


class Fitness(TextChoices):
    """Whether a vehicle may be used (VEH-05)."""

    FIT = "fit", pgettext_lazy("vehicle", "Fit for use")
    UNFIT = "unfit", pgettext_lazy("vehicle", "Not fit for use")
    RETIRED = "retired", pgettext_lazy("vehicle", "Taken off the fleet")


class SafetyGear(TextChoices):
    """What a vehicle carries for safety (VEH-01)."""

    EXTINGUISHER = "extinguisher", _("Fire extinguisher")
    TRIANGLE = "triangle", _("Warning triangle")
    FIRST_AID = "first_aid", _("First-aid kit")
    LOCK = "lock", _("Lock of the load space")
    REFLECTOR = "reflector", _("Reflective stripes")
    LOCATOR = "locator", _("Position device")


class DefectStatus(TextChoices):
    OPEN = "open", pgettext_lazy("defect", "Open")
    SOLVED = "solved", pgettext_lazy("defect", "Solved")


class Shift(TextChoices):
    """The parts of a day a vehicle and a driver are booked for."""

    EARLY = "early", _("Early shift")
    LATE = "late", _("Late shift")
    NIGHT = "night", _("Night shift")
