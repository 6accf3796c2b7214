"""Who did what to which object: an append-only trail, chained by hashes so that it proves itself.

Entries name fields, never values. Sealing gives each entry the next place in the chain; reveal,
export and grant are sealed in their own transaction, the rest within ten seconds.
"""

from courierqa.core.audit.chain import VerifyResult, head, link_hash, seal, verify
from courierqa.core.audit.trail import person, record

__all__ = ["VerifyResult", "head", "link_hash", "person", "record", "seal", "verify"]
