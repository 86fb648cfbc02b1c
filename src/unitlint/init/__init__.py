"""Setting unitlint up in a project: one module a kind of file, each a text in and a text out."""
