"""Every command in README.md, CONTRIBUTING.md and docs/ is run, and prints what is shown.

`UPDATE_SNAPSHOTS=1 pytest tests/docs` writes down what is printed now; read the diff.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tools.site.console import Command, blocks, commands, complaint, fits, follow, prepare, rewritten
from unitlint.settings.files import read_settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "examples" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
IDS = [str(page.relative_to(ROOT)) for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_commands_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if "```console" not in text:
        return
    environment = prepare(tmp_path, ROOT / "examples")
    complaints = []
    for block, command, status, printed in follow(text, tmp_path / "page", environment):
        wrong = complaint(block, command, status, printed)
        if wrong and os.environ.get("UPDATE_SNAPSHOTS") and "\nprinted:" in wrong:
            page.write_text(rewritten(page.read_text(encoding="utf-8"), block, command, printed), encoding="utf-8")
        elif wrong:
            complaints.append(wrong)
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_what_is_run_elsewhere_is_run_there(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        if "run by" in block.notes:
            file, _, test = block.notes["run by"].partition("::")
            assert (f"def {test}(" if test else "") in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_settings_that_are_shown_are_sound(page: Path, tmp_path: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.language in ("toml", "ini") and re.search(r"^\[(tool\.)?unitlint", block.body, re.MULTILINE):
            file = tmp_path / ("pyproject.toml" if block.language == "toml" else "tox.ini")
            file.write_text(block.body, encoding="utf-8")
            assert read_settings(str(file)) is not None


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_python_is_run_too(page: Path) -> None:
    """As a file that a command below it runs, or by a test."""
    text = page.read_text(encoding="utf-8")
    for block in blocks(text):
        if block.language == "python" and "run by" not in block.notes:
            assert f" {os.path.basename(block.notes['file'])}\n" in text, f"line {block.line}"


def test_a_page_is_read_as_its_reader_would() -> None:
    page = (
        "<!-- file: a.conf -->\n```ini\n[A]\n```\n\n<!-- in: b -->\n<!-- status: 2 -->\n"
        "```console\n$ one \\\n  two\nout\n\n$ three\n```\n\n1. x\n\n   ```console\n   $ four\n   five\n   ```\n"
    )
    first, second, third = blocks(page)
    assert (first.language, first.body, first.notes) == ("ini", "[A]\n", {"file": "a.conf"})
    assert second.notes == {"in": "b", "status": "2"}
    assert commands(second) == [Command("one \\\n  two", "out\n\n"), Command("three", "")]
    assert commands(third) == [Command("four", "five\n")]
    with pytest.raises(ValueError, match="unknown: fiel"):
        list(blocks("<!-- fiel: a -->\n```ini\n```\n"))
    with pytest.raises(ValueError, match="line 1: a console block begins"):
        commands(next(blocks("```console\nls\n```\n")))


@pytest.mark.parametrize(
    ("printed", "shown", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a \nb\n", "a\nb\n\n", True),
        ("a \nb\n", "a\nb\n", True),
        ("a\nb\nc\n", "a\n...\n", True),
        ("a\nb\nc\n", "a\n...\nc\n", True),
        ("a\nb\nc\n", "b\n...\n", False),
        ("a", "a\n", True),
        ("a.c\n", "abc\n", False),
    ],
)
def test_what_is_printed_fits_what_is_shown(printed: str, shown: str, same: bool) -> None:
    assert fits(printed, shown) is same


def test_a_wrong_command_is_told_and_what_is_printed_written(tmp_path: Path) -> None:
    page = "```console\n$ echo 1\n2\n\n$ ls nowhere\n```\n"
    environment = prepare(tmp_path, ROOT / "examples" / "unit-rules")
    (first, second) = follow(page, tmp_path / "page", environment)
    assert re.match(r"line 1: \$ echo 1\nprinted:\n1\n\nand not:\n2", complaint(*first) or "")
    assert "ended with 2" in (complaint(*second) or "")
    block, command, _, printed = first
    assert rewritten(page, block, command, printed) == page.replace("2\n", "1\n", 1)
