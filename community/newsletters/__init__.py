"""Issues, blocks, delivery ledger, unsubscribe."""
