"""How fast Holdfast is over HTTP, beside the bare SQL and beside a plain implementation of the same."""
