"""What may be done, in plain arguments and answers: no HTTP here."""
