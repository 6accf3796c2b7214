"""Forms about things."""
