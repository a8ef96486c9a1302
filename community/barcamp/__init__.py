"""An event whose sessions come from those who take part: proposals, votes, rooms, notes."""
