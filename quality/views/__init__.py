"""Pages of the improvement loop."""
