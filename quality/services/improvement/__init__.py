"""Programmes, benchmarks, activities, strategy, changed processes, routines, retention."""

from quality.services.improvement.activities import cancel_activity, hold_activity, plan_activity
from quality.services.improvement.changes import decide_change, propose_change
from quality.services.improvement.goals import (
    JUDGED,
    Aim,
    change_programme,
    drop_programme,
    extend_programme,
    fix_baseline,
    start_programme,
)
from quality.services.improvement.judging import conclude
from quality.services.improvement.learning import (
    add_benchmark,
    decide_strategy,
    review_strategy,
)
from quality.services.improvement.linking import link_action, unlink_action
from quality.services.improvement.moves import MACHINE
from quality.services.improvement.proposing import decide_programme, propose_programme
from quality.services.improvement.retaining import save_rule
from quality.services.improvement.routines import (
    finish_turn,
    lay_out,
    run_routines,
    save_routine,
)

__all__ = [
    "JUDGED",
    "MACHINE",
    "Aim",
    "add_benchmark",
    "cancel_activity",
    "change_programme",
    "conclude",
    "decide_change",
    "decide_programme",
    "decide_strategy",
    "drop_programme",
    "extend_programme",
    "finish_turn",
    "fix_baseline",
    "hold_activity",
    "lay_out",
    "link_action",
    "plan_activity",
    "propose_change",
    "propose_programme",
    "review_strategy",
    "run_routines",
    "save_routine",
    "save_rule",
    "start_programme",
    "unlink_action",
]
