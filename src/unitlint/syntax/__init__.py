"""Reading unit files without losing a byte, by systemd's own rules."""
