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
    "settle": _("Settled"),
    "assign": _("Assigned"),
    "answer": _("Answered"),
    "first_answer": _("Answered first"),
    "follow_up": _("Followed up"),
    "ask": _("Asked for help"),
    "certify": _("Certified"),
    "allow": _("Allowed"),
    "register": _("Registered"),
    "conclude": _("Concluded"),
    "give": _("Given"),
    "place": _("Ordered"),
    "correct": _("Corrected"),
    "void": _("Declared wrong"),
    "store": _("Stored"),
    "activate": _("Activated"),
    "leave": _("Left"),
    "promise": _("Promise changed"),
    "consent": _("Consent recorded"),
    "standing": _("Standing consent"),
    "lost": _("Declared lost"),
    "found": _("Found again"),
    "damage": _("Damage reported"),
    "password": _("Password changed"),
    "read": _("Read"),
    "dismiss": _("Declared wrong"),
    "note": _("Noted"),
    "retire": _("Retired"),
    "restore": _("Offered again"),
    "csv": _("Exported"),
    "fee": _("Fee changed"),
    "reschedule": _("Pickup moved"),
    "accept": _("Accepted"),
    "refuse": _("Refused"),
}
# What an entry is about, by the name of its table.
KINDS: dict[str, Any] = {
    "staff.employee": _("Employee"),
    "staff.user": _("Login"),
    "staff.certificate": _("Certificate"),
    "staff.courseassignment": _("Assigned course"),
    "staff.attempt": _("Exam"),
    "staff.assessment": _("Monthly grade"),
    "staff.apitoken": _("Access key"),
    "kpi.snapshot": _("Monthly report"),
    "kpi.target": _("Target"),
    "core.approval": _("Approval"),
    "core.effect": _("Side effect"),
    "core.datakey": _("Encryption key"),
    "core.importrun": _("Import"),
    "complaints.claim": _("Claim"),
    "complaints.case": _("Complaint"),
    "shipments.parcel": _("Parcel"),
    "shipments.order": _("Order"),
    "shipments.proof": _("Proof"),
    "shipments.parcelexception": _("Exception"),
    "shipments.scanevent": _("Scan"),
    "shipments.finding": _("Finding"),
    "shipments.reason": _("Reason"),
    "shipments.refusal": _("Refusal"),
    "shipments.dangerreport": _("Dangerous goods"),
    "shipments.goodslist": _("Goods list"),
    "shipments.instrument": _("Instrument"),
}
# These have a sign of their own in the list.
SIGNS = {"reveal": "eye", "export": "download", "grant": "key", "revoke": "key"}


def kind_label(object_type: str) -> str:
    """Return what kind of thing an entry is about, or the name of its table."""
    return str(KINDS.get(object_type, object_type))


def verb_label(verb: str) -> str:
    """Return the verb in the reader's language, or as it is stored."""
    return str(VERBS.get(verb, verb))
