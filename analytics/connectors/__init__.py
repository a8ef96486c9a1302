"""Accounts whose public figures come by the clock, one module per network."""
