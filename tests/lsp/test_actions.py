"""Fixes, comments that accept a finding, and the hardening drop-in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lsp.conftest import BROKEN, WEB
from tests.lsp.editor import EVERYTHING, Editor
from unitlint import api


def actions(editor: Editor, uri: str, line: int, only: list[str] | None = None) -> list[dict[str, Any]]:
    """The code actions on a line."""
    place = {"line": line, "character": 3}
    context = {"diagnostics": [], **({} if only is None else {"only": only})}
    parameters = {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": context}
    found: list[dict[str, Any]] = editor.ask("textDocument/codeAction", parameters)
    return found


def test_a_safe_fix_is_preferred_and_removes_the_finding(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service", BROKEN)
    action = editor.action(uri, 9, "Write `on-failure`")
    assert action["isPreferred"] is True
    assert action["kind"] == "quickfix"
    assert [one["code"] for one in action["diagnostics"]] == ["UL103"]
    assert editor.after(uri, action) == WEB


def test_an_unsafe_fix_is_offered_but_not_preferred(editor: Editor, folder: Path) -> None:
    text = WEB.replace("Description=Web\n", "Description=Web\nRequires=db.service\n")
    uri = editor.open(folder / "web.service", text)
    action = editor.action(uri, 2, "Add `After=db.service`")
    assert "isPreferred" not in action
    assert "may change more" in action["title"]
    assert "After=db.service\nRequires=db.service\n" in editor.after(uri, action)


def test_every_fix_of_the_examples_can_be_applied(repository: Path, tmp_path: Path) -> None:
    """What the editor makes of a fix is what `--fix` makes of it."""
    from unitlint.fix.apply import apply

    editor = Editor(tmp_path)
    number = 0
    for path in sorted((repository / "examples" / "units").glob("*.service")):
        copy = tmp_path / path.name
        copy.write_text(path.read_text())
        report = api.check_paths([copy])
        uri = editor.open(copy)
        for finding in report.findings:
            if finding.path != str(copy) or finding.fix is None:
                continue
            says = finding.fix.says[:1].upper() + finding.fix.says[1:]
            wanted = apply(copy.read_text(), [finding]).text
            found = [one for one in actions(editor, uri, finding.line - 1) if one["title"].startswith(says)]
            assert wanted in [editor.after(uri, one) for one in found]
            number += 1
    assert number > 3


def test_all_fixes_of_a_file(editor: Editor, folder: Path) -> None:
    text = BROKEN.replace("User=web\n", "User=web\nmemoryhigh=1G\nTimeoutStopSec=30secs\n")
    path = folder / "web.service"
    uri = editor.open(path, text)
    action = editor.action(uri, 0, "Fix all")
    assert action["kind"] == "source.fixAll.unitlint"
    fixed = editor.after(uri, action)
    assert fixed != text
    editor.replace(uri, fixed)
    assert not any(one.get("data", {}).get("fixable") and one["severity"] == 1 for one in editor.published(uri))


def test_a_save_can_ask_for_all_fixes_alone(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service", BROKEN)
    assert [one["kind"] for one in actions(editor, uri, 9, ["source.fixAll"])] == ["source.fixAll.unitlint"]
    assert {one["kind"] for one in actions(editor, uri, 9, ["quickfix"])} == {"quickfix"}
    editor.replace(uri, WEB)
    assert actions(editor, uri, 9, ["source.fixAll"]) == []


def test_a_comment_with_a_reason_accepts_a_finding(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service", BROKEN)
    text = editor.after(uri, editor.action(uri, 9, "Ignore UL103"))
    assert "# unitlint: ignore[UL103] reason: TODO\nRestart=on-fail\n" in text
    editor.replace(uri, text)
    assert "UL103" not in editor.codes(uri)


def test_a_comment_that_is_there_gets_the_code(editor: Editor, folder: Path) -> None:
    text = WEB.replace("Restart=on-failure", "# unitlint: ignore[UL999] why\nRestart=on-fail")
    uri = editor.open(folder / "web.service", text)
    assert "# unitlint: ignore[UL999, UL103] why\n" in editor.after(uri, editor.action(uri, 10, "Ignore UL103"))


def test_a_byte_order_mark_stays_first(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "a.service", "\ufeffRestart=no\n[Service]\nExecStart=/usr/bin/x\n")
    title = "Ignore UL"
    assert editor.after(uri, editor.action(uri, 0, title)).startswith("\ufeff\n# unitlint: ignore[")


def test_a_drop_in_that_hardens_the_service(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service")
    create, write = editor.action(uri, 4, "Add a drop-in that hardens")["edit"]["documentChanges"]
    path = folder / "web.service.d" / "50-hardening.conf"
    assert create == {
        "kind": "create",
        "uri": path.as_uri(),
        "options": {"overwrite": False, "ignoreIfExists": False},
    }
    text = write["edits"][0]["newText"]
    assert "NoNewPrivileges=yes" in text
    path.write_text(text)
    assert api.exposure(folder / "web.service").value < 9


def test_hardening_is_for_services_and_clients_that_create_files(editor: Editor, folder: Path) -> None:
    timer = editor.open(folder / "report.timer")
    assert not any("hardens" in one["title"] for one in actions(editor, timer, 0))
    drop_in = editor.open(folder / "web.service.d" / "10-memory.conf")
    assert not any("hardens" in one["title"] for one in actions(editor, drop_in, 0))
    plain = Editor(folder, {})
    uri = plain.open(folder / "web.service")
    assert not any("hardens" in one["title"] for one in actions(plain, uri, 0))


def test_a_client_that_cannot_wait_gets_the_edit_at_once(folder: Path) -> None:
    capabilities = {**EVERYTHING, "textDocument": {}}
    editor = Editor(folder, capabilities)
    uri = editor.open(folder / "web.service", BROKEN)
    assert all("edit" in one for one in actions(editor, uri, 9))


def test_without_document_changes_edits_go_by_uri(folder: Path) -> None:
    editor = Editor(folder, {})
    uri = editor.open(folder / "web.service", BROKEN)
    fix = next(one for one in actions(editor, uri, 9) if one.get("isPreferred"))
    assert editor.applied(uri, fix["edit"]["changes"][uri]) == WEB


@pytest.mark.parametrize("name", ["user-data.yaml", "notes.txt"])
def test_other_files_get_no_comments(editor: Editor, folder: Path, name: str) -> None:
    text = (
        "#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/x.service\n    content: |\n"
        "      [Service]\n      ExecStart=/usr/bin/x\n      Restart=on-fail\n"
    )
    uri = editor.open(folder / name, text, "yaml")
    assert actions(editor, uri, 6) == []
