"""Two things never share a name: a public class or type alias stands in one module alone."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import unitlint

SOURCE = Path(unitlint.__file__).parent


def _defined(statements: list[ast.stmt]) -> Iterator[str]:
    """The classes and aliases (names such as ``DirectiveName``) of a module, those for type checkers included."""
    for statement in statements:
        if isinstance(statement, ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Assign):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            yield from (name for name in names if name[0].isupper() and not name.isupper() and "_" not in name)
        elif isinstance(statement, ast.If):
            yield from _defined(statement.body)


def test_no_public_class_or_alias_is_defined_twice() -> None:
    modules: dict[str, list[str]] = defaultdict(list)
    for path in SOURCE.rglob("*.py"):
        for name in _defined(ast.parse(path.read_text(encoding="utf-8")).body):
            modules[name].append(path.relative_to(SOURCE).as_posix())
    assert "Settings" in modules
    assert {name: found for name, found in modules.items() if len(found) > 1 and not name.startswith("_")} == {}
