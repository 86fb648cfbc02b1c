"""What a rule is, how rule files are read, and which rules are on."""
