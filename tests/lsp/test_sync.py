"""Open texts follow the client's edits, and their findings are those of the command."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lsp.editor import Editor, apply_edits
from tools.lsp_edits import Typist, differences
from unitlint.lsp.documents import TextDocument

CHARACTERS = "ab=[]#\\ \t\n\rö𝄞%"


@given(
    st.text(CHARACTERS, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.text(CHARACTERS, max_size=8)), max_size=8),
)
def test_incremental_edits_give_the_client_s_text(text: str, edits: list[tuple[int, int, str]]) -> None:
    document = TextDocument("untitled:x", "systemd", 1, text, "utf-16")
    for first, last, new in edits:
        start, end = sorted((min(first, len(text)), min(last, len(text))))
        span = document.positions.range(start, end)
        # A place between \r and \n has no position of its own: the client cannot name it either.
        text = apply_edits(text, [{"range": span, "newText": new}])
        document.change([{"range": span, "text": new}])
        assert document.text == text


def test_changes_of_one_message_follow_on_each_other(editor: Editor) -> None:
    uri = editor.open("untitled:a.service", "[Unit]\n")
    first: dict[str, Any] = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}}
    second: dict[str, Any] = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 3}}
    editor.change(uri, [{"range": first, "text": "abc=1\n"}, {"range": second, "text": "X"}])
    document = editor.server.session.documents.get(uri)
    assert document is not None
    assert document.text == "[Unit]\nX=1\n"


def test_a_range_that_is_turned_round_is_taken_as_meant(editor: Editor) -> None:
    uri = editor.open("untitled:a.service", "[Unit]\n")
    span = {"start": {"line": 0, "character": 5}, "end": {"line": 0, "character": 1}}
    editor.change(uri, [{"range": span, "text": "Install"}])
    assert editor.server.session.documents.get(uri).text == "[Install]\n"  # type: ignore[union-attr]


def test_a_change_of_what_is_not_open_is_logged(editor: Editor) -> None:
    editor.tell("textDocument/didChange", {"textDocument": {"uri": "file:///x.service"}, "contentChanges": []})
    assert any("not open" in line for line in editor.logged())


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_random_edits_leave_both_sides_equal(seed: int) -> None:
    typist = Typist(seed)
    for _ in range(40):
        typist.edit()
    assert differences(typist) == []


def test_the_tool_notices_a_server_that_is_wrong() -> None:
    typist = Typist(1)
    for _ in range(5):
        typist.edit()
    document = next(iter(typist.server.session.documents))
    document.replace(document.text + "\n[Nonsense\n")
    assert differences(typist) != []
