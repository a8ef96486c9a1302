"""Who helps when, help in a crisis, incidents."""
