"""Charts of the report, drawn from the same values that are printed beside them."""
