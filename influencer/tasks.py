"""Door: the rooms that have tasks."""
