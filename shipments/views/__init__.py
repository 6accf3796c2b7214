"""Pages of parcels, one module per kind of reader."""
