"""Work by the clock, each row by itself, what failed and when it is tried again."""
