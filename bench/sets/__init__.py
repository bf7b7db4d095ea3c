"""Readers of the labelled sets, one module a set: a path in, notes with their keys out."""
