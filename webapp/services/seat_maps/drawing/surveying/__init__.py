"""Plans with coordinates: brought to one scale, untangled, and without empty spaces."""
