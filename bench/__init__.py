"""What Holdfast can bear: each program prints figures of one run and their ratio to a baseline of the same run.

The ratios are what to trust; the machines that run these are shared and noisy. Nothing here is part of the tests.
"""
