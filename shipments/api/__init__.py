"""The programs' door to parcels: scan batches, masked parcels, proofs, a courier's round."""
