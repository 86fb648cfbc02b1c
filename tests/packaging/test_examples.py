"""The README tells the truth, and `examples/` holds a mistake for every category of rules."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from unitlint.api import check_paths
from unitlint.report import full
from unitlint.rules.load import load_rules

NEEDS_A_ROOT = "UL5"
"""These rules look up users and binaries in a root tree, which the examples have not."""

SAMPLE = re.compile(r"```text\n(.*?)\n```", re.DOTALL)


@pytest.fixture
def examples(repository: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(repository)
    return "examples"


def test_every_category_has_its_planted_mistake(examples: str) -> None:
    wanted = {rule.code[:3] for rule in load_rules() if rule.profile != "strict"} - {NEEDS_A_ROOT}
    assert {finding.code[:3] for finding in check_paths(examples).findings} >= wanted


def test_the_one_good_file_is_silent(examples: str) -> None:
    assert not check_paths(os.path.join(examples, "units", "shop.target")).findings


def test_what_the_readme_shows_is_what_is_printed(examples: str, repository: Path) -> None:
    """`UPDATE_SNAPSHOTS=1 pytest tests/packaging/test_examples.py` writes it anew."""
    readme = repository / "README.md"
    printed = full.render(check_paths(examples)).split("\n\n")
    wanted = next(block for block in printed if block.startswith("UL303") and "10-limits.conf" in block)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        text = SAMPLE.sub(lambda _: f"```text\n{wanted}\n```", readme.read_text(encoding="utf-8"), count=1)
        readme.write_text(text, encoding="utf-8")
    shown = SAMPLE.search(readme.read_text(encoding="utf-8"))
    assert shown is not None
    assert shown[1] == wanted


def test_every_rule_that_the_readme_names_exists(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bUL\d{3}\b", readme)) <= {rule.code for rule in load_rules()}
