"""Writes plans in the form of the pretix seating-plan editor, anew or into the file they came from."""
