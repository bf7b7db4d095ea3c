"""The rules: one folder an authority, one file a fault."""
