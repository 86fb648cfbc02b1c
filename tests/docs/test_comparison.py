"""docs/comparison.md is right about what unitlint sees of its samples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from unitlint.api import check_paths

SAMPLES = Path(__file__).parent / "comparison"
README = (SAMPLES.parents[2] / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| (\S+) \| .* \| (UL\d+)[^|]* \|$",
    (SAMPLES.parents[2] / "docs" / "comparison.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_every_sample_has_a_row() -> None:
    assert sorted(name for name, _ in ROWS) == sorted(path.name for path in SAMPLES.iterdir())


def test_the_readme_counts_right() -> None:
    page = (SAMPLES.parents[2] / "docs" / "comparison.md").read_text(encoding="utf-8")
    missed = re.findall(r"^\| \S+ \| .* \| (?:no)[^|]* \| (?:no)[^|]* \| UL", page, re.MULTILINE)
    assert (len(ROWS), len(missed)) == (15, 8)
    assert "It finds all 15 mistakes of the" in README
    assert "both miss eight of them" in README


@pytest.mark.parametrize(("name", "code"), ROWS)
def test_it_is_found(name: str, code: str) -> None:
    root = SAMPLES / name if name.endswith("image") else None
    release = 252 if "252" in name else 257
    found = check_paths([SAMPLES / name], root=root, systemd_version=release).findings
    assert code in {finding.code for finding in found}
