"""Many who want seats at once, as a show sees them, and what their rules and limits cost."""
