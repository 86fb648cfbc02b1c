"""The README tells the truth, and `examples/` holds a mistake for every category of rules."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from unitlint.api import check_paths
from unitlint.base.version import __version__
from unitlint.catalogue import RELEASES
from unitlint.rules.rule_set import load_rules

NEEDS_A_ROOT = "UL5"
"""These rules look up users and binaries in a root directory, which the examples have not."""


@pytest.fixture
def examples(repository: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(repository)
    return "examples"


def test_every_category_has_its_planted_mistake(examples: str) -> None:
    wanted = {rule.code[:3] for rule in load_rules() if rule.profile != "strict"} - {NEEDS_A_ROOT}
    assert {finding.code[:3] for finding in check_paths(examples).findings} >= wanted


def test_the_one_good_file_is_silent(examples: str) -> None:
    assert not check_paths(os.path.join(examples, "units", "shop.target")).findings


def test_the_readme_counts_right(repository: Path) -> None:
    """Every figure that it gives is one of the page on conformance."""
    readme = (repository / "README.md").read_text(encoding="utf-8")
    page = (repository / "docs" / "conformance.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d{3}) \| [^|]+ \| ([\d.]+) % of ", page, re.MULTILINE)
    (first, last), (share,), (number,) = (
        re.search(r"systemd (\d+) to (\d+)", readme).groups(),  # type: ignore[union-attr]
        re.findall(r"at least ([\d.]+) %", readme),
        re.findall(r"For (\w+) of these releases", readme),
    )
    assert number == ("eight", "nine", "ten", "eleven")[len(rows) - 8]
    assert (int(first), int(last)) == (int(rows[0][0]), int(rows[-1][0])) == (RELEASES[0], RELEASES[-1])
    assert all(float(agreed) >= float(share) for _, agreed in rows)


def test_every_rule_that_the_readme_names_exists(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bUL\d{3}\b", readme)) <= {rule.code for rule in load_rules()}


def test_the_docs_pin_the_version_there_is(repository: Path) -> None:
    pages = [repository / "README.md", *(repository / "docs").glob("*.md")]
    texts = "".join(page.read_text(encoding="utf-8") for page in pages)
    pinned = set(re.findall(r"unitlint/unitlint(?:@|\s+rev: )v([\d.]+)", texts))
    assert pinned == {__version__}
