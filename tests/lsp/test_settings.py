"""The settings that hold in the editor: those of files, read again when they change, and those of its own."""

from __future__ import annotations

from pathlib import Path

from tests.lsp.conftest import BROKEN, WEB
from tests.lsp.editor import Editor


def test_settings_are_found_as_for_the_command_and_read_again(editor: Editor, folder: Path) -> None:
    settings = folder / "unitlint.toml"
    settings.write_text('ignore = ["UL103"]\n')
    uri = editor.open(folder / "web.service", BROKEN)
    assert "UL103" not in editor.codes(uri)
    settings.write_text("profile = 'conform'\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": settings.as_uri(), "type": 2}]})
    assert "UL103" in editor.codes(uri)


def test_a_mistake_in_settings_is_shown_there_and_the_old_ones_hold(editor: Editor, folder: Path) -> None:
    settings = folder / "unitlint.toml"
    settings.write_text('ignore = ["UL103"]\n')
    uri = editor.open(folder / "web.service", BROKEN)
    settings.write_text('ignore = ["UL103"]\nprofil = "strict"\n')
    editor.tell("textDocument/didSave", {"textDocument": {"uri": settings.as_uri()}})
    (mistake,) = editor.published(settings.as_uri())
    assert mistake["range"]["start"]["line"] == 1
    assert "did you mean `profile`?" in mistake["message"]
    assert "UL103" not in editor.codes(uri)
    settings.write_text("profile = 'strict'\n")
    editor.tell("textDocument/didSave", {"textDocument": {"uri": settings.as_uri()}})
    assert editor.published(settings.as_uri()) == []
    assert "UL103" in editor.codes(uri)


def test_excluded_files_are_left_alone(editor: Editor, folder: Path) -> None:
    (folder / "unitlint.toml").write_text('exclude = ["vendor/"]\n')
    (folder / "vendor").mkdir()
    assert editor.published(editor.open(folder / "vendor" / "x.service", BROKEN)) == []


def test_the_editor_s_own_settings_go_first(folder: Path) -> None:
    editor = Editor(folder, initializationOptions={"settings": {"ignore": ["UL103"]}})
    uri = editor.open(folder / "web.service", BROKEN)
    assert "UL103" not in editor.codes(uri)
    editor.tell("workspace/didChangeConfiguration", {"settings": {"unitlint": {"settings": {}}}})
    assert "UL103" in editor.codes(uri)


def test_an_unknown_setting_of_the_editor_is_said(folder: Path) -> None:
    editor = Editor(folder, initializationOptions={"settings": {"profil": "strict"}})
    assert any("unknown setting `profil`" in str(one) for one in editor.messages)
    assert editor.open(folder / "web.service", WEB)


def test_the_client_is_asked_to_watch_files(editor: Editor) -> None:
    request = next(one for one in editor.messages if one.get("method") == "client/registerCapability")
    patterns = [one["globPattern"] for one in request["params"]["registrations"][0]["registerOptions"]["watchers"]]
    assert any("service" in pattern for pattern in patterns)
    assert any("pyproject.toml" in pattern for pattern in patterns)
