"""Pages of checklists, inspections and evaluations."""
