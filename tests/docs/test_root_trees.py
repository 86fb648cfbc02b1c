"""docs/root-trees.md names every rule that needs a root tree."""

from __future__ import annotations

import re
from pathlib import Path

from unitlint.rules.rule_set import load_rules

PAGE = Path(__file__).resolve().parents[2] / "docs" / "root-trees.md"


def test_the_table_is_whole() -> None:
    table = (
        PAGE.read_text(encoding="utf-8").partition("<!-- rules that need a root -->")[2].partition("<!-- end -->")[0]
    )
    named = re.findall(r"^\| \[(UL\d+)\]\(\S+\) \| (\S+) \| (\w+) \|$", table, re.MULTILINE)
    assert named == [(rule.code, rule.name, rule.severity) for rule in load_rules() if rule.needs_root]
