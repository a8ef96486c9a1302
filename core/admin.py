"""Door: the rooms that have a back office."""
