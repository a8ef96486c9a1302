"""Cohorts, invitations, rosters, onboarding, pause and leave."""
