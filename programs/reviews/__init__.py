"""Records of reviews: traffic light, findings, decisions, actions, minutes."""
