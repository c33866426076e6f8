"""Planted bugs, each of which the checker must find and name.

Each is planted in a database of its own, in the guards, the index, or the statements and verbs of the service.
"""
