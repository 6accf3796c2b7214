"""Pages about parcels."""
