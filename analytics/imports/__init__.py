"""Runs (preview, apply, undo)."""
