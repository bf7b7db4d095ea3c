"""Engines: each reads the case and yields proposals; none knows another, and none decides."""
