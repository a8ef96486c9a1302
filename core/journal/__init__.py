"""What was done or looked at, by whom, when."""
