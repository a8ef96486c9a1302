"""Notes on the time line: what program managers write at a day or a week, so that charts can be read."""
