"""The same endpoint as its framework's tutorials would have it, to measure against; it shares nothing with Holdfast."""
