"""Podman Quadlet: files out of which Podman's generator makes services (podman-systemd.unit(5))."""
