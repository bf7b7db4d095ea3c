"""Medicare's coverage policies."""
