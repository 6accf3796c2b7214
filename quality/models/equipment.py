"""Equipment, maintenance of it and of vehicles, protective gear, calls for help on the road."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q

from courierqa.core.models import TimestampedModel
from courierqa.core.recurrence import Every, Occurrence
from quality import thing_enums as words
from shipments.models import Vehicle
from staff.models import Employee, Site, User


class Equipment(TimestampedModel):
    """A machine, a device, an installation of a site (VEH-07, VEH-08, PRE-01, PRE-02)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=words.EquipmentKind)
    site = models.ForeignKey(Site, models.PROTECT, related_name="equipment")
    status = models.CharField(
        max_length=8, choices=words.EquipmentStatus, default=words.EquipmentStatus.IN_USE
    )
    status_since = models.DateField()
    # The written rules it is operated by, and whether its guards were in place at the last look.
    sop = models.CharField(max_length=60, blank=True)
    # The day until which the last inspection holds; none where it is not inspected.
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["site__code", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class EquipmentCheck(models.Model):
    """One look at a machine: guards, function, passages (VEH-07). Insert-only."""

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="checks")
    on = models.DateField()
    guards_in_place = models.BooleanField(null=True)
    result = models.CharField(max_length=4, choices=words.CheckResult)
    valid_until = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]


class MaintenancePlan(TimestampedModel):
    """What is serviced how often: every so many days or months, or kilometres (VEH-02)."""

    vehicle = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="plans")
    equipment = models.ForeignKey(Equipment, models.PROTECT, null=True, related_name="plans")
    what = models.CharField(max_length=100)
    every = models.CharField(max_length=10, choices=Every)
    interval = models.PositiveSmallIntegerField(default=1)
    anchor = models.DateField()
    # Kilometres between two services, and where the last one stood; none means days only.
    every_km = models.PositiveIntegerField(null=True)
    last_km = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            CheckConstraint(
                name="qual_plan_of_one_thing",
                condition=Q(vehicle__isnull=False, equipment=None)
                | Q(vehicle=None, equipment__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle or self.equipment} · {self.what}"


class Maintenance(Occurrence):
    """One service due by a day or by kilometres, whichever comes first (F01).

    `first_due_day` is what it is judged by: the due day as planned, or earlier where the
    kilometres were reached; time out of service moves it, with a record.
    """

    plan = models.ForeignKey(MaintenancePlan, models.PROTECT, related_name="turns")
    due_km = models.PositiveIntegerField(null=True)
    km_reached_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_km = models.PositiveIntegerField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cost_fen = models.PositiveBigIntegerField(default=0)
    workshop = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta(Occurrence.Meta):
        ordering = ["due_day", "pk"]
        indexes = [models.Index(fields=["done_at", "due_day"], name="qual_maintenance_due")]


class MaintenanceDelay(models.Model):
    """A due day moved because the thing was out of service, with its reason. Insert-only."""

    turn = models.ForeignKey(Maintenance, models.PROTECT, related_name="delays")
    old_due_day = models.DateField()
    due_day = models.DateField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class GearIssue(TimestampedModel):
    """Protective gear handed to a person, until it is given back or worn out (VEH-09)."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="gear")
    kind = models.CharField(max_length=10, choices=words.GearKind)
    pieces = models.PositiveSmallIntegerField(default=1)
    issued_on = models.DateField()
    # When it has to be replaced: an editable proposal of the form.
    replace_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            CheckConstraint(
                name="qual_gear_in_order",
                condition=Q(returned_on=None) | Q(returned_on__gte=F("issued_on")),
            ),
        ]


class RoadTicket(TimestampedModel):
    """A call for help with a vehicle: called, there, solved (VEH-06). Cost in fen."""

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=words.TicketKind)
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="tickets")
    driver = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True)
    status = models.CharField(
        max_length=8, choices=words.TicketStatus, default=words.TicketStatus.CALLED
    )
    called_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    solution = models.CharField(max_length=300, blank=True)
    cost_fen = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-called_at", "-pk"]
        indexes = [models.Index(fields=["-called_at", "-id"], name="qual_ticket_called")]
        constraints = [
            CheckConstraint(
                name="qual_ticket_in_order",
                condition=(Q(arrived_at=None) | Q(arrived_at__gte=F("called_at")))
                & (Q(solved_at=None) | Q(solved_at__gte=F("called_at"))),
            ),
        ]

    def __str__(self) -> str:
        return self.number
