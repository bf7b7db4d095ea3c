"""The National Correct Coding Initiative: pairs, units and add-on codes."""
