"""Pure readers: what a file of a network says, one module per layout, and the process that reads it apart."""
