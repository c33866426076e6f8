"""Crowds that buy: their moods, the desks where they ask, and the houses they come to."""
