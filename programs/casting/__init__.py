"""Open calls, interest, the shortlist by mix, answers."""
