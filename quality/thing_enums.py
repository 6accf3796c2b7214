"""Words of equipment, licences, maintenance, hazards, incidents, drills."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EquipmentKind(TextChoices):
    SORTER = "sorter", _("Sorting machine")
    CONVEYOR = "conveyor", _("Conveyor")
    LIFTER = "lifter", _("Forklift or lift")
    SCREENING = "screening", _("Screening machine")
    TERMINAL = "terminal", _("Handheld terminal")
    COMPUTER = "computer", _("Computer or network")
    FIRE = "fire", _("Fire equipment")
    ELECTRIC = "electric", _("Electrical installation")
    CAMERA = "camera", _("Camera")


# Moving machines: used only by the written rules and with their guards in place (VEH-07).
GUARDED = (EquipmentKind.SORTER, EquipmentKind.CONVEYOR, EquipmentKind.LIFTER)


class EquipmentStatus(TextChoices):
    IN_USE = "in_use", pgettext_lazy("equipment", "In use")
    STOPPED = "stopped", pgettext_lazy("equipment", "Stopped")
    RETIRED = "retired", pgettext_lazy("equipment", "Out of service for good")


class CheckResult(TextChoices):
    GOOD = "good", pgettext_lazy("check", "In order")
    BAD = "bad", pgettext_lazy("check", "Not in order")


class LicenceKind(TextChoices):
    BUSINESS = "business", _("Business licence")
    COURIER = "courier", _("Courier permit")
    BRANCH = "branch", _("Branch or outlet record")
    VEHICLE = "vehicle", _("Vehicle registration")
    INSURANCE = "insurance", pgettext_lazy("licence", "Insurance")
    ROAD = "road", _("Road transport permit")
    FIRE = "fire", _("Fire safety acceptance")
    DRIVING = "driving", _("Driving licence")
    CERTIFICATE = "certificate", _("System certificate")
    OTHER = "other", pgettext_lazy("licence", "Other")


class GearKind(TextChoices):
    GLOVES = "gloves", _("Gloves")
    MASK = "mask", pgettext_lazy("gear", "Mask")
    RAINCOAT = "raincoat", _("Raincoat")
    HELMET = "helmet", _("Helmet")
    VEST = "vest", _("Reflective vest")
    SHOES = "shoes", _("Safety shoes")


class TicketKind(TextChoices):
    BREAKDOWN = "breakdown", _("Breakdown")
    ACCIDENT = "accident", _("Accident")
    LOOK = "look", _("Repair of the looks")


class TicketStatus(TextChoices):
    CALLED = "called", _("Help called")
    ARRIVED = "arrived", _("Help is there")
    SOLVED = "solved", pgettext_lazy("ticket", "Solved")


class HazardLevel(TextChoices):
    GENERAL = "general", pgettext_lazy("hazard", "General")
    MAJOR = "major", pgettext_lazy("hazard", "Major: work stopped")


class HazardStatus(TextChoices):
    OPEN = "open", pgettext_lazy("hazard", "To be removed")
    REMOVED = "removed", pgettext_lazy("hazard", "Removed, to be verified")
    VERIFIED = "verified", pgettext_lazy("hazard", "Verified")


class IncidentKind(TextChoices):
    TRAFFIC = "traffic", _("Traffic accident")
    INJURY = "injury", _("Injury at work")
    FIRE = "fire", pgettext_lazy("incident", "Fire or explosion")
    THEFT = "theft", _("Theft or robbery")
    GOODS = "goods", _("Dangerous goods found")
    WEATHER = "weather", _("Weather or flood")
    EQUIPMENT = "equipment", _("Machine or building")
    PRIVACY = "privacy", _("Personal data leaked")
    OTHER = "other", pgettext_lazy("incident", "Something else")


class IncidentSeverity(TextChoices):
    """Decides who is told, and how fast (SAF-03)."""

    SLIGHT = "slight", pgettext_lazy("incident", "Slight: nobody hurt")
    SERIOUS = "serious", pgettext_lazy("incident", "Serious: somebody hurt or stopped")
    GRAVE = "grave", pgettext_lazy("incident", "Grave: life in danger")


class IncidentStatus(TextChoices):
    REPORTED = "reported", pgettext_lazy("incident", "Reported")
    TAKEN = "taken", pgettext_lazy("incident", "In hand")
    CLOSED = "closed", pgettext_lazy("incident", "Closed")


class DrillStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("drill", "Planned")
    HELD = "held", pgettext_lazy("drill", "Held")
    CANCELLED = "cancelled", pgettext_lazy("drill", "Cancelled")


class DestroyWay(TextChoices):
    KEY = "key", _("Key destroyed: unreadable for ever")
    SHREDDED = "shredded", _("Paper shredded")
    WIPED = "wiped", _("Data carrier wiped")
    BURNED = "burned", _("Burned")


# What the yearly checks of fire and electricity are about (F05).
WATCHED = (EquipmentKind.FIRE, EquipmentKind.ELECTRIC)
# Accidents, where somebody was hurt or something broke (F07); found goods and thefts are others.
ACCIDENTS = (
    IncidentKind.TRAFFIC, IncidentKind.INJURY, IncidentKind.FIRE, IncidentKind.EQUIPMENT,
)  # fmt: skip
