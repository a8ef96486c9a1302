"""User, language, time zone."""
