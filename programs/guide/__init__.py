"""Questions before a program begins, the concept they leave, the first 90 days."""
