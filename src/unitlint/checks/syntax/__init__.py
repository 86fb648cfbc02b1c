"""What systemd's reader makes of the lines of a file."""
