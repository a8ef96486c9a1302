"""Short anonymous surveys of those who take part, from the question to what became of the answers."""
