"""Words of reviews: the monthly look at timeliness and the management review."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReviewKind(TextChoices):
    TIMELINESS = "timeliness", _("Timeliness review")
    MANAGEMENT = "management", _("Management review")


class ReviewStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("review", "To be held")
    OPEN = "open", pgettext_lazy("review", "Being prepared")
    PROPOSED = "proposed", pgettext_lazy("review", "Waits for the president")
    HELD = "held", pgettext_lazy("review", "Held")


# A review without signed minutes is not held, however far it was prepared (I10, I11).
UNHELD = (ReviewStatus.PLANNED, ReviewStatus.OPEN, ReviewStatus.PROPOSED)


class Output(TextChoices):
    """What a decision is about: the three outputs of ISO 9001:2015 9.3.3."""

    IMPROVEMENT = "improvement", pgettext_lazy("decision", "Improvement")
    CHANGE = "change", pgettext_lazy("decision", "Change of the system")
    RESOURCES = "resources", pgettext_lazy("decision", "Resources")


class Category(TextChoices):
    """The four ways to gain time (TIM-09)."""

    NETWORK = "network", _("Network layout")
    TRANSPORT = "transport", _("Transport efficiency")
    DELIVERY = "delivery", _("Delivery speed")
    SYSTEMS = "systems", _("Information systems")


class Outcome(TextChoices):
    """What becomes of a measure when its effect is known (TIM-11)."""

    KEEP = "keep", pgettext_lazy("outcome", "Keep")
    ADJUST = "adjust", pgettext_lazy("outcome", "Adjust")
    STOP = "stop", pgettext_lazy("outcome", "Stop")


class Verdict(TextChoices):
    """What the review says to a policy or an objective (REV-02)."""

    KEEP = "keep", pgettext_lazy("review", "Keep as it is")
    CHANGE = "change", pgettext_lazy("review", "Change it")


class Topic(TextChoices):
    """What a management review looks at, a) to f) of ISO 9001:2015 9.3.2 in our own words."""

    EARLIER = "earlier", _("What earlier reviews decided")
    CHANGES = "changes", _("What changed around us and within")
    CUSTOMERS = "customers", _("Customers: satisfaction, complaints, needs")
    OBJECTIVES = "objectives", _("Objectives reached")
    PROCESSES = "processes", _("Processes and conformity of the service")
    CORRECTIONS = "corrections", _("Nonconformities and corrective actions")
    MONITORING = "monitoring", _("Monitoring and measurement")
    AUDITS = "audits", _("Audits")
    PARTNERS = "partners", _("Partners and other providers")
    RESOURCES = "resources", _("People, vehicles and equipment")
    RISKS = "risks", _("Whether measures against risks work")
    OPPORTUNITIES = "opportunities", _("Opportunities to improve")


# The letter of 9.3.2 each topic answers.
LETTERS = {
    Topic.EARLIER: "a", Topic.CHANGES: "b", Topic.CUSTOMERS: "c", Topic.OBJECTIVES: "c",
    Topic.PROCESSES: "c", Topic.CORRECTIONS: "c", Topic.MONITORING: "c", Topic.AUDITS: "c",
    Topic.PARTNERS: "c", Topic.RESOURCES: "d", Topic.RISKS: "e", Topic.OPPORTUNITIES: "f",
}  # fmt: skip
