"""Parcels and scans from files: mapped, checked, stored in chunks, never silently dropped."""

from shipments.imports.parcels import import_parcels
from shipments.imports.scans import import_scans

__all__ = ["import_parcels", "import_scans"]
