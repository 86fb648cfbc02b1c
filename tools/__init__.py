"""Scripts for those who work on unitlint."""
