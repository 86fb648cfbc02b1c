"""The list of files around open texts is never older than the folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.lsp.conftest import WEB
from tests.lsp.editor import Editor
from unitlint.files import of_one_unit


def related(editor: Editor, uri: str) -> list[str]:
    """The messages that are shown, those of hints among them."""
    return [one["message"] for one in editor.published(uri)]


def later(folder: Path) -> None:
    """Moves a folder's time on, as file systems with coarse clocks would keep it."""
    status = folder.stat()
    os.utime(folder, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


def test_typing_lists_nothing_anew(editor: Editor, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uri = editor.open(folder / "web.service")
    listed: list[str] = []
    original = of_one_unit.listing
    monkeypatch.setattr(of_one_unit, "listing", lambda *given: listed.append(given[0]) or original(*given))
    for number in range(3):
        editor.replace(uri, f"{WEB}# {number}\n")
    assert listed == []


@pytest.mark.parametrize("has_folder", [True, False])
def test_a_new_drop_in_counts_at_the_next_keystroke(editor: Editor, folder: Path, has_folder: bool) -> None:
    (folder / "job.service").write_text("[Service]\nExecStart=/usr/bin/job\nNice=1\n")
    if has_folder:
        (folder / "job.service.d").mkdir()
    uri = editor.open(folder / "job.service")
    assert not any("overridden" in one for one in related(editor, uri))
    (folder / "job.service.d").mkdir(exist_ok=True)
    (folder / "job.service.d" / "10.conf").write_text("[Service]\nNice=5\n")
    for changed in (folder, folder / "job.service.d"):
        later(changed)
    editor.replace(uri, "[Service]\nExecStart=/usr/bin/job\nNice=2\n")
    assert "Nice= is overridden by job.service.d/10.conf:2" in related(editor, uri)
    (folder / "job.service.d" / "10.conf").unlink()
    later(folder / "job.service.d")
    editor.replace(uri, "[Service]\nExecStart=/usr/bin/job\nNice=3\n")
    assert not any("overridden" in one for one in related(editor, uri))


def test_a_drop_in_s_changed_text_counts(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service")
    (folder / "web.service.d" / "10-memory.conf").write_text("# nothing\n[Service]\nCPUWeight=5\n")
    editor.replace(uri, WEB + "# x\n")
    assert not any("overridden" in one for one in related(editor, uri))


def test_the_unit_of_a_lonely_drop_in_may_turn_up_anywhere(editor: Editor, folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "lonely.service.d").mkdir()
    uri = editor.open(folder / "lonely.service.d" / "a.conf", "[Service]\nExecStart=/usr/bin/y\n")
    before = editor.codes(uri)
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "lonely.service").write_text("[Service]\nExecStart=/usr/bin/x\n")
    editor.replace(uri, "[Service]\nExecStart=/usr/bin/z\n")
    assert editor.codes(uri) != before
