"""Definitions, references, the outline and folding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.lsp.conftest import WEB
from tests.lsp.editor import MARK, Editor


def places(found: list[dict[str, Any]], folder: Path) -> list[str]:
    """``file:line`` of each location, lines from 0."""
    base = folder.as_uri() + "/"
    return sorted(f"{one['uri'].removeprefix(base)}:{one['range']['start']['line']}" for one in found)


def defined(editor: Editor, where: Path, marked: str, folder: Path) -> list[str]:
    """The definitions at the mark."""
    return places(editor.at_mark("textDocument/definition", where, marked), folder)


def test_a_unit_s_name_leads_to_its_file_and_drop_ins(editor: Editor, folder: Path) -> None:
    text = f"[Unit]\nAfter=network.target we{MARK}b.service\n"
    assert defined(editor, folder / "a.service", text, folder) == ["web.service.d/10-memory.conf:0", "web.service:0"]


def test_a_slice_and_a_timer_s_unit(editor: Editor, folder: Path) -> None:
    assert defined(editor, folder / "web.service", WEB.replace("Slice=web", f"Slice=we{MARK}b"), folder) == [
        "web.slice:0"
    ]
    text = f"[Timer]\nOnCalendar=daily\nUnit=web{MARK}.service\n"
    assert "web.service:0" in defined(editor, folder / "x.timer", text, folder)


def test_an_instance_leads_to_its_template(editor: Editor, folder: Path) -> None:
    (folder / "job@.service").write_text("[Service]\nExecStart=/usr/bin/x %i\n")
    text = f"[Unit]\nWants=job@on{MARK}e.service\n"
    assert defined(editor, folder / "a.service", text, folder) == ["job@.service:0"]


def test_a_directive_leads_to_the_line_that_decides(editor: Editor, folder: Path) -> None:
    text = WEB.replace("MemoryMax=1G", f"Mem{MARK}oryMax=1G")
    assert defined(editor, folder / "web.service", text, folder) == ["web.service.d/10-memory.conf:1"]


def test_a_header_leads_to_the_other_files_of_the_unit(editor: Editor, folder: Path) -> None:
    text = f"[Ser{MARK}vice]\nMemoryMax=2G\n"
    assert defined(editor, folder / "web.service.d" / "10-memory.conf", text, folder) == ["web.service:0"]


def test_quadlets_name_each_other(editor: Editor, folder: Path) -> None:
    (folder / "data.volume").write_text("[Volume]\n")
    text = f"[Container]\nImage=x\nVolume=da{MARK}ta.volume:/data\n"
    assert defined(editor, folder / "a.container", text, folder) == ["data.volume:0"]
    text = f"[Unit]\nAfter=data-vol{MARK}ume.service\n"
    assert defined(editor, folder / "b.service", text, folder) == ["data.volume:0"]


def test_nothing_is_defined_elsewhere(editor: Editor, folder: Path) -> None:
    assert defined(editor, folder / "a.service", f"[Unit]\nAfter=no{MARK}where.service\n", folder) == []
    assert defined(editor, folder / "b.service", f"# web{MARK}.service\n[Unit]\n", folder) == []


def test_who_names_a_unit(editor: Editor, folder: Path) -> None:
    (folder / "other.service").write_text(
        "[Unit]\n# web.service\nAfter=my-web.service web.service\nWants=web.service.d\n"
    )
    marked = WEB.replace("[Service]", f"[Ser{MARK}vice]")
    found = editor.at_mark("textDocument/references", folder / "web.service", marked)
    assert places(found, folder) == ["other.service:2", "report.timer:5"]
    column = found[0]["range"]["start"]["character"], found[0]["range"]["end"]["character"]
    assert column in ((21, 32), (5, 16))


def test_who_uses_a_slice_with_its_declaration(editor: Editor, folder: Path) -> None:
    marked = WEB.replace("Slice=web", f"Slice=we{MARK}b")
    context = {"context": {"includeDeclaration": True}}
    found = editor.at_mark("textDocument/references", folder / "web.service", marked, **context)
    assert places(found, folder) == ["web.service:6", "web.slice:0"]


def test_references_see_what_is_typed(editor: Editor, folder: Path) -> None:
    timer = editor.open(folder / "report.timer")
    editor.replace(timer, "[Timer]\nOnCalendar=daily\n")
    marked = WEB.replace("[Service]", f"[Ser{MARK}vice]")
    assert editor.at_mark("textDocument/references", folder / "web.service", marked) == []


def test_links_that_enable_a_unit_count(editor: Editor, folder: Path) -> None:
    system = folder / "etc" / "systemd" / "system"
    (system / "multi-user.target.wants").mkdir(parents=True)
    (system / "db.service").write_text("[Service]\nExecStart=/usr/bin/db\n")
    (system / "multi-user.target.wants" / "db.service").symlink_to("../db.service")
    text = f"[Ser{MARK}vice]\nExecStart=/usr/bin/db\n"
    found = editor.at_mark("textDocument/references", system / "db.service", text)
    assert places(found, folder) == ["etc/systemd/system/multi-user.target.wants/db.service:0"]


def test_the_outline(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service")
    found = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [one["name"] for one in found] == ["[Unit]", "[Service]", "[Install]"]
    service = found[1]
    assert service["range"]["start"]["line"] == 3
    assert service["range"]["end"] == {"line": 9, "character": 18}
    assert [(one["name"], one["detail"]) for one in service["children"]][:2] == [
        ("ExecStart=", "/usr/bin/web"),
        ("User=", "web"),
    ]


def test_the_outline_for_clients_without_trees(folder: Path) -> None:
    editor = Editor(folder, {})
    uri = editor.open(folder / "web.slice")
    found = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [(one["name"], one.get("containerName")) for one in found][-2:] == [
        ("[Slice]", None),
        ("MemoryMax=", "[Slice]"),
    ]


def test_the_outline_of_a_template_shows_it_as_it_is_written(editor: Editor) -> None:
    """Whatever was asked before, as features share what they have read of a text."""
    text = "[Service]\n{% if a %}\nExecStart=/usr/bin/{{ name }} \\\n  -x\n{% endif %}\nRestart=no\n"
    uri = editor.open("file:///units/web.service.j2", text)
    editor.at("textDocument/hover", uri, 5, 9)
    (section,) = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [(one["name"], one["detail"]) for one in section["children"]] == [
        ("ExecStart=", "/usr/bin/{{ name }} \\ -x"),
        ("Restart=", "no"),
    ]


def test_folding(editor: Editor, folder: Path) -> None:
    text = "# one\n# two\n[Unit]\nDescription=x\n\n# about it\n# in two lines\n[Service]\nExecStart=/bin/x \\\n  y\n"
    uri = editor.open(folder / "a.service", text)
    found = editor.ask("textDocument/foldingRange", {"textDocument": {"uri": uri}})
    ranges = {(one["startLine"], one["endLine"], one["kind"]) for one in found}
    assert {(0, 1, "comment"), (5, 6, "comment"), (7, 9, "region"), (8, 9, "region")} <= ranges


def test_every_value_is_shown_as_changed_by_a_drop_in(editor: Editor, folder: Path) -> None:
    def hints(uri: str) -> list[tuple[int, str]]:
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
        found = editor.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})
        return [(one["position"]["line"], one["label"]) for one in found]

    (folder / "web.service.d" / "20.conf").write_text(
        "[Service]\nEnvironment=B=2\nExecStart=\nExecStart=/usr/bin/other\n"
    )
    unit = editor.open(folder / "web.service", WEB.replace("User=web", "Environment=A=1\nUser=web"))
    assert hints(unit) == [
        (4, "→ /usr/bin/other (20.conf:4)"),
        (5, "also B=2 (20.conf:2)"),
        (8, "→ 2G (10-memory.conf:2)"),
    ]
    drop_in = editor.open(folder / "web.service.d" / "10-memory.conf")
    assert hints(drop_in) == [(1, "was 1G (web.service:9)")]
    editor.replace(drop_in, "[Service]\nMemoryMax=\n")
    assert (8, "→ reset") in hints(unit)


def test_hints_only_in_the_range_that_is_asked_for(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "web.service")
    span = {"start": {"line": 0, "character": 0}, "end": {"line": 3, "character": 0}}
    assert editor.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": span}) == []


def test_hints_at_what_systemctl_edit_opens(editor: Editor, folder: Path) -> None:
    path = folder / "web.service.d" / ".#10-memory.conf0123456789abcdef"
    uri = editor.open(path, "[Service]\nMemoryMax=3G\n")
    span = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    found = editor.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": span})
    assert [one["label"] for one in found] == ["was 1G (web.service:8)"]
