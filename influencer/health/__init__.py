"""/health/live, /health/ready, the worker's heartbeat."""
