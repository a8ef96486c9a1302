"""Own figures; aggregates for everybody else."""
