"""Comments that suppress findings, and those that suppress nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from unitlint.api import check_paths, check_text
from unitlint.syntax.ignore_comments import ignores_in

UNIT = """\
[Unit]
Description=Ignored here and there

[Service]
ExecStart=/usr/bin/app
MemoryMax=1G
Restart=on-failure
{comment}
Nice=loud
{after}"""


def codes(comment: str, after: str = "", **settings: object) -> list[str]:
    text = UNIT.format(comment=comment, after=after)
    return [f"{one.line}:{one.code}" for one in check_text(text, select=["UL0", "UL103"], **settings)]


def test_nothing_is_ignored_without_a_comment() -> None:
    assert codes("# Nice is loud on purpose") == ["9:UL103"]


def test_the_line_below_is_meant() -> None:
    assert codes("# unitlint: ignore[UL103] loud on purpose") == []
    assert codes("; unitlint: ignore[UL103]") == []
    assert codes("#unitlint:ignore[ UL301 , invalid-value ]") == []
    assert codes("# unitlint: ignore[UL1]\n# another comment\n") == []


def test_only_the_line_below_is_meant() -> None:
    assert codes("# unitlint: ignore[UL103]", "Nice=louder\n") == ["10:UL103"]


def test_a_continued_value_is_one_line() -> None:
    text = "[Service]\nExecStart=/bin/a\n# unitlint: ignore[UL103]\nNice=\\\n# within\n  loud\n"
    assert check_text(text, select=["UL103", "UL014"]) == []


def test_before_the_first_section_the_whole_file_is_meant() -> None:
    text = "# unitlint: ignore[UL103] all of it\n" + UNIT.format(comment="", after="Nice=louder\n")
    assert check_text(text, select=["UL103", "UL014"]) == []


def test_unused_comments_are_findings() -> None:
    assert codes("# unitlint: ignore[UL103, UL002]") == ["8:UL014"]
    (found,) = check_text("[Service]\nExecStart=/bin/a\n# unitlint: ignore[UL103]\nNice=5\n", select=["UL103", "UL014"])
    assert found.message == "this comment suppresses nothing: UL103 finds nothing there"
    assert (found.line, found.column, found.end_column) == (3, 3, 26)


def test_rules_that_are_off_are_left_alone() -> None:
    assert codes("# unitlint: ignore[UL103, UL301]") == []


def test_misspelt_codes() -> None:
    (found, _) = check_text(
        "[Service]\nExecStart=/bin/a\n# unitlint: ignore[invalid-valu]\nNice=loud\n", select=["UL103", "UL014"]
    )
    assert found.message == "this comment names invalid-valu, which is not a rule"


def test_setting() -> None:
    assert codes("# unitlint: ignore[UL103]", ignore_comments=False) == ["9:UL103"]


def test_drop_ins_keep_their_own(tmp_path: Path) -> None:
    """A comment in a drop-in of several units is used if it is used for one of them."""
    folder = tmp_path / "service.d"
    folder.mkdir()
    (folder / "1.conf").write_text("[Service]\n# unitlint: ignore[UL103]\nNice=loud\n")
    for name in ("a.service", "b.service"):
        (tmp_path / name).write_text("[Service]\nExecStart=/bin/a\n")
    assert check_paths([tmp_path], select=["UL103", "UL014"]).findings == ()


def test_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.service").write_text(UNIT.format(comment="# unitlint: ignore[UL103]", after=""))
    command = [sys.executable, "-m", "unitlint", "check", "--isolated", "--select=UL103,UL014", "a.service"]
    quiet = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=os.environ)
    loud = subprocess.run([*command, "--no-ignores"], cwd=tmp_path, capture_output=True, check=False, env=os.environ)
    assert (quiet.returncode, loud.returncode) == (0, 1)


def test_workers_tell_of_comments(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"u{number}.service").write_text(UNIT.format(comment="# unitlint: ignore[UL103]", after=""))
    assert check_paths([tmp_path], jobs=2, select=["UL103", "UL014"]).findings == ()


@given(st.text(alphabet="#;[] \t\\\nunitl:ignore,UL01=", max_size=200))
def test_any_text(text: str) -> None:
    for one in ignores_in(text):
        assert 1 <= one.line <= text.count("\n") + 1
        assert 1 <= one.column < one.end_column
