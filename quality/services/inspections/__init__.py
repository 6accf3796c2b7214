"""Everything that can be done to checklists, plans, inspections and their findings."""

from quality.services.inspections.approving import (
    decide_checklist,
    submit_checklist,
    take_back_checklist,
)
from quality.services.inspections.checklists import (
    PointText,
    drop_point,
    move_point,
    new_draft,
    own_checklist,
    save_point,
)
from quality.services.inspections.correcting import correct_grade
from quality.services.inspections.evaluating import (
    add_milestone,
    finish_milestone,
    keep_clip,
    make_evaluation_plan,
    record_evaluation,
    record_review,
)
from quality.services.inspections.files import add_photo, open_inspection_file, open_report
from quality.services.inspections.findings import (
    FINDING,
    extend_finding,
    finding_to_violation,
    fix_finding,
    judge_fix,
)
from quality.services.inspections.planning import (
    end_plan,
    make_inspection_plan,
    move_day,
    plan_ahead,
)
from quality.services.inspections.recording import Graded, Visit, record_inspection

__all__ = [
    "FINDING",
    "Graded",
    "PointText",
    "Visit",
    "add_milestone",
    "add_photo",
    "correct_grade",
    "decide_checklist",
    "drop_point",
    "end_plan",
    "extend_finding",
    "finding_to_violation",
    "finish_milestone",
    "fix_finding",
    "judge_fix",
    "keep_clip",
    "make_evaluation_plan",
    "make_inspection_plan",
    "move_day",
    "move_point",
    "new_draft",
    "open_inspection_file",
    "open_report",
    "own_checklist",
    "plan_ahead",
    "record_evaluation",
    "record_inspection",
    "record_review",
    "save_point",
    "submit_checklist",
    "take_back_checklist",
]
