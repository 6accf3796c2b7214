"""The second book: figures recounted from raw scans by other rules code, and compared.

Nothing here uses the fold, the facts or the metric catalogue; the rules of counting are written
out a second time over data frames, so that a mistake must be made twice to go unseen. Only
`locate` reads the facts, to name the parcels behind a difference.
"""
