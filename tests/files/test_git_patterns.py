"""Patterns in git's form: the same verdicts as pathspec's, in bounded time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

import unitlint
from tests.growth import assert_linear
from unitlint.base.errors import UnitlintError
from unitlint.files.git_patterns import git_spec, git_spec_of_file

PIECES = ["*", "*", "a", "b", "/", "**/", "/**/", "?", "[ab]", "!", "\\*", "."]
PARTS = ["a", "b", "a/", "b/", "ab", "*", ".", "\n"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=10), st.lists(st.sampled_from(PARTS), min_size=1))
@settings(max_examples=1000, deadline=None)
def test_the_verdict_is_pathspecs(pieces: list[str], parts: list[str]) -> None:
    pattern, path = "".join(pieces), "".join(parts)
    try:
        theirs = GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return
    assert git_spec([pattern]).check_file(path).include == theirs.check_file(path).include


@pytest.mark.parametrize(
    ("pattern", "part"),
    [("*a*a*a*a*a*b", "a"), ("**/a/" * 8 + "b", "a/"), ("*a*b/**/" * 4 + "*c*d*e", "aab/"), ("?*" * 12 + "b", "a")],
)
def test_time_is_bounded(pattern: str, part: str) -> None:
    spec = git_spec([pattern])
    assert_linear(lambda size: spec.check_file(part * size), 200, factor=8, slack=8)


def test_a_line_that_is_no_pattern() -> None:
    spec = git_spec_of_file(["!", "a\\", "*.conf", "[[:alpha:]]"])
    assert spec.check_file("x.conf").include
    with pytest.raises(UnitlintError, match=r"is not one of [.]gitignore's"):
        git_spec(["!"])


def test_such_a_line_in_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("!\na\\\nb.service\n")
    for name in ("a", "b"):
        (tmp_path / f"{name}.service").write_text("[Service]\nExecStart=/bin/true\n")
    assert unitlint.check_paths(tmp_path).files == 1
