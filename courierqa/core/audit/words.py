"""The trail in words: what an action is called, which ones carry their own sign."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# Classes a reader filters by, in the order of the list.
CLASSES: dict[str, Any] = {
    "reveal": _("Personal data shown"),
    "export": _("Exported"),
    "login": _("Signed in"),
    "grant": _("Right granted"),
    "revoke": _("Right withdrawn"),
    "approve": _("Approved"),
    "reject": _("Rejected"),
    "freeze": _("Frozen"),
    "confirm": _("Confirmed"),
    "destroy": _("Key destroyed"),
}
VERBS: dict[str, Any] = {
    **CLASSES,
    "open": _("Opened"),
    "create": _("Created"),
    "change": _("Changed"),
    "close": _("Closed"),
    "reopen": _("Reopened"),
    "take": _("Taken"),
    "transfer": _("Transferred"),
    "reply": _("Replied"),
    "request": _("Approval requested"),
    "lapse": _("Request lapsed"),
    "start": _("Started"),
    "finish": _("Finished"),
    "verify": _("Verified"),
    "logout": _("Signed out"),
    "pay": _("Paid"),
    "decide": _("Decided"),
    "withdraw": _("Withdrawn"),
    "issue": _("Issued"),
    "retry": _("Tried again"),
}
# These have a sign of their own in the list.
SIGNS = {"reveal": "eye", "export": "download", "grant": "key", "revoke": "key"}


def verb_label(verb: str) -> str:
    """Return the verb in the reader's language, or as it is stored."""
    return str(VERBS.get(verb, verb))
