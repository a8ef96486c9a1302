"""Free times with one person, booking, a queue without appointments, calendars that block."""
