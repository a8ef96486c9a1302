"""What people log."""
