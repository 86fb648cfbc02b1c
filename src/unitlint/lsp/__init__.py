"""The language server: one editor on standard input and output (Language Server Protocol 3.17)."""
