"""Meetings and their series, notices to staff, tasks across units."""

from quality.services.communication.common_tasks import (
    Part,
    cancel_task,
    extend_task,
    finish_part,
    give_task,
)
from quality.services.communication.meetings import (
    call_meeting,
    cancel_meeting,
    decide,
    hold_meeting,
    move_meeting,
)
from quality.services.communication.notices import (
    confirm_notice,
    publish_notice,
    run_notices,
    withdraw_notice,
    write_notice,
)
from quality.services.communication.series import (
    end_series,
    lay_out,
    plan_series,
    run_series,
)

__all__ = [
    "Part",
    "call_meeting",
    "cancel_meeting",
    "cancel_task",
    "confirm_notice",
    "decide",
    "end_series",
    "extend_task",
    "finish_part",
    "give_task",
    "hold_meeting",
    "lay_out",
    "move_meeting",
    "plan_series",
    "publish_notice",
    "run_notices",
    "run_series",
    "withdraw_notice",
    "write_notice",
]
