"""What more data costs those who ask for little of it."""
