"""Wire: bytes <-> plain trees, format by format. What the bytes are, never what they mean: no medicine in here."""
