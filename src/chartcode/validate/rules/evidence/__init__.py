"""Every code has words of the record behind it."""
