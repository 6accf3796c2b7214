"""What the case page shows beside steps and decisions: procedure, pauses, relatives, helpers."""

from __future__ import annotations

from typing import Any

from complaints import clocks, selectors
from complaints.enums import Status
from complaints.models import Case, RegulatorFile
from complaints.views.requests import StaffRequest
from courierqa.core.access import access_for, may


def course_of(request: StaffRequest, case: Case, *, is_open: bool) -> dict[str, Any]:
    """Return the parts, in a fixed number of queries."""
    transfers = list(case.transfers.select_related("to_user", "by"))
    relatives = case.merged.select_related("reason"), case.splits.select_related("reason")
    return {
        "rules": selectors.case_rules(),
        "procedure": selectors.procedure_of(case.case_class),
        "pauses": list(case.pauses.select_related("reason", "started_by")),
        "transfers": transfers,
        "helpers": [row for row in transfers if row.ended_at is None],
        "merged_cases": list(relatives[0]),
        "split_cases": list(relatives[1]),
        "same_customer": _same_customer(request, case) if is_open else [],
        "regulator_file": RegulatorFile.objects.filter(case=case).first(),
        "may_set_outcome": may(request.user, "regulator", "change"),
        "is_merged": case.status == Status.MERGED,
        "first_took": case.first_answer_at - case.received_at if case.first_answer_at else None,
        "is_judged": selectors.is_judged(case),
    }


def clock_states(case: Case, *, now: Any) -> list[tuple[Any, Any]]:
    """Return each clock of the case with how it stands."""
    ladder = selectors.ladder_in_force()
    return [(run, clocks.state(run, now=now, ladder=ladder)) for run in clocks.running(case)]


def _same_customer(request: StaffRequest, case: Case) -> list[Case]:
    reading = access_for(request.user, "case", "read")
    return selectors.merge_candidates(selectors.cases_for(reading), case) if reading else []
