"""Words of improvement programmes, benchmarks, activities, strategy and process changes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeKind(TextChoices):
    """A programme groups plans over a period; a plan improves one thing."""

    PROGRAMME = "programme", pgettext_lazy("improvement", "Programme")
    PLAN = "plan", pgettext_lazy("improvement", "Plan")


class Field(TextChoices):
    """What of the service is improved."""

    TIME = "time", pgettext_lazy("improvement", "Time")
    HANDLING = "handling", pgettext_lazy("improvement", "Handling and safety of parcels")
    SERVICE = "service", pgettext_lazy("improvement", "Service and complaints")
    DELIVERY = "delivery", pgettext_lazy("improvement", "Delivery")
    PEOPLE = "people", pgettext_lazy("improvement", "People and training")
    COST = "cost", pgettext_lazy("improvement", "Cost")
    GREEN = "green", pgettext_lazy("improvement", "Green")


class ProgrammeStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("improvement", "Draft")
    PROPOSED = "proposed", pgettext_lazy("improvement", "Waiting for approval")
    RUNNING = "running", pgettext_lazy("improvement", "Running")
    ENDED = "ended", pgettext_lazy("improvement", "Ended")
    DROPPED = "dropped", pgettext_lazy("improvement", "Given up")


class Verdict(TextChoices):
    """What becomes of what was tried."""

    KEEP = "keep", pgettext_lazy("improvement", "Keep it")
    ADJUST = "adjust", pgettext_lazy("improvement", "Adjust it")
    STOP = "stop", pgettext_lazy("improvement", "Stop it")


class ActivityKind(TextChoices):
    MONTH = "month", _("Quality month")
    CONTEST = "contest", _("Skills contest")
    CIRCLE = "circle", _("Quality circle")
    TALK = "talk", _("Talk or lecture")
    CUSTOMERS = "customers", _("Day with customers")
    OTHER = "other", pgettext_lazy("activity", "Something else")


class ActivityStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("activity", "Planned")
    HELD = "held", pgettext_lazy("activity", "Held")
    CANCELLED = "cancelled", pgettext_lazy("activity", "Cancelled")


class StrategyField(TextChoices):
    RANGE = "range", pgettext_lazy("strategy", "Range of services")
    MODE = "mode", pgettext_lazy("strategy", "Way of serving")
    CONTACT = "contact", pgettext_lazy("strategy", "Contact with customers")
    PRICE = "price", pgettext_lazy("strategy", "Prices")
    NETWORK = "network", pgettext_lazy("strategy", "Network")


class ChangeStatus(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("process change", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("process change", "Approved")
    REJECTED = "rejected", pgettext_lazy("process change", "Rejected")


class Risk(TextChoices):
    LOW = "low", pgettext_lazy("risk", "Low")
    MIDDLE = "middle", pgettext_lazy("risk", "Middle")
    HIGH = "high", pgettext_lazy("risk", "High")


class RoutineKind(TextChoices):
    SURVEY = "survey", pgettext_lazy("routine", "Survey")
    REVIEW = "review", pgettext_lazy("routine", "Review")
    TRAINING = "training", pgettext_lazy("routine", "Training")
    TREND = "trend", pgettext_lazy("routine", "Look at trends")
    OTHER = "other", pgettext_lazy("routine", "Something else")
