"""A rule is wired in its rule.yaml alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path


def test_no_code_of_a_rule_stands_in_the_code(repository: Path) -> None:
    """What needs one rule finds it by a key of its rule.yaml; a sentence for a person may name one."""
    found = [
        f"{path.relative_to(repository)}:{node.lineno}: {node.value}"
        for path in sorted((repository / "src").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"UL\d{3}", node.value)
    ]
    assert found == []


def test_most_rules_that_can_be_said_without_code_are(repository: Path) -> None:
    """A rule with conditions has no predicate beside them."""
    files = [file.read_text(encoding="utf-8") for file in (repository / "rules").glob("*/*/rule.yaml")]
    declarative = [text for text in files if re.search(r"^(match|require):", text, re.MULTILINE)]
    assert len(declarative) >= 60
    assert not [text for text in declarative if re.search(r"^check:", text, re.MULTILINE)]
