"""docs/root-trees.md names every rule that needs a root directory."""

from __future__ import annotations

import os
import re
from pathlib import Path

from unitlint.engine.dispatch import url_of
from unitlint.rules.rule_set import load_rules

PAGE = Path(__file__).resolve().parents[2] / "docs" / "root-trees.md"


BEGIN, END = "<!-- rules that need a root -->", "<!-- end -->"


def test_the_table_is_whole() -> None:
    """``UPDATE_SNAPSHOTS=1`` writes it anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    table, _, after = rest.partition(END)
    rows = [
        f"| [{rule.code}]({url_of(rule)}) | {rule.name} | {rule.severity} |" for rule in load_rules() if rule.needs_root
    ]
    wanted = "\n".join(["", "| rule | | severity |", "| --- | --- | --- |", *rows, ""])
    if os.environ.get("UPDATE_SNAPSHOTS"):
        PAGE.write_text(f"{before}{BEGIN}{wanted}{END}{after}", encoding="utf-8")
    assert re.findall(r"^\| \[.*$", table, re.MULTILINE) == rows
