"""Rules times units: what is asked of what, in which process, and what is left of it in the report."""
