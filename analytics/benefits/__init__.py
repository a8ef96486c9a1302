"""Told successes: what somebody could do because of the program, in words, for who they say may read it."""
