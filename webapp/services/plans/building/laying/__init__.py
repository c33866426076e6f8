"""How a block of rows becomes seats: how many, where, and what they are called."""
