"""The query catalogue: queries as files with a spoken header, and typed values for their parameters."""
