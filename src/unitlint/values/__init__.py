"""Value grammars: text and release in, problems out; one module a family."""
