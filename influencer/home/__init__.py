"""Start page per role, search, welcome page of an empty site, demo data."""
