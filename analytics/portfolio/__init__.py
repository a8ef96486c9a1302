"""Several programs side by side, for who leads them."""
