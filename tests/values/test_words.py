"""Cutting a value into words, as extract_first_word does."""

from __future__ import annotations

import pytest

from unitlint.values.words import (
    CUNESCAPE,
    DONT_COALESCE_SEPARATORS,
    KEEP_QUOTE,
    RELAX,
    RETAIN_ESCAPE,
    UNESCAPE_RELAX,
    UNESCAPE_SEPARATORS,
    UNQUOTE,
    Failure,
    Word,
    read_words,
    split_words,
)


def texts(value: str, separators: str = " \t\n\r", flags: int = UNQUOTE) -> list[str]:
    return [word.text for word in split_words(value, separators, flags)]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", []),
        ("   ", []),
        ("one", ["one"]),
        (" one  two\tthree ", ["one", "two", "three"]),
        ('"a b" c', ["a b", "c"]),
        ("'a b'c d", ["a bc", "d"]),
        ('a="b c"', ["a=b c"]),
        ('""', [""]),
        (r"a\ b", ["a b"]),
    ],
)
def test_unquoted_words(value: str, words: list[str]) -> None:
    assert texts(value) == words


def test_places_are_those_of_the_value() -> None:
    assert split_words('x "a b" y') == [Word("x", 0, 1), Word("a b", 2, 7), Word("y", 8, 9)]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (r"\x41\t", ["A\t"]),
        (r"\101", ["A"]),
        (r"\u00e4", ["ä"]),
        (r"a\sb", ["a b"]),
        (r"\"q\"", ['"q"']),
    ],
)
def test_c_escapes(value: str, words: list[str]) -> None:
    assert texts(value, flags=UNQUOTE | CUNESCAPE) == words


@pytest.mark.parametrize("value", [r"a \d", r"\x4", r"\000", r"\400", "a\\", r"\U00110000"])
def test_unknown_escape_stops_the_reading(value: str) -> None:
    reading = read_words(value, flags=UNQUOTE | CUNESCAPE)
    assert reading.failure == Failure(value.index("\\"), "escape")


def test_unknown_escape_may_be_kept() -> None:
    assert texts("\\d a\\", flags=UNQUOTE | CUNESCAPE | UNESCAPE_RELAX) == ["\\d", "a\\"]


def test_open_quote_fails_after_the_words_before_it() -> None:
    reading = read_words('ok "never closed')
    assert [word.text for word in reading.words] == ["ok"]
    assert reading.failure == Failure(3, "quote")


def test_open_quote_may_be_forgiven() -> None:
    assert texts('ok "never closed', flags=UNQUOTE | RELAX) == ["ok", "never closed"]


def test_quotes_may_stay() -> None:
    assert texts('"a b" c', flags=KEEP_QUOTE) == ['"a b"', "c"]
    assert texts('"a b"', flags=0) == ['"a', 'b"']


def test_backslash_may_be_plain() -> None:
    assert texts(r"a\ b", flags=RETAIN_ESCAPE) == ["a\\", "b"]


def test_empty_words_between_separators() -> None:
    assert texts("a::b:", ":", DONT_COALESCE_SEPARATORS) == ["a", "", "b", ""]
    assert texts("", ":", DONT_COALESCE_SEPARATORS) == [""]
    assert texts("a::b:", ":", 0) == ["a", "b"]


def test_escaped_separators() -> None:
    assert texts(r"a\:b:c", ":", UNESCAPE_SEPARATORS) == ["a:b", "c"]
