"""Small trees of units and what systemd made of each, compared as the tests do it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory


def compare(path: Path) -> Iterator[tuple[str, str]]:
    """The name of each vector, and what disagrees; nothing where all of it agrees."""
    test_vector = import_module("tests.conformance.test_syntax_vectors").test_vector
    for vector in json.loads(path.read_text(encoding="utf-8"))["vectors"]:
        with TemporaryDirectory() as folder:
            try:
                test_vector(vector, Path(folder))
            except AssertionError as error:
                yield vector["id"], str(error).strip().split("\n")[0] or "differs"
            else:
                yield vector["id"], ""
