"""A diagnosis as a person or a program wants to read it: a module a format."""
