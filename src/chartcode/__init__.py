"""Chartcode codes medical records: a chart goes in, checked codes with their evidence come out."""
