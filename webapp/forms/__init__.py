"""Web forms: labels and widgets. Their rules are the schemas'."""
