"""Findings in the editor: what they carry, when they come, and for which files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.conftest import BROKEN, WEB
from tests.lsp.editor import Editor
from unitlint import api


def test_a_finding_has_range_severity_code_link_and_help(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service", BROKEN)
    finding = next(one for one in editor.published(uri) if one.get("code") == "UL103")
    assert finding["range"] == {"start": {"line": 9, "character": 8}, "end": {"line": 9, "character": 15}}
    assert finding["severity"] == 1
    assert finding["source"] == "unitlint"
    assert finding["codeDescription"]["href"].endswith("/UL103-invalid-value")
    assert "did you mean `on-failure`?" in finding["message"]


def test_typing_publishes_anew_with_the_version(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service", BROKEN)
    assert "UL103" in editor.codes(uri)
    editor.replace(uri, WEB)
    assert "UL103" not in editor.codes(uri)
    assert editor.messages[-1]["params"]["version"] == 2


def test_findings_are_those_of_the_command(editor: Editor, folder: Path) -> None:
    path = folder / "web.service"
    uri = editor.open(path, BROKEN + "MemoryHigh=3G\n[Nonsense]\nUser\n")
    path.write_text(editor.texts[uri])
    report = api.check_paths([path], systemd_version=257)
    wanted = [(one.code, one.line - 1, one.column - 1) for one in report.findings if one.path == str(path)]
    shown = [
        (one["code"], one["range"]["start"]["line"], one["range"]["start"]["character"])
        for one in editor.published(uri)
        if "code" in one
    ]
    assert shown == wanted
    assert wanted


def test_other_files_that_have_part_in_it_are_related(editor: Editor, folder: Path) -> None:
    drop_in = folder / "web.service.d" / "20-high.conf"
    uri = editor.open(drop_in, "[Service]\nMemoryHigh=3G\n")
    finding = next(one for one in editor.published(uri) if one.get("relatedInformation"))
    places = [one["location"]["uri"] for one in finding["relatedInformation"]]
    assert (folder / "web.service.d" / "10-memory.conf").as_uri() in places


def test_slices_and_timers_are_related(editor: Editor, folder: Path) -> None:
    service = editor.open(folder / "web.service.d" / "20-limit.conf", "[Service]\nMemoryMax=8G\n")
    (folder / "job.timer").write_text("[Timer]\nOnCalendar=daily\n\n[Install]\nWantedBy=timers.target\n")
    text = "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/job\n"
    job = editor.open(folder / "job.service", text)
    for uri, code, other in ((service, "UL308", "web.slice"), (job, "UL710", "job.timer")):
        finding = next(one for one in editor.published(uri) if one.get("code") == code)
        assert [one["location"]["uri"] for one in finding["relatedInformation"]] == [(folder / other).as_uri()]


def test_what_the_client_cannot_show_is_left_out(folder: Path) -> None:
    editor = Editor(folder, {})
    uri = editor.open(folder / "web.service.d" / "20-high.conf", "[Service]\nMemoryHigh=3G\nMemoryLimit=1G\n")
    assert editor.published(uri)
    assert all("relatedInformation" not in one and "tags" not in one for one in editor.published(uri))


def test_an_overridden_line_is_unnecessary(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service")
    hint = next(one for one in editor.published(uri) if one["severity"] == 4)
    assert hint["tags"] == [1]
    assert hint["range"]["start"] == {"line": 7, "character": 0}
    assert hint["message"] == "MemoryMax= is overridden by web.service.d/10-memory.conf:2"


def test_a_removed_directive_is_deprecated(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "old.service", "[Service]\nExecStart=/usr/bin/x\nMemoryLimit=1G\n")
    tags = [one.get("tags") for one in editor.published(uri) if one["range"]["start"]["line"] == 2]
    assert [2] in tags


def test_open_drop_ins_count_as_they_are_in_the_editor(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service", WEB.replace("MemoryMax=1G", "MemoryHigh=3G"))
    assert "UL303" in " ".join(editor.codes(uri)) or editor.codes(uri)
    before = editor.codes(uri)
    drop_in = editor.open(folder / "web.service.d" / "10-memory.conf")
    editor.replace(drop_in, "[Service]\nMemoryMax=9G\n")
    assert editor.codes(uri) != before


def test_a_file_that_is_not_open_shows_what_a_text_makes_wrong(editor: Editor, folder: Path) -> None:
    base = folder / "web.service"
    base.write_text(WEB.replace("MemoryMax=1G", "MemoryHigh=3G"))
    drop_in = editor.open(folder / "web.service.d" / "10-memory.conf", "[Service]\nMemoryMax=2G\n")
    assert any(one["severity"] < 4 for one in editor.published(base.as_uri()))
    editor.replace(drop_in, "[Service]\nMemoryMax=5G\n")
    assert not any("MemoryHigh" in one["message"] for one in editor.published(base.as_uri()))


def test_closing_takes_findings_away(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service", BROKEN)
    editor.close(uri)
    assert editor.published(uri) == []


def test_units_in_yaml_are_marked_at_their_places(editor: Editor, folder: Path) -> None:
    text = (
        "#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/x.service\n    content: |\n"
        "      [Service]\n      ExecStart=/usr/bin/x\n      Restart=on-fail\n"
    )
    uri = editor.open(folder / "user-data.yaml", text, "yaml")
    finding = next(one for one in editor.published(uri) if one.get("code") == "UL103")
    assert finding["range"] == {"start": {"line": 6, "character": 14}, "end": {"line": 6, "character": 21}}


def test_templates_are_marked_at_their_places(editor: Editor, folder: Path) -> None:
    text = "[Service]\nExecStart={{ binary }}\n{% if restart %}\nRestart=on-fail\n{% endif %}\n"
    uri = editor.open(folder / "x.service.j2", text, "jinja")
    finding = next(one for one in editor.published(uri) if one.get("code") == "UL103")
    assert finding["range"]["start"] == {"line": 3, "character": 8}


@pytest.mark.parametrize("example", ["units", "containers", "etc", "templates", "embedded"])
def test_examples(repository: Path, example: str, tmp_path: Path) -> None:
    """The diagnostics of examples/, as they were when somebody last looked at them: those of `conform`, as the
    opinions of the other profiles change more often than systemd does."""
    import os
    import shutil

    folder = tmp_path / example
    shutil.copytree(repository / "examples" / example, folder)
    editor = Editor(folder, initializationOptions={"settings": {"profile": "conform"}})
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        uri = editor.open(path, language="yaml" if path.suffix in (".yaml", ".yml") else "systemd")
        for one in editor.published(uri):
            start, end = one["range"]["start"], one["range"]["end"]
            place = f"{start['line']}:{start['character']}-{end['line']}:{end['character']}"
            tags = "".join(f" tag {tag}" for tag in one.get("tags", ()))
            related = [
                f"  also {Path(other['location']['uri']).name}:{other['location']['range']['start']['line']}"
                for other in one.get("relatedInformation", ())
            ]
            lines += [f"{path.relative_to(folder)}:{place} {one['severity']} {one.get('code', '-')}{tags}", *related]
        editor.close(uri)
    snapshot = Path(__file__).parent / "snapshots" / f"{example}.txt"
    text = "\n".join([*lines, ""])
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.parent.mkdir(exist_ok=True)
        snapshot.write_text(text)
    assert snapshot.read_text() == text
