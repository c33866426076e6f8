"""What operators, and whoever doubts the promise, ask of a site that serves."""
