"""The navigation as data: groups of pages, each with the right it needs.

At most seven or eight heads are shown at once: a group opens when its page is open or asked for,
and a group of one page is that page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class NavLink:
    """An entry of the navigation and the right it needs."""

    name: str
    label: Any
    icon: str
    resource: str
    action: str = "read"
    key: str = ""
    # Only for readers whose right reaches further than their own rows; others have "My page".
    is_wide: bool = False


@dataclass(frozen=True)
class NavSection:
    """Entries that belong together; without a label they stand on their own."""

    label: Any
    icon: str
    links: tuple[NavLink, ...]


def _section(label: Any, icon: str, *links: NavLink) -> NavSection:
    return NavSection(label, icon, links)


NAVIGATION: tuple[NavSection, ...] = (
    _section(
        "",
        "",
        NavLink("core:home", _("Home"), "home", "account", key="h"),
        NavLink("complaints:my_tasks", _("My tasks"), "checklist", "account"),
        NavLink("staff:own", _("My page"), "user", "account"),
        NavLink("kpi:dashboard", _("Dashboard"), "layout-dashboard", "figure", key="d"),
        NavLink("kpi:objectives", _("Objectives"), "target", "figure", is_wide=True),
        NavLink("kpi:reports", _("Reports"), "report-analytics", "report", key="r"),
        NavLink("quality:actions", pgettext_lazy("navigation", "Actions"), "checks",
                "nonconformity"),
        NavLink("quality:inspections", _("Inspections"), "clipboard-check", "inspection",
                is_wide=True),
        NavLink("shipments:m_today", _("My round"), "truck-delivery", "round", key="m"),
    ),
    _section(
        _("Customers"),
        "headset",
        NavLink("complaints:inbox", _("Complaints"), "inbox", "case", key="c"),
        NavLink("complaints:followups", _("Follow-ups"), "phone-call", "case", "change", "f"),
        NavLink("complaints:regulator", _("Regulator"), "gavel", "regulator"),
        NavLink("complaints:forums", _("Forums"), "messages", "forum"),
        NavLink("kpi:voice", _("Complaint analysis"), "chart-bar", "voice"),
        NavLink("complaints:campaigns", _("Campaigns"), "target-arrow", "campaign"),
        NavLink("complaints:claims", pgettext_lazy("page", "Claims"), "report-money", "claim",
                key="y"),
        NavLink("complaints:asked", _("Statements"), "messages", "statement", "answer"),
        NavLink("complaints:measures", _("Measures"), "user-exclamation", "measure"),
        NavLink("complaints:incidents", _("Privacy incidents"), "shield-exclamation",
                "privacy_incident"),
        NavLink("quality:person_requests", _("Requests about personal data"), "user-question",
                "person_request"),
        NavLink("complaints:customers", _("Customer files"), "id-badge-2", "customer"),
        NavLink("kpi:customer_volumes", _("Volumes per customer"), "chart-bar", "customer"),
        NavLink("complaints:surveys", _("Surveys"), "mood-smile", "survey"),
        NavLink("complaints:examples", _("Case library"), "book", "example"),
        NavLink("complaints:answers", _("Answers"), "help", "publication"),
        NavLink("complaints:replies", _("Reply templates"), "template", "publication"),
    ),
    _section(
        _("Parcels"),
        "package",
        NavLink("shipments:parcels", _("Parcels"), "package", "parcel", key="p"),
        NavLink("shipments:orders", _("Orders"), "clipboard-list", "order", key="o"),
        NavLink("shipments:station", _("Station scans"), "scan", "scan", "create"),
        NavLink("shipments:refusals", _("Refusals"), "hand-stop", "acceptance"),
        NavLink("shipments:goods", _("Prohibited goods"), "ban", "goods"),
        NavLink("shipments:dangers", _("Dangerous goods"), "urgent", "danger"),
    ),
    _section(
        _("Exceptions"),
        "alert-triangle",
        NavLink("shipments:exceptions", _("Exception board"), "columns-3", "exception", key="e"),
        NavLink("shipments:watchlist", _("Watchlist"), "eye", "watchlist"),
        NavLink("shipments:monitor", _("Monitor"), "activity", "monitor"),
        NavLink("shipments:findings", _("Findings"), "zoom-question", "finding"),
        NavLink("shipments:scan_quality", _("Scan quality"), "barcode", "finding"),
        NavLink("quality:live_run", _("Run of today"), "player-play", "live_run"),
        NavLink("quality:clips", _("Camera clips"), "camera", "clip"),
    ),
    _section(
        _("Network"),
        "sitemap",
        NavLink("shipments:network", _("Sites and load"), "building-warehouse", "network"),
        NavLink("shipments:lanes", _("Lanes"), "route", "network", key="l"),
        NavLink("shipments:trips", _("Trips"), "truck", "trip", key="v"),
        NavLink("shipments:bags", _("Bags"), "archive", "trip", key="b"),
        NavLink("shipments:sorting", _("Sorting"), "switch-horizontal", "trip"),
        NavLink("shipments:zones", _("Warehouse"), "box", "warehouse"),
        NavLink("shipments:stocktakes", _("Stocktakes"), "clipboard-check", "stocktake"),
    ),
    _section(
        _("Delivery"),
        "truck-delivery",
        NavLink("shipments:rounds", _("Rounds"), "road", "run_sheet"),
        NavLink("shipments:placements", _("Waiting for collection"), "box", "delivery"),
        NavLink("shipments:proofs", _("Missing proofs"), "signature", "delivery"),
        NavLink("shipments:consents", _("Consents and wishes"), "heart-handshake", "consent"),
        NavLink("shipments:returns", _("Returns"), "truck-return", "delivery"),
        NavLink("shipments:cod", _("Cash on delivery"), "cash", "cod"),
        NavLink("shipments:delivery_quality", _("Delivery quality"), "target", "delivery"),
        NavLink("shipments:conduct", _("Violations"), "hand-stop", "conduct"),
    ),
    _section(
        _("People"),
        "users",
        NavLink("staff:people", _("Staff"), "users", "staff", key="w", is_wide=True),
        NavLink("staff:sites", _("Sites"), "building-warehouse", "staff", key="s", is_wide=True),
        NavLink("staff:organisation", _("Organisation"), "sitemap", "organisation"),
        NavLink("staff:posts", _("Posts"), "id", "organisation"),
        NavLink("staff:teams", _("Teams"), "users-group", "team"),
        NavLink("staff:observations", _("Supervision"), "eye", "observation", is_wide=True),
        NavLink("staff:suggestions", _("Staff suggestions"), "message", "suggestion"),
        NavLink("staff:statements", _("Texts to sign"), "file-text", "account"),
    ),
    _section(
        _("Training"),
        "school",
        NavLink("staff:training", _("Courses"), "school", "training", key="t"),
        NavLink("staff:plan", _("Training plan"), "calendar", "training", is_wide=True),
        NavLink("staff:matrix", _("Training matrix"), "table", "training", is_wide=True),
        NavLink("staff:needs", _("Training needs"), "zoom-question", "training", is_wide=True),
    ),
    _section(
        pgettext_lazy("group", "Assessment"),
        "medal",
        NavLink("staff:grades", _("Grades"), "medal", "grade"),
        NavLink("staff:goals", _("Personal goals"), "target", "goal", is_wide=True),
        NavLink("staff:rewards", _("Rewards"), "coin", "reward", is_wide=True),
        NavLink("staff:discipline", _("Discipline"), "scale", "discipline", is_wide=True),
        NavLink("staff:promotions", _("Promotion"), "trending-up", "promotion", is_wide=True),
        NavLink("staff:stars", _("Service stars"), "star", "account"),
    ),
    _section(
        pgettext_lazy("group", "Rules"),
        "book",
        NavLink("quality:documents", pgettext_lazy("page", "Documents"), "file-text", "document"),
        NavLink("quality:readings", _("Read and understood"), "eye", "reading", is_wide=True),
        NavLink("quality:processes", pgettext_lazy("page", "Processes"), "route", "process"),
        NavLink("quality:laws", pgettext_lazy("page", "Legal register"), "gavel", "legal"),
        NavLink("quality:duties", pgettext_lazy("page", "Legal duties"), "list-check", "legal"),
        NavLink("quality:audits", pgettext_lazy("page", "Internal audits"), "zoom-question",
                "internal_audit"),
        NavLink("quality:findings", _("Audit findings to follow up"), "checks", "internal_audit"),
        NavLink("quality:certifications", pgettext_lazy("page", "Certifications"), "certificate",
                "certification"),
    ),
    _section(
        pgettext_lazy("group", "Improvement"),
        "trending-up",
        NavLink("quality:programmes", pgettext_lazy("page", "Programmes"), "trending-up",
                "programme"),
        NavLink("kpi:benchmarks", _("Benchmarks"), "chart-bar", "benchmark"),
        NavLink("quality:activities", _("Activities"), "calendar", "activity"),
        NavLink("quality:strategies", _("Strategy decisions"), "target-arrow", "strategy"),
        NavLink("quality:process_changes", _("Changes of processes"), "route", "process_change"),
        NavLink("quality:routines", _("Routines"), "refresh", "routine"),
        NavLink("quality:retention", _("How long data are kept"), "archive", "retention"),
    ),
    _section(
        pgettext_lazy("group", "Communication"),
        "messages",
        NavLink("quality:meetings", _("Meetings"), "calendar", "meeting"),
        NavLink("quality:notices", _("Notices to staff"), "speakerphone", "staff_notice"),
        NavLink("quality:tasks", _("Tasks across units"), "checklist", "task"),
    ),
    _section(
        _("Proof"),
        "shield-check",
        NavLink("quality:reviews", pgettext_lazy("page", "Reviews"), "clipboard-text",
                "review"),
        NavLink("kpi:pledges", pgettext_lazy("page", "Pledges"), "heart-handshake", "pledge"),
        NavLink("quality:evaluations", _("Evaluations"), "microscope", "evaluation"),
        NavLink("shipments:systems", _("Three systems"), "shield-check", "acceptance"),
        NavLink("shipments:green", _("Green indicators"), "seedling", "acceptance"),
        NavLink("shipments:instruments", _("Instruments"), "scale", "instrument"),
        NavLink("kpi:exemptions", _("Exemptions"), "hand-stop", "exemption"),
        NavLink("kpi:checks", _("Figures checked"), "checks", "figure_check"),
        NavLink("core:message_log", _("Messages sent"), "send", "message"),
        NavLink("core:audit", _("Audit log"), "history", "audit_log", key="a"),
        NavLink("core:runs", _("Runs"), "progress-check", "job"),
        NavLink("kpi:runs", _("Runs of figures"), "refresh", "job"),
    ),
    _section(
        _("Vehicles and safety"),
        "shield-check",
        NavLink("quality:safety", _("Safety at a glance"), "shield-check", "hazard"),
        NavLink("quality:premises", pgettext_lazy("page", "Premises"), "building-warehouse",
                "inspection", is_wide=True),
        NavLink("quality:vehicles", _("Vehicles"), "truck", "vehicle"),
        NavLink("quality:maintenance", _("Maintenance"), "tool", "equipment"),
        NavLink("quality:equipment", _("Equipment"), "settings", "equipment"),
        NavLink("quality:gear", _("Protective gear"), "user-shield", "equipment"),
        NavLink("quality:licences", _("Licences and permits"), "certificate", "licence"),
        NavLink("quality:expiry", _("What ends soon"), "calendar-due", "expiry"),
        NavLink("quality:hazards", _("Hazards"), "alert-triangle", "hazard"),
        NavLink("quality:incidents", _("Incidents"), "urgent", "safety_incident", is_wide=True),
        NavLink("quality:emergencies", _("Emergency plans"), "phone-call", "emergency"),
        NavLink("quality:drills", _("Drills"), "clipboard-check", "drill"),
        NavLink("quality:destructions", _("Destroyed records"), "trash", "destruction"),
    ),
    _section(
        _("Settings"),
        "settings",
        NavLink("shipments:imports", _("Imports"), "database-import", "import", key="i"),
        NavLink("staff:users", _("Users"), "user-shield", "user", key="u"),
        NavLink("complaints:case_rules", _("Rules of cases"), "clock-hour-4", "case_rule"),
        NavLink("shipments:reasons", _("Reasons"), "list-details", "reason"),
        NavLink(
            "shipments:exception_classes", _("Exception classes"), "adjustments",
            "exception_class", "change",
        ),
        NavLink(
            "shipments:notice_list", _("Service notices"), "speakerphone", "service_notice",
            "change",
        ),
        NavLink("shipments:texts", _("Published texts"), "file-text", "publication"),
        NavLink("complaints:claim_rules", _("Compensation rules"), "report-money", "claim_rule",
                "change"),
        NavLink("complaints:causes", _("Root causes"), "git-branch", "cause"),
        NavLink("quality:checklists", _("Checklists"), "checklist", "checklist"),
        NavLink("quality:causes", pgettext_lazy("page", "Causes of nonconformities"), "sitemap",
                "cause_tree"),
        NavLink("quality:terms", _("Terms of the improvement loop"), "clock", "loop_terms"),
        NavLink("shipments:webhooks", _("Webhooks"), "transfer-out", "webhook"),
    ),
)  # fmt: skip
