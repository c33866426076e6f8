"""Drills in which processes and machines fail: workers, PostgreSQL, its primary; and deploys, which must not."""
