"""Charts, and who has which seat."""
