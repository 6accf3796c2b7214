"""What pages read about things."""
