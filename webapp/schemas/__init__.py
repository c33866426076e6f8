"""What may be asked and what is answered: the rules of every field, once, for JSON and for forms."""
