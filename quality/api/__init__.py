"""The API of quality."""
