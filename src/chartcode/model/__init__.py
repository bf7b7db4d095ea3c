"""The words that every room speaks: frozen dataclasses on the standard library alone, without input or output."""
