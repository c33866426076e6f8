"""What was measured: the figures, the machine they are of, and how people read them."""
