"""The secret address of each person's own calendar, with the dates of all rooms."""
