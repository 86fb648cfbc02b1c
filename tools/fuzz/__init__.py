"""Differential fuzzing: mutants of real units, judged by one systemd release and by unitlint."""
