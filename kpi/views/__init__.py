"""Pages of the measure."""
