"""Which figures a manager reads first: on the dashboard, and with a chart in the report."""

# In this order (ux 3.3); those that do not exist are passed over.
FIRST = (
    "T01", "S01", "C01", "C05", "V01", "D01", "A01", "P04", "T02", "C02", "S02", "S03", "C03",
)  # fmt: skip
CORE = 8
