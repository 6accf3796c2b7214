"""Simulated parcels and complaints whose truth is known before the product sees a single scan.

The generator has its own calendar, its own limits and its own words about every figure; it uses
nothing of the fold, the facts, the catalogue or the recount.
"""
