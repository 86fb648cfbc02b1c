"""What makes systemd refuse or distrust a unit as a whole, when all of it is read (UL2xx)."""
