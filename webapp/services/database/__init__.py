"""How the services reach the database: connections, its time, and what it says no with."""
