"""Many coded cases -> measures: billing, compliance, quality and trends, each with its definition and its cases."""
