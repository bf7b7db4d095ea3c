"""A publisher's file becomes a release: one module for each format."""
