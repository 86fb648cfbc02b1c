"""Which lines changed since a git revision."""
