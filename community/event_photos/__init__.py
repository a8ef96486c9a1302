"""Photos of events: who is in one agrees before others see it."""
