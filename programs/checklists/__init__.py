"""Items, evidence, progress; the timeline page."""
