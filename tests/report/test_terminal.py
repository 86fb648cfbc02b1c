"""What is underlined stays underlined, and nothing in a file steers the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint.report.terminal import LONGEST, Piece, paint, piece, safe, safe_lines, width_of


def underlined(shown: Piece) -> str:
    """The cells that the carets stand below; a wide character takes two of them."""
    cells = [(character, number) for character in shown.text for number in range(width_of(character))]
    stretch = cells[shown.offset : shown.offset + shown.width]
    return "".join(character for character, number in stretch if number == 0)


@pytest.mark.parametrize(
    ("line", "column", "end_column", "shown"),
    [
        ("Nice=50", 6, 8, Piece("Nice=50", 5, 2)),
        ("Nice=50", 1, 1, Piece("Nice=50", 0, 1)),
        ("Nice=50", 8, 8, Piece("Nice=50", 7, 1)),
        ("Nice=50", 20, 30, Piece("Nice=50", 7, 1)),
        ("Nice=50", 6, 30, Piece("Nice=50", 5, 2)),
        ("Nice=50", 0, 3, Piece("Nice=50", 0, 2)),
        ("Nice=50", 6, 3, Piece("Nice=50", 5, 1)),
        ("Nice=5  ", 6, 7, Piece("Nice=5", 5, 1)),
        ("", 1, 1, Piece("", 0, 1)),
        ("Nice=\x1b", 6, 7, Piece("Nice=\\x1b", 5, 4)),
        ("\tNice=5", 2, 6, Piece("    Nice=5", 4, 4)),
        ("ab\tNice=5", 4, 8, Piece("ab  Nice=5", 4, 4)),
        ("ab\tNice=5", 3, 4, Piece("ab  Nice=5", 2, 2)),
        ("X=日本 y", 3, 5, Piece("X=日本 y", 2, 4)),
        ("X=日本 y", 6, 7, Piece("X=日本 y", 7, 1)),
        ("X=é", 4, 4, Piece("X=é", 3, 1)),
    ],
)
def test_a_line_and_its_stretch(line: str, column: int, end_column: int, shown: Piece) -> None:
    assert piece(line, column, end_column) == shown


ENDS = [
    ("A=here" + "x" * LONGEST, 3),
    ("A=" + "x" * 400 + "here" + "y" * 400, 403),
    ("A=" + "x" * LONGEST + "here", 3 + LONGEST),
]


@pytest.mark.parametrize(("line", "column"), ENDS, ids=["at its start", "in the middle", "at its end"])
@pytest.mark.parametrize("accent", ["", "é"], ids=["ASCII", "accents"])
def test_a_long_line_is_shown_around_the_stretch(line: str, column: int, accent: str) -> None:
    line = line.replace("x", accent or "x")
    shown = piece(line, column, column + 4)
    assert underlined(shown) == "here"
    kept = shown.text.strip("…")
    assert len(kept) == LONGEST
    assert kept in line
    assert shown.text.startswith("…") is not line.startswith(kept)
    assert shown.text.endswith("…") is not line.endswith(kept)


def test_of_a_stretch_that_is_too_long_the_start_is_shown() -> None:
    line = "A=" + "x" * 100 + "<" + "y" * 1000 + ">"
    shown = piece(line, 103, len(line) + 1)
    assert underlined(shown).startswith("<yyy")
    assert shown.offset + shown.width <= LONGEST + 1


def test_an_end_before_the_start_counts_as_the_start() -> None:
    line = "x" * 199 + "y" + "x" * 100
    assert piece(line, 200, 1) == piece(line, 200, 200)
    assert underlined(piece(line, 200, 1)) == "y"


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1])
def test_which_lines_are_shown_in_part(length: int) -> None:
    line = "x" * length
    assert piece(line, 1, 2).text == (line if length == LONGEST else "x" * LONGEST + "…")
    assert piece(line, length, length + 1).text == (line if length == LONGEST else "…" + "x" * LONGEST)


@given(st.text(max_size=400), st.integers(0, 420), st.integers(0, 420))
def test_the_carets_stand_below_what_is_shown(line: str, column: int, end_column: int) -> None:
    shown = piece(line, column, end_column)
    assert shown.width >= 1
    assert shown.offset >= 0
    assert safe(shown.text) == shown.text
    if 1 <= column < end_column <= len(line) + 1 <= LONGEST + 1:
        # Marks that join the character before them may stand outside of the stretch: they take no cell.
        stretch = safe(line[column - 1 : end_column - 1].replace("\t", " "))
        visible = [character for character in stretch if width_of(character)]
        found = [character for character in underlined(shown) if width_of(character)]
        if "\t" not in line and line.rstrip() == line and visible:
            assert found == visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\nb\tc", "a\\x0ab\\x09c"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x7f\x80\x9f", "\\x7f\\u0080\\u009f"),
        ("caf\udce9", "caf\\xe9"),
        ("\udc80\udcff", "\\x80\\xff"),
        ("\ud800", "\\ud800"),
        ("\u202e\u200b\ufeff", "\\u202e\\u200b\\ufeff"),
        ("é日", "é日"),
    ],
)
def test_what_steers_a_terminal_is_spelt_out(text: str, shown: str) -> None:
    assert safe(text) == shown
    shown.encode()


def test_line_ends_and_tabs_of_several_lines_stay() -> None:
    assert safe_lines("a\tb\n\x1bc\n") == "a\tb\n\\x1bc\n"


def test_colors_only_where_they_are_wanted_and_there_is_text() -> None:
    assert paint("x", "error", True) == "\x1b[1;31mx\x1b[0m"
    assert paint("x", "error", False) == "x"
    assert paint("", "error", True) == ""


@pytest.mark.parametrize(("text", "cells"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("é", 1), ("Ａ", 2)])  # noqa: RUF001
def test_cells(text: str, cells: int) -> None:
    assert width_of(text) == cells
