"""The statement that guides the team: a workshop without names, votes, the text in versions."""
