"""How exposed services are, as a person or a program wants to read it: a module a format."""
