"""Readings, posts, week totals."""
