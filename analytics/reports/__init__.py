"""Frozen monthly reports, PDF."""
