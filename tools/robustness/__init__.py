"""Does any input crash unitlint, hang it, or take longer than its size: generated inputs of every kind."""
