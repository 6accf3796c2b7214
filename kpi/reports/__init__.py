"""Reports: values in, bytes out. Nothing in here queries the database or reads a clock."""
