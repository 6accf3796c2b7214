"""Papers of quality management as PDF."""
