"""What others publish about the company and its rivals: feeds that are read, lists that are brought, names counted."""
