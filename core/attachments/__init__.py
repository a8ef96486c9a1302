"""Files that hang on objects of rooms."""
