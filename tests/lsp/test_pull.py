"""Findings for editors that ask for them: of one document, and of the whole folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.lsp.conftest import BROKEN, WEB
from tests.lsp.editor import EVERYTHING, Editor


def asking(folder: Path, **more: Any) -> Editor:
    """An editor that asks for diagnostics itself."""
    document = {**EVERYTHING["textDocument"], "diagnostic": {"relatedDocumentSupport": True}}
    workspace = {**EVERYTHING["workspace"], "diagnostics": {"refreshSupport": True}}
    return Editor(folder, {**EVERYTHING, "textDocument": document, "workspace": workspace}, **more)


def test_who_asks_is_not_told_without_asking(folder: Path) -> None:
    editor = asking(folder)
    uri = editor.open(folder / "web.service", BROKEN)
    assert not any(one.get("method") == "textDocument/publishDiagnostics" for one in editor.messages)
    report = editor.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert report["kind"] == "full"
    assert "UL103" in [one.get("code") for one in report["items"]]
    again = {"textDocument": {"uri": uri}, "previousResultId": report["resultId"]}
    assert editor.ask("textDocument/diagnostic", again) == {"kind": "unchanged", "resultId": report["resultId"]}
    editor.replace(uri, WEB)
    assert editor.ask("textDocument/diagnostic", again)["kind"] == "full"


def test_the_whole_folder_can_be_asked_for(folder: Path) -> None:
    (folder / "bad.service").write_text("[Service]\nExecStart=/usr/bin/x\nRestart=on-fail\n")
    editor = asking(folder)
    found = editor.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    bad = next(one for one in found if one["uri"].endswith("/bad.service"))
    assert "UL103" in [one["code"] for one in bad["items"]]
    before = [{"uri": one["uri"], "value": one["resultId"]} for one in found]
    again = editor.ask("workspace/diagnostic", {"previousResultIds": before})["items"]
    assert {one["kind"] for one in again} == {"unchanged"}
    (folder / "bad.service").unlink()
    gone = editor.ask("workspace/diagnostic", {"previousResultIds": before})["items"]
    assert next(one for one in gone if one["uri"].endswith("/bad.service"))["items"] == []


def test_the_folder_is_asked_with_the_texts_of_the_editor(folder: Path) -> None:
    editor = asking(folder)
    uri = editor.open(folder / "web.service", BROKEN)
    found = editor.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    assert "UL103" in [one.get("code") for report in found if report["uri"] == uri for one in report["items"]]


def test_a_client_that_asks_is_told_to_ask_again(folder: Path) -> None:
    editor = asking(folder)
    editor.open(folder / "web.service", WEB)
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": (folder / "x.service").as_uri(), "type": 1}]})
    assert any(one.get("method") == "workspace/diagnostic/refresh" for one in editor.messages)


def test_folders_come_and_go(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "bad.service").write_text("[Service]\nExecStart=/usr/bin/x\nRestart=on-fail\n")
    editor = asking(folder)
    event = {"added": [{"uri": other.as_uri(), "name": "other"}], "removed": [{"uri": folder.as_uri(), "name": "x"}]}
    editor.tell("workspace/didChangeWorkspaceFolders", {"event": event})
    found = editor.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    assert [one["uri"] for one in found] == [(other / "bad.service").as_uri()]


def test_a_folder_that_was_removed_does_not_hide_the_others(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "gone"
    other.mkdir()
    (folder / "bad.service").write_text("[Service]\nExecStart=/usr/bin/x\nRestart=on-fail\n")
    folders = [{"uri": place.as_uri(), "name": place.name} for place in (other, folder)]
    editor = asking(folder, workspaceFolders=folders)
    other.rmdir()
    items = editor.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    assert any(item["uri"].endswith("bad.service") and item["items"] for item in items)
