"""Which files are units, drop-ins and confs, and reading them safely."""
