"""Runs (preview, apply, undo), one file per source."""
