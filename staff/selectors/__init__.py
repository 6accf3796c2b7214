"""What the pages of this app, and other apps, read about people."""

from staff.selectors.people import (
    employees_for,
    grants_of,
    looks_at,
    past_grants_of,
    search_people,
    site_names,
    sites_for,
    sites_with_people,
    users_list,
    valid_at,
)

__all__ = [
    "employees_for",
    "grants_of",
    "looks_at",
    "past_grants_of",
    "search_people",
    "site_names",
    "sites_for",
    "sites_with_people",
    "users_list",
    "valid_at",
]
