"""Phases, milestones, the seven-phase template."""
