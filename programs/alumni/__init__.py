"""Staying in touch after leaving, by choice."""
