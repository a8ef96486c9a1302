"""What people say about objects of rooms."""
