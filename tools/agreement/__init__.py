"""How far unitlint agrees with the recordings of what systemd itself said."""
