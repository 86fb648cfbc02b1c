"""Formatting changes the form, and never what systemd reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from tests.lsp.editor import Editor
from unitlint import api
from unitlint.lsp.formatting import formatted
from unitlint.syntax.reader import read

PIECES = (
    "[Unit]", "[Service]", " [Install] ", "A = 1", "A=1", "  B=\t2  ", "C=\\", "C = a \\", "D=x\\ ", "# note",
    "; note", "   ", "", "\t", "# unitlint: ignore[UL101] why", "=x", "novalue", "[broken", "E=ö 𝄞",
    "\ufeff[Unit]", "F=\\\\",
)  # fmt: skip


def values(text: str) -> list[tuple[str, str, str]]:
    """What systemd reads."""
    return [(one.section, one.directive, one.value) for one in read(text, "").assignments]


def test_the_form() -> None:
    text = (
        "# head\n[Unit]\nDescription = Web \n\n\n\nAfter=a.target\n# about it\n[Service]\n  ExecStart =  /bin/x \\\n"
        "    -y\n\nUser=x\n\n\n"
    )
    assert formatted(text) == (
        "# head\n[Unit]\nDescription=Web\n\nAfter=a.target\n\n# about it\n[Service]\nExecStart=/bin/x \\\n"
        "    -y\n\nUser=x\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "[Unit]\n",
        "[Unit]\r\nA=1\r\n\r\n[Install]\r\nB=2\r\n",
        "# unitlint: ignore[UL101]\n[Unit]\n",
        "[Service]\nA=x\\ \nB=y\n",
        "[Service]\nExecStart=/bin/x \\\n# within\n  y\n",
    ],
)
def test_what_is_in_form_stays(text: str) -> None:
    assert formatted(text) == text


def test_carriage_returns_and_nuls_that_systemd_reads_its_own_way_are_left() -> None:
    for text in ("[Unit]\n\rA = 1\n", "[Unit]\nA = 1\0B = 2\n"):
        assert formatted(text) == text


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(("\n", "\r\n")), st.booleans())
def test_the_values_stay_the_same(lines: list[str], end: str, ended: bool) -> None:
    text = end.join(lines) + (end if ended else "")
    after = formatted(text)
    assert values(after) == values(text)
    assert formatted(after) == after


@given(st.text("[]=\\ \t\n\r#;aö\0", max_size=60))
def test_any_text_keeps_its_values(text: str) -> None:
    after = formatted(text)
    assert values(after) == values(text)
    assert [one.name for one in read(after, "").headers] == [one.name for one in read(text, "").headers]


def test_findings_stay_the_same_in_the_examples(repository: Path) -> None:
    number = 0
    for path in sorted((repository / "examples" / "units").glob("*.*")):
        if path.is_dir():
            continue
        text = path.read_text()
        before = [(one.code, one.message) for one in api.check_text(text, path.name)]
        after = [(one.code, one.message) for one in api.check_text(formatted(text), path.name)]
        assert sorted(after) == sorted(before)
        number += 1
    assert number > 3


def test_the_edits_are_small(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "a.service", "[Service]\nUser=x\nGroup = y\nNice=5\n")
    edits = editor.ask("textDocument/formatting", {"textDocument": {"uri": uri}, "options": {"tabSize": 4}})
    assert [one["range"]["start"]["line"] for one in edits] == [2]
    assert editor.applied(uri, edits) == "[Service]\nUser=x\nGroup=y\nNice=5\n"


def test_a_range_is_formatted_alone(editor: Editor, folder: Path) -> None:
    text = "[Service]\nUser = x\nNice=5\nGroup = y\n"
    uri = editor.open(folder / "a.service", text)
    span = {"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}}
    edits = editor.ask("textDocument/rangeFormatting", {"textDocument": {"uri": uri}, "range": span, "options": {}})
    assert editor.applied(uri, edits) == "[Service]\nUser=x\nNice=5\nGroup = y\n"


@pytest.mark.parametrize("name", ["a.service.j2", "values.yaml", "notes.txt"])
def test_templates_and_other_files_are_left(editor: Editor, folder: Path, name: str) -> None:
    uri = editor.open(folder / name, "[Service]\nUser = x\n", "plaintext")
    assert editor.ask("textDocument/formatting", {"textDocument": {"uri": uri}, "options": {}}) == []


def test_many_lines_that_are_alike_take_no_longer_than_others(folder: Path) -> None:
    def edits_of(number: int) -> None:
        editor = Editor(folder)
        uri = editor.open(folder / "x.service", "[Unit]\n" * number)
        editor.ask("textDocument/formatting", {"textDocument": {"uri": uri}, "options": {}})

    assert_linear(edits_of, 200, factor=8)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_the_edits_make_the_formatted_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    editor = Editor(None)
    uri = editor.open("untitled:x.service", text)
    edits = editor.ask("textDocument/formatting", {"textDocument": {"uri": uri}, "options": {}})
    assert editor.applied(uri, edits) == formatted(text)
    starts = [edit["range"]["start"]["line"] for edit in edits]
    assert starts == sorted(set(starts))
