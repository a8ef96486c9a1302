"""The names of the queues that mean something to a worker. Beat reads them too, without Django."""

DEFAULT_QUEUE = "default"
URGENT_QUEUE = "now"  # what somebody waits for, and the clock: every worker takes it first
LONG_QUEUES = ("imports", "reports", "networks")  # what may take minutes: one process of a worker stays free of it
