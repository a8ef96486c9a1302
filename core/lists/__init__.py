"""Lists people work on: filters, order, kept views, several rows at once."""
