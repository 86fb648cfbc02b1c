"""Words that nobody reads twice: what people are told has none of our private vocabulary."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.words import offences
from unitlint.cli.parser import COMMANDS, main


def test_the_documentation_uses_them_too(repository: Path) -> None:
    names = (
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "examples/README.md",
        ".pre-commit-hooks.yaml",
        "action.yml",
    )
    wired = [
        path
        for folder in ("packaging", "editors")
        for path in (repository / folder).rglob("*")
        if path.suffix in (".md", ".yml", ".yaml")
    ]
    pages = [*(repository / name for name in names), *sorted((repository / "docs").glob("*.md")), *sorted(wired)]
    texts = [(page.name, page.read_text(encoding="utf-8")) for page in pages]
    found = [one for where, text in texts for one in offences(where, text)]
    assert found == [], "\n".join(found)
    assert [where for where, text in texts if re.search("^(<{7}|>{7}) ", text, re.MULTILINE)] == []


def strings_in(source: str) -> Iterator[tuple[int, str]]:
    """The texts in a module that a person may read: of several words, and no docstrings; fields are empty braces."""
    tree = ast.parse(source)
    unseen = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            unseen.update(id(value) for value in node.values)
            yield node.lineno, "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unseen:
            yield node.lineno, node.value


def test_messages_in_the_code_use_them_too(repository: Path) -> None:
    modules = sorted((repository / "src" / "unitlint").rglob("*.py"))
    found = [
        offence
        for module in modules
        for line, text in strings_in(module.read_text(encoding="utf-8"))
        if len(text.split()) > 2
        for offence in offences(f"{module.relative_to(repository)}:{line}", text)
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_of_commands_uses_them_too(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*filter(None, [command]), "--help"])
    found = offences(f"unitlint {command} --help", capsys.readouterr().out)
    assert found == [], "\n".join(found)
