"""Pages of controlled documents and processes."""
