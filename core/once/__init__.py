"""A form that makes something makes it once, however often it is sent."""
