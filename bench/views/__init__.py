"""What is looked at, and what it costs: pages, lists, live maps, dashboards."""
