"""The loop: order of a session, crashes, cancellation, and input that no client should send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lsp.conftest import WEB
from tests.lsp.editor import Editor
from unitlint.lsp import hover, publishing
from unitlint.lsp.documents import MAX_CHARACTERS
from unitlint.lsp.protocol import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    REQUEST_CANCELLED,
    SERVER_NOT_INITIALIZED,
)
from unitlint.lsp.server import NOTIFICATIONS, REQUESTS, Server
from unitlint.lsp.transport import MalformedError

START: dict[str, Any] = {"line": 0, "character": 0}


def code_of(answer: dict[str, Any]) -> int:
    """The code of a refusal."""
    return int(answer["error"]["code"])


def test_nothing_is_answered_before_initialize() -> None:
    said: list[dict[str, Any]] = []
    Server(said.append).handle({"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": {}})
    assert code_of(said[0]) == SERVER_NOT_INITIALIZED


def test_a_session_ends_by_shutdown_and_exit(editor: Editor) -> None:
    assert editor.ask("shutdown", None) is None
    assert code_of(editor.answer("textDocument/hover", {})) == INVALID_REQUEST
    editor.tell("exit", None)
    assert editor.server.exit_status == 0


def test_exit_without_shutdown_is_a_failure(editor: Editor) -> None:
    editor.tell("exit", None)
    assert editor.server.exit_status == 1


def test_initialize_twice_is_refused(editor: Editor) -> None:
    assert code_of(editor.answer("initialize", {"capabilities": {}})) == INVALID_REQUEST


def test_an_unknown_request_is_refused_and_an_unknown_notification_passed_over(editor: Editor) -> None:
    assert code_of(editor.answer("textDocument/moniker", {})) == METHOD_NOT_FOUND
    before = len(editor.messages)
    editor.tell("$/somethingNew", {})
    assert len(editor.messages) == before


def test_a_document_that_is_not_open_is_refused(editor: Editor) -> None:
    answer = editor.answer("textDocument/hover", {"textDocument": {"uri": "file:///x.service"}, "position": START})
    assert code_of(answer) == INVALID_PARAMS


def test_a_crash_in_one_request_is_an_error_and_a_line_in_the_log(
    editor: Editor, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    uri = editor.open(folder / "web.service")

    def crash(*_: Any) -> None:
        raise ZeroDivisionError("of all things")

    with monkeypatch.context() as patched:
        patched.setattr(hover, "hover", crash)
        answer = editor.answer("textDocument/hover", {"textDocument": {"uri": uri}, "position": START})
    assert code_of(answer) == INTERNAL_ERROR
    assert any("hover failed: ZeroDivisionError: of all things (test_server.py:" in line for line in editor.logged())
    assert "Traceback" not in capsys.readouterr().err
    assert editor.at("textDocument/hover", uri, 4, 2) is not None


def test_a_crash_while_publishing_does_not_end_the_server(
    editor: Editor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "of_document", lambda *_: 1 / 0)
        editor.open(folder / "web.service")
    assert any("publishDiagnostics failed" in line for line in editor.logged())
    uri = editor.open(folder / "web.slice")
    assert isinstance(editor.published(uri), list)


def test_a_request_that_is_cancelled_before_its_turn_is_answered_so() -> None:
    said: list[dict[str, Any]] = []
    cancelled: set[int | str] = {7}
    server = Server(said.append, cancelled)
    server.handle({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
    server.handle({"jsonrpc": "2.0", "id": 7, "method": "workspace/diagnostic", "params": {}})
    assert code_of(said[-1]) == REQUEST_CANCELLED
    assert cancelled == set()


def test_a_long_request_is_cancelled_while_it_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[dict[str, Any]] = []
    cancelled: set[int | str] = set()
    server = Server(said.append, cancelled)
    parameters = {"capabilities": {}, "rootUri": folder.as_uri()}
    server.handle({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": parameters})
    from unitlint.lsp.session import Session

    asked: list[int] = []

    def check(session: Session) -> None:
        asked.append(1)
        cancelled.add(2)
        original(session)

    original = Session.check_cancelled
    monkeypatch.setattr(Session, "check_cancelled", check)
    server.handle({"jsonrpc": "2.0", "id": 2, "method": "workspace/diagnostic", "params": {}})
    assert code_of(said[-1]) == REQUEST_CANCELLED
    assert len(asked) == 1


def test_findings_wait_while_messages_do_but_not_for_ever(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service")
    server = editor.server
    before = len(editor.messages)
    rounds = 0
    while len(editor.messages) == before:
        rounds += 1
        change = {"textDocument": {"uri": uri, "version": rounds}, "contentChanges": [{"text": WEB}]}
        server.handle({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": change})
        server.idle(nothing_waits=False)
        assert rounds < 100
    assert rounds > 5


@pytest.mark.parametrize("message", [[], "x", 1, True, {"id": 1, "method": 5}, {"method": None}, [{"id": 1}]])
def test_a_message_that_is_none_is_refused(editor: Editor, message: Any) -> None:
    editor.server.handle(message)
    assert code_of(editor.messages[-1]) == INVALID_REQUEST


def test_broken_json_is_answered(editor: Editor) -> None:
    editor.server.handle(MalformedError("no JSON"))
    assert code_of(editor.messages[-1]) == PARSE_ERROR


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.sampled_from(("textDocument", "uri", "x")), one),
    max_leaves=6,
)


@given(st.sampled_from([*REQUESTS, *NOTIFICATIONS, "shutdown", "$/cancelRequest"]), JSON, JSON)
def test_no_parameters_end_the_server(method: str, request: Any, parameters: Any) -> None:
    said: list[dict[str, Any]] = []
    server = Server(said.append)
    server.handle({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"capabilities": {}}})
    server.handle({"jsonrpc": "2.0", "method": method, "params": parameters})
    server.handle({"jsonrpc": "2.0", "id": request, "method": method, "params": parameters})
    server.idle()
    json.dumps(said)
    assert said[-1].get("id", request) == request or "method" in said[-1]


def test_a_huge_file_is_kept_but_not_checked(editor: Editor, folder: Path) -> None:
    text = "[Service]\n" + "# x\n" * (MAX_CHARACTERS // 4)
    uri = editor.open(folder / "huge.service", text)
    (note,) = editor.published(uri)
    assert "too large" in note["message"]
    editor.replace(uri, WEB.replace("on-failure", "on-fail"))
    assert "UL103" in editor.codes(uri)


def test_a_file_that_vanishes_is_survived(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service")
    for path in (folder / "web.service", folder / "web.service.d" / "10-memory.conf", folder / "web.slice"):
        path.unlink()
    editor.replace(uri, WEB + "# more\n")
    assert isinstance(editor.published(uri), list)
    (folder / "web.service.d").rmdir()
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    editor.replace(uri, WEB + "# and more\n")
    assert editor.at("textDocument/hover", uri, 7, 2) is not None
    assert not any("failed" in line for line in editor.logged())


@pytest.mark.parametrize(
    ("wrong", "mistake"),
    [
        ({"textDocument": None}, "textDocument must be an object"),
        ({"textDocument": {"uri": ["x"]}}, "textDocument.uri must be a string"),
        ({"position": {"line": "x", "character": 0}}, "position.line must be a whole number"),
        ({"range": {"start": {"line": 0}, "end": START}}, "start.character must be a whole number"),
        ({"range": [START, START]}, "range must be an object"),
    ],
)
def test_parameters_of_another_form_are_refused_with_what_is_expected(
    editor: Editor, folder: Path, wrong: dict[str, Any], mistake: str
) -> None:
    uri = editor.open(folder / "web.service", WEB)
    given = {"textDocument": {"uri": uri}, "position": START, "range": {"start": START, "end": START}, **wrong}
    for method in ("textDocument/hover", "textDocument/rangeFormatting", "textDocument/codeAction"):
        answer = editor.answer(method, given)
        assert code_of(answer) == INVALID_PARAMS
        assert answer["error"]["message"] == mistake


@pytest.mark.parametrize("wrong", [5, [{"text": 5}], [{"range": 5, "text": ""}], [5]])
def test_changes_of_another_form_are_passed_over(editor: Editor, folder: Path, wrong: Any) -> None:
    uri = editor.open(folder / "web.service", WEB)
    editor.change(uri, wrong)
    assert "textDocument/didChange was ignored" in editor.logged()[-1]
    assert editor.at("textDocument/hover", uri, 1, 1) is not None


def test_an_action_with_data_of_others_comes_back_as_it_is(editor: Editor) -> None:
    for data in (5, "x", ["x"], None):
        assert editor.ask("codeAction/resolve", {"title": "x", "data": data}) == {"title": "x", "data": data}
