"""Papers of a parcel: label, handover slip, receipt, notice of refusal; on the page and as PDF."""
