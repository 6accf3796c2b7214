"""GS1 EPCIS 2.0 documents (JSON-LD): what happened to parcels, in the words of supply chains."""

from shipments.epcis.hashing import event_hash
from shipments.epcis.reading import BadDocument, Told, read_document
from shipments.epcis.taking import take
from shipments.epcis.writing import document, document_lines

__all__ = [
    "BadDocument",
    "Told",
    "document",
    "document_lines",
    "event_hash",
    "read_document",
    "take",
]
