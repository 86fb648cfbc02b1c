"""A drop-in that lowers a service's exposure and leaves out what the service shows that it needs.  Pure."""
