"""Commands that print figures: how right, how fast, how robust. ``python -m bench --help`` lists them.

Nothing here is part of the package. Scores work on the plain JSON contract of ``chartcode code --format jsonl``, so
that a saved answer of any version can be scored again.
"""
