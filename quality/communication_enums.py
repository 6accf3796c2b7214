"""Words of meetings, notices to staff and tasks across units."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(TextChoices):
    TEAM = "team", _("Team meeting")
    WORK = "work", _("Work meeting of the company")
    QUALITY = "quality", _("Quality meeting")
    OTHER = "other", pgettext_lazy("meeting", "Another one")


class Presence(TextChoices):
    THERE = "there", pgettext_lazy("meeting", "Was there")
    EXCUSED = "excused", pgettext_lazy("meeting", "Excused")
    ABSENT = "absent", pgettext_lazy("meeting", "Absent")


class NoticeStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("notice", "Draft")
    PUBLISHED = "published", pgettext_lazy("notice", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("notice", "Withdrawn")


class Carrier(TextChoices):
    """Where a notice is published beside the product itself (COM-02)."""

    BOARD = "board", _("Board at the site")
    PAPER = "paper", _("Inner paper")
    SITE = "site", _("Website")
    SMS = "sms", _("Text message")


class TaskStatus(TextChoices):
    OPEN = "open", pgettext_lazy("task", "Open")
    DONE = "done", pgettext_lazy("task", "Done")
    CANCELLED = "cancelled", pgettext_lazy("task", "Cancelled")


class PartStatus(TextChoices):
    OPEN = "open", pgettext_lazy("part of a task", "Open")
    DONE = "done", pgettext_lazy("part of a task", "Done")
