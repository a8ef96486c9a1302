"""A survey without names before the open call: open, answer, result with advice."""
