"""What is recorded of a run, and whether it kept the promise."""
