"""Plans without coordinates: a house is imagined from the names of sections, rows and seats."""
