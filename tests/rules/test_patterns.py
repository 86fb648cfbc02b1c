"""Patterns mean what they mean to Python's own engine, and take no longer on what makes that one run for years."""

from __future__ import annotations

import re
import warnings
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from unitlint.rules.patterns import fault, glob, searcher

LETTERS = "ab1- _\n"
atoms = st.sampled_from(
    [
        "a",
        "b",
        "-",
        "1",
        ".",
        r"\d",
        r"\w",
        r"\s",
        r"\W",
        "[ab]",
        "[^a]",
        "[a-b1]",
        r"[^\w-]",
        "^",
        "$",
        r"\b",
        r"\A",
        r"\Z",
        r"\-",
    ]
)
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "*?", "{2}", "{1,3}", "{2,}"])).map(
            lambda parts: f"(?:{parts[0]}){parts[1]}"
        ),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"(?i:{one.upper() if one.isalpha() else one})"),
    ),
    max_leaves=6,
)


@given(patterns, st.text(LETTERS + "AB", max_size=8), st.sampled_from(["", "(?m)", "(?s)", "(?a)"]))
def test_as_the_engine_of_python(pattern: str, text: str, flags: str) -> None:
    if fault(flags + pattern) is None:
        assert searcher(flags + pattern)(text) == bool(re.search(flags + pattern, text)), (flags + pattern, text)


@given(st.text("ab*?[]!-.", max_size=6), st.text("ab[]!-.", max_size=6))
def test_globs_as_fnmatch_does(pattern: str, text: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of fnmatch itself, for `[?--]`
            wanted = fnmatchcase(text, pattern)
    except re.error:
        return
    if fault_of_glob(pattern) is None:
        assert glob(pattern)(text) == wanted, (pattern, text)


def fault_of_glob(pattern: str) -> str | None:
    try:
        glob(pattern)
    except ValueError as reason:
        return str(reason)
    return None


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)*b", ".*.*.*.*x", "(a?){25}a{25}$", "(a*)*b", "((a|b)*c|a)+d"])
def test_what_makes_backtracking_run_for_years(pattern: str) -> None:
    search = searcher(pattern)
    assert not search("a" * 20_000 + "!") or pattern.startswith("(a?)")
    assert_linear(lambda size: search("a" * size + "!"), 5_000)


@pytest.mark.parametrize(
    "pattern", [r"^team(-[a-z0-9]+)*\.slice$", "a{2,5}b+", r"[a-z]+@\w+", "(foo|bar)+baz", "(?i)x", "(?x) a # b"]
)
def test_usual_patterns(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"(a)\1", "a back-reference"),
        ("a(?=b)", "look-around"),
        ("(?<!a)b", "look-around"),
        ("(a)?(?(1)b|c)", "a conditional group"),
        ("(", "not a regular expression: missing )"),
        ("(a{100}){100}", "too large"),
        ("a" * 3000, "more than 2000 characters"),
    ],
)
def test_refused(pattern: str, said: str) -> None:
    assert said in str(fault(pattern))
