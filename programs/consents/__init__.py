"""Versioned notices and the insert-only ledger."""
