"""Memory limits and what the kernel's OOM killer does."""
