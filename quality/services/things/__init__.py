"""Deeds about things: equipment, maintenance, licences, hazards, incidents, drills."""

from quality.services.things.destroying import destroy_records
from quality.services.things.drills import hold_drill, move_drill, plan_drill, revise_plan
from quality.services.things.equipment import (
    check_equipment,
    issue_gear,
    return_gear,
    save_equipment,
    set_equipment,
)
from quality.services.things.hazards import register_hazard, remove_hazard, verify_hazard
from quality.services.things.incidents import (
    Happening,
    close_incident,
    note_incident,
    report_incident,
    take_incident,
)
from quality.services.things.licences import (
    LicenceTermInput,
    apply_renewal,
    examine_licence,
    licence_file,
    register_licence,
    renew_licence,
    retire_licence,
)
from quality.services.things.maintenance import (
    delay_maintenance,
    finish_maintenance,
    keep_vehicle,
    plan_maintenance,
    see_kilometres,
    stop_plan,
    watch_maintenance,
)
from quality.services.things.tickets import help_arrived, open_ticket, solve_ticket

__all__ = [
    "Happening",
    "LicenceTermInput",
    "apply_renewal",
    "check_equipment",
    "close_incident",
    "delay_maintenance",
    "destroy_records",
    "examine_licence",
    "finish_maintenance",
    "help_arrived",
    "hold_drill",
    "issue_gear",
    "keep_vehicle",
    "licence_file",
    "move_drill",
    "note_incident",
    "open_ticket",
    "plan_drill",
    "plan_maintenance",
    "register_hazard",
    "register_licence",
    "remove_hazard",
    "renew_licence",
    "report_incident",
    "retire_licence",
    "return_gear",
    "revise_plan",
    "save_equipment",
    "see_kilometres",
    "set_equipment",
    "solve_ticket",
    "stop_plan",
    "take_incident",
    "verify_hazard",
    "watch_maintenance",
]
