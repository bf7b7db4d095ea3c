"""Many cases at once: their rows kept in Parquet files, from which reports are made without a server."""
