"""What pages and services read about inspections."""
