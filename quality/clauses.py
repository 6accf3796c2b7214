"""The clauses of ISO 9001:2015 a document may answer; headings in our own words (DOC-10)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CLAUSES: dict[str, Any] = {
    "4.1": _("The company and its surroundings"),
    "4.2": _("Interested parties and what they expect"),
    "4.3": _("What the system covers"),
    "4.4": _("Processes of the system"),
    "5.1": _("Leadership and customer focus"),
    "5.2": _("Quality policy"),
    "5.3": _("Roles and authority"),
    "6.1": _("Risks and chances"),
    "6.2": _("Quality objectives"),
    "6.3": _("Planned changes"),
    "7.1": _("Resources, vehicles, measuring equipment"),
    "7.2": _("Competence"),
    "7.3": _("Awareness"),
    "7.4": _("Communication"),
    "7.5": _("Documents and records"),
    "8.1": _("Planning of operations"),
    "8.2": _("What customers ask for"),
    "8.3": _("Design of services"),
    "8.4": _("Partners and suppliers"),
    "8.5": _("Providing the service, traceability, customers’ goods"),
    "8.6": _("Release of the service"),
    "8.7": _("Services that did not conform"),
    "9.1": _("Monitoring, measuring, satisfaction"),
    "9.2": _("Internal audit"),
    "9.3": _("Management review"),
    "10.1": pgettext_lazy("clause", "Improvement"),
    "10.2": _("Nonconformity and corrective action"),
    "10.3": _("Continual improvement"),
}


def clause_choices() -> list[tuple[str, str]]:
    """Return number and heading of each clause."""
    return [(code, f"{code} {words}") for code, words in CLAUSES.items()]
