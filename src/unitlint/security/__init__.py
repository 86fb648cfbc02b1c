"""How exposed a service is, by the arithmetic of ``systemd-analyze security`` (analyze-security.c).  Pure."""
