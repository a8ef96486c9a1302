"""Mentors and buddies, when both agree."""
