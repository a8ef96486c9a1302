"""What people come together for: planning, invitations, answers, waiting lists, the agenda."""
