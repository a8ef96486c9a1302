"""What members show of themselves, and how one asks them."""
