"""How one thing leads to another: the strategy map of a program, and its figures in the order of known frameworks."""
