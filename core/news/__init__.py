"""What people are told: kinds, the inbox, the ways and the hours, digests."""
