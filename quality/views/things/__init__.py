"""Pages about things: the fleet, equipment, licences, safety."""
