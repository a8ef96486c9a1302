"""Letters that come to each person in their own time, counted from a day of their own."""
